/** What is known of one person's taste: what they said, and what can be learned from what they did. */
import type { Milliseconds, Seconds } from "../units.ts";

export const trackWords = ["like", "less", "ban"] as const;
/** What a person said of a track. A ban keeps it out of every soundtrack. */
export type TrackWord = (typeof trackWords)[number];

export const artistWords = ["more", "less"] as const;
export type ArtistWord = (typeof artistWords)[number];

/** Where learned taste comes from. "artist-listens" are listens to any recording of a track's artist. */
export const learnedSources = [
  "plays",
  "skips",
  "listens",
  "artist-listens",
  "favourites",
  "effort",
] as const;
export type LearnedSource = (typeof learnedSources)[number];

/** Learned before this moment counts no more; for all tracks when `trackId` is null. */
export interface Forgotten {
  readonly source: LearnedSource;
  readonly trackId: string | null;
  readonly beforeMs: Milliseconds;
}

/** What a person said, in their own words: at most one word a track and one an artist. */
export interface SaidTaste {
  readonly tracks: Readonly<Record<string, { readonly word: TrackWord; readonly atMs: Milliseconds }>>;
  /** By `artistKey`. */
  readonly artists: Readonly<
    Record<string, { readonly name: string; readonly word: ArtistWord; readonly atMs: Milliseconds }>
  >;
  readonly forgotten: readonly Forgotten[];
}

export const nothingSaid: SaidTaste = { tracks: {}, artists: {}, forgotten: [] };

/** A track heard in a workout. */
export interface HeardTrack {
  readonly trackId: string;
  readonly atMs: Milliseconds;
  readonly heardS: Seconds;
  readonly skipped: boolean;
  /** Effort while it played against the whole workout's, Pct; null when it was not measured or may not be used. */
  readonly effortPct: number | null;
}

/** Listens from elsewhere, summed up: `weight` counts each by its age at `lastAtMs` (see `listenDecay`). */
export interface ListenCount {
  readonly plays: number;
  readonly lastAtMs: Milliseconds;
  readonly weight: number;
}

export interface TasteEvidence {
  readonly said: SaidTaste;
  readonly heard: readonly HeardTrack[];
  /** By track id, over all imports. */
  readonly listens: ReadonlyMap<string, ListenCount>;
  /** By `artistKey`, over all imports, whether the library has the recording or not. */
  readonly artistListens: ReadonlyMap<string, ListenCount>;
  /** Track id -> when it was imported as a favourite. */
  readonly favourites: ReadonlyMap<string, Milliseconds>;
  readonly nowMs: Milliseconds;
}

const dayMs = 86_400_000;
/** A track heard yesterday is still in the ear, one of last week hardly. */
const inTheEarHalfLifeMs = 2 * dayMs;
/** What was heard in a workout counts half after a season, a listen elsewhere after a year: its history is longer. */
const heardHalfLifeMs = 90 * dayMs;
const listenHalfLifeMs = 365 * dayMs;

export function heardDecay(ageMs: Milliseconds): number {
  return 0.5 ** (Math.max(0, ageMs) / heardHalfLifeMs);
}

export function listenDecay(ageMs: Milliseconds): number {
  return 0.5 ** (Math.max(0, ageMs) / listenHalfLifeMs);
}

/** Two sums of listens as one, its weight again as of the later last listen. */
export function addListens(one: ListenCount | undefined, other: ListenCount): ListenCount {
  if (one === undefined) return other;
  const lastAtMs = Math.max(one.lastAtMs, other.lastAtMs);
  return {
    plays: one.plays + other.plays,
    lastAtMs,
    weight:
      one.weight * listenDecay(lastAtMs - one.lastAtMs) +
      other.weight * listenDecay(lastAtMs - other.lastAtMs),
  };
}

/** How fresh tracks are in the ear, by id: 1 heard just now, falling to 0. */
export function freshness(heard: readonly HeardTrack[], nowMs: Milliseconds): Map<string, number> {
  const fresh = new Map<string, number>();
  for (const { trackId, atMs } of heard) {
    const share = 0.5 ** (Math.max(0, nowMs - atMs) / inTheEarHalfLifeMs);
    if (share > 0.01) fresh.set(trackId, Math.max(share, fresh.get(trackId) ?? 0));
  }
  return fresh;
}
