/**
 * How much one person likes a track, 0..1, and exactly why.
 *
 * Every signal adds a weight on the scale of log-odds: taste = 1 / (1 + e^-sum), so nothing known is 0.5. What a person
 * said of a track replaces what they said of its artist, and what is learned is held within +-1.5 in all: it can never
 * outvote their word. docs/taste.md says the same for people. Our own model; its weights were chosen by hand.
 */
import type { Milliseconds, Share } from "../units.ts";
import { clamp } from "../units.ts";
import {
  heardDecay,
  listenDecay,
  type ArtistWord,
  type Forgotten,
  type HeardTrack,
  type LearnedSource,
  type ListenCount,
  type TasteEvidence,
  type TrackWord,
} from "./evidence.ts";
import { artistKey } from "./names.ts";

export type TasteSource = "said" | "said-of-artist" | LearnedSource;

export interface TasteReason {
  readonly source: TasteSource;
  /** On the scale of log-odds; 0 where there is not enough to go by yet. */
  readonly weight: number;
  /** A plain sentence, every number of it true. */
  readonly text: string;
}

export interface TrackTaste {
  readonly taste: Share;
  /** Kept out of every soundtrack. */
  readonly banned: boolean;
  readonly word: TrackWord | null;
  readonly reasons: readonly TasteReason[];
}

export interface TasteTrack {
  readonly id: string;
  readonly artist: string;
}

/** A like is taste 0.9, "less" is 0.15; a ban hardly needs a weight. */
const saidWeights: Readonly<Record<TrackWord, number>> = { like: 2.2, less: -1.75, ban: -6 };
const saidTexts: Readonly<Record<TrackWord, string>> = {
  like: "You like it.",
  less: "You want to hear less of it.",
  ban: "You never want to hear it.",
};
const artistWeights: Readonly<Record<ArtistWord, number>> = { more: 1.1, less: -1.75 };

/** What a learned source weighs at most, and the decayed count at which it has reached 63 % of that. */
const learned = {
  plays: { most: 0.8, scale: 4 },
  skips: { most: -1.5, scale: 2 },
  listens: { most: 1.2, scale: 10 },
  "artist-listens": { most: 0.5, scale: 40 },
} as const;
const favouriteReason: TasteReason = {
  source: "favourites",
  weight: 1,
  text: "It is in a list of favourites you imported.",
};
/** All that is learned weighs at most this, either way: less than any word. */
export const learnedLimit = 1.5;

/** Heard for less, a track was neither enjoyed nor did it move anybody. */
const shortestHeardS = 60;
/** Effort is noisy: fewer plays say nothing, and few count little (shrunk towards 0 as by `effortPrior` plays of no effect). */
export const fewestEffortPlays = 3;
const effortPrior = 3;
const utmostEffortPct = 10;
const effortWeightPerPct = 0.06;

function times(count: number): string {
  if (count === 1) return "once";
  return count === 2 ? "twice" : `${count} times`;
}

function saturating(source: keyof typeof learned, count: number): number {
  const { most, scale } = learned[source];
  return most * (1 - Math.exp(-count / scale));
}

function countedReason(
  source: "plays" | "skips",
  heard: readonly HeardTrack[],
  nowMs: Milliseconds,
): TasteReason[] {
  if (heard.length === 0) return [];
  const count = heard.reduce((sum, { atMs }) => sum + heardDecay(nowMs - atMs), 0);
  const text =
    source === "plays"
      ? `Heard ${times(heard.length)} in workouts without a skip.`
      : `Skipped ${times(heard.length)}.`;
  return [{ source, weight: saturating(source, count), text }];
}

function listensReason(
  source: "listens" | "artist-listens",
  count: ListenCount | undefined,
  nowMs: Milliseconds,
  of: string,
): TasteReason[] {
  if (count === undefined) return [];
  const weight = saturating(source, count.weight * listenDecay(nowMs - count.lastAtMs));
  const listens = `${count.plays} listen${count.plays === 1 ? "" : "s"}`;
  return [{ source, weight, text: `${listens} to ${of} in your imported history.` }];
}

/** The mean effort of the measured plays, shrunk towards none. */
function effortReason(heard: readonly HeardTrack[]): TasteReason[] {
  const measured = heard.flatMap(({ effortPct }) => (effortPct === null ? [] : [effortPct]));
  const plays = measured.length;
  if (plays === 0) return [];
  if (plays < fewestEffortPlays) {
    const text = `Your effort was measured ${times(plays)} while it played; it counts from ${fewestEffortPlays} on.`;
    return [{ source: "effort", weight: 0, text }];
  }
  const sum = measured.reduce((total, pct) => total + pct, 0);
  const shrunkPct = clamp(sum / (plays + effortPrior), -utmostEffortPct, utmostEffortPct);
  const meanPct = sum / plays;
  const text = `Your effort was ${Math.abs(meanPct).toFixed(1)} % ${meanPct < 0 ? "below" : "above"} the rest of the class while it played, over ${plays} plays.`;
  return [{ source: "effort", weight: shrunkPct * effortWeightPerPct, text }];
}

export function saidOfArtistReason(name: string, word: ArtistWord): TasteReason {
  const text = `You want to hear ${word} of ${name}.`;
  return { source: "said-of-artist", weight: artistWeights[word], text };
}

/** The learned reasons, scaled together where they would exceed the limit. */
function withinLimit(reasons: readonly TasteReason[]): readonly TasteReason[] {
  const sum = reasons.reduce((total, { weight }) => total + weight, 0);
  const scale = Math.min(1, learnedLimit / Math.abs(sum));
  return scale === 1 ? reasons : reasons.map((reason) => ({ ...reason, weight: reason.weight * scale }));
}

/** Tells whether something learned at a moment still counts. */
type Counts = (source: LearnedSource, trackId: string, atMs: Milliseconds) => boolean;

function countsUnless(forgotten: readonly Forgotten[]): Counts {
  const until = new Map<string, Milliseconds>();
  const keyOf = (source: LearnedSource, trackId: string | null): string => `${source} ${trackId ?? ""}`;
  for (const { source, trackId, beforeMs } of forgotten) {
    const key = keyOf(source, trackId);
    until.set(key, Math.max(beforeMs, until.get(key) ?? -Infinity));
  }
  return (source, trackId, atMs) =>
    atMs > (until.get(keyOf(source, trackId)) ?? -Infinity) &&
    atMs > (until.get(keyOf(source, null)) ?? -Infinity);
}

/** Libraries have far fewer artists than tracks, and making a key is the dearest part of a taste. */
function memoisedArtistKey(): (artist: string) => string {
  const keys = new Map<string, string>();
  return (artist) => {
    const key = keys.get(artist) ?? artistKey(artist);
    keys.set(artist, key);
    return key;
  };
}

/** Asks what is learned of each track, as far as it has not been forgotten. */
function learner(
  evidence: TasteEvidence,
  keyOf: (artist: string) => string,
): (track: TasteTrack) => readonly TasteReason[] {
  const { nowMs, listens, artistListens, favourites } = evidence;
  const counts = countsUnless(evidence.said.forgotten);
  const heardById = Map.groupBy(evidence.heard, ({ trackId }) => trackId);
  return ({ id, artist }) => {
    const all = heardById.get(id) ?? [];
    const heard = (source: LearnedSource) => all.filter(({ atMs }) => counts(source, id, atMs));
    const whole = (source: LearnedSource) =>
      heard(source).filter(({ skipped, heardS }) => !skipped && heardS >= shortestHeardS);
    const skips = heard("skips").filter(({ skipped }) => skipped);
    const kept = (source: LearnedSource, count: ListenCount | undefined) =>
      count !== undefined && counts(source, id, count.lastAtMs) ? count : undefined;
    const favouriteAtMs = favourites.get(id);
    const isFavourite = favouriteAtMs !== undefined && counts("favourites", id, favouriteAtMs);
    const ofArtist = kept("artist-listens", artistListens.get(keyOf(artist)));
    return withinLimit([
      ...countedReason("plays", whole("plays"), nowMs),
      ...countedReason("skips", skips, nowMs),
      ...listensReason("listens", kept("listens", listens.get(id)), nowMs, "it"),
      ...listensReason("artist-listens", ofArtist, nowMs, artist),
      ...(isFavourite ? [favouriteReason] : []),
      ...effortReason(whole("effort")),
    ]);
  };
}

/** Prepares the evidence once; then asks about as many tracks as there are. */
export function tasteModel(evidence: TasteEvidence): (track: TasteTrack) => TrackTaste {
  const keyOf = memoisedArtistKey();
  const learnedOf = learner(evidence, keyOf);
  // Maps, not records: an artist may be called "constructor".
  const saidOfTracks = new Map(Object.entries(evidence.said.tracks));
  const saidOfArtists = new Map(Object.entries(evidence.said.artists));
  return (track) => {
    const word = saidOfTracks.get(track.id)?.word ?? null;
    const ofArtist = word === null ? saidOfArtists.get(keyOf(track.artist)) : undefined;
    const reasons: TasteReason[] = [];
    if (word !== null) reasons.push({ source: "said", weight: saidWeights[word], text: saidTexts[word] });
    if (ofArtist !== undefined) reasons.push(saidOfArtistReason(ofArtist.name, ofArtist.word));
    reasons.push(...learnedOf(track));
    const sum = reasons.reduce((total, { weight }) => total + weight, 0);
    return { taste: 1 / (1 + Math.exp(-sum)), banned: word === "ban", word, reasons };
  };
}
