/** Music history and favourites brought from elsewhere: each import is a source of its own that can be taken out again. */
import type { Milliseconds } from "../units.ts";
import { addListens, type ListenCount, type TasteEvidence } from "./evidence.ts";
import { listensOf, type ImportedRecording, type TrackMatcher } from "./matching.ts";

export const importFormats = ["listenbrainz", "lastfm", "m3u"] as const;
export type ImportFormat = (typeof importFormats)[number];

export interface TasteImport {
  readonly id: string;
  readonly format: ImportFormat;
  /** The name of the file. */
  readonly name: string;
  readonly importedAtMs: Milliseconds;
  /** Listens, or favourites of an M3U list. */
  readonly entries: number;
  readonly recordings: readonly ImportedRecording[];
}

type ImportedEvidence = Pick<TasteEvidence, "listens" | "artistListens" | "favourites">;

export const nothingImported: ImportedEvidence = {
  listens: new Map(),
  artistListens: new Map(),
  favourites: new Map(),
};

function addAll(sum: Map<string, ListenCount>, counts: ReadonlyMap<string, ListenCount>): void {
  for (const [key, count] of counts) sum.set(key, addListens(sum.get(key), count));
}

/** What all imports together say about the tracks of the library. */
export function importedEvidence(imports: readonly TasteImport[], matcher: TrackMatcher): ImportedEvidence {
  const listens = new Map<string, ListenCount>();
  const artistListens = new Map<string, ListenCount>();
  const favourites = new Map<string, Milliseconds>();
  for (const { format, recordings, importedAtMs } of imports) {
    const { tracks, artists } = listensOf(recordings, matcher);
    if (format === "m3u") {
      for (const id of tracks.keys()) favourites.set(id, Math.max(importedAtMs, favourites.get(id) ?? 0));
    } else {
      addAll(listens, tracks);
      addAll(artistListens, artists);
    }
  }
  return { listens, artistListens, favourites };
}
