/** What a person can say, unsay and have forgotten. Each change gives a new `SaidTaste`; the old one undoes it. */
import type { Milliseconds } from "../units.ts";
import {
  learnedSources,
  nothingSaid,
  type ArtistWord,
  type LearnedSource,
  type SaidTaste,
  type TrackWord,
} from "./evidence.ts";
import { artistKey } from "./names.ts";

function without<T>(record: Readonly<Record<string, T>>, key: string): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(record).filter(([known]) => known !== key));
}

/** Null takes the word back. */
export function sayOfTrack(
  said: SaidTaste,
  trackId: string,
  word: TrackWord | null,
  atMs: Milliseconds,
): SaidTaste {
  const others = without(said.tracks, trackId);
  return { ...said, tracks: word === null ? others : { ...others, [trackId]: { word, atMs } } };
}

/** Null takes the word back. */
export function sayOfArtist(
  said: SaidTaste,
  name: string,
  word: ArtistWord | null,
  atMs: Milliseconds,
): SaidTaste {
  const key = artistKey(name);
  const others = without(said.artists, key);
  return { ...said, artists: word === null ? others : { ...others, [key]: { name, word, atMs } } };
}

/** What was learned of a track (of every track for null) from a source until now counts no more. */
export function forget(
  said: SaidTaste,
  source: LearnedSource,
  trackId: string | null,
  nowMs: Milliseconds,
): SaidTaste {
  const others = said.forgotten.filter(
    (known) => known.source !== source || (trackId !== null && known.trackId !== trackId),
  );
  return { ...said, forgotten: [...others, { source, trackId, beforeMs: nowMs }] };
}

/** Back to knowing nothing. */
export function forgetAll(nowMs: Milliseconds): SaidTaste {
  return {
    ...nothingSaid,
    forgotten: learnedSources.map((source) => ({ source, trackId: null, beforeMs: nowMs })),
  };
}
