/** Which recordings of an import the library has. */
import { addListens, type ListenCount } from "./evidence.ts";
import { artistKey, titleKey } from "./names.ts";

/** One recording of an import, its listens summed up. */
export interface ImportedRecording extends ListenCount {
  readonly artist: string;
  readonly title: string;
}

interface NamedTrack {
  readonly id: string;
  readonly title: string;
  readonly artist: string;
}

export interface TrackMatcher {
  /** The tracks of this recording: several where the library has it twice. */
  match(recording: { readonly artist: string; readonly title: string }): readonly string[];
}

function keyOf(artist: string, title: string): string {
  return `${artistKey(artist)}\u001f${titleKey(title)}`;
}

export function trackMatcher(tracks: readonly NamedTrack[]): TrackMatcher {
  const byName = Map.groupBy(tracks, ({ artist, title }) => keyOf(artist, title));
  return {
    match: ({ artist, title }) => (byName.get(keyOf(artist, title)) ?? []).map(({ id }) => id),
  };
}

/** The listens of these recordings, by track and by artist. */
export function listensOf(
  recordings: readonly ImportedRecording[],
  matcher: TrackMatcher,
): { readonly tracks: Map<string, ListenCount>; readonly artists: Map<string, ListenCount> } {
  const tracks = new Map<string, ListenCount>();
  const artists = new Map<string, ListenCount>();
  for (const { plays, lastAtMs, weight, ...recording } of recordings) {
    const count = { plays, lastAtMs, weight };
    for (const id of matcher.match(recording)) tracks.set(id, addListens(tracks.get(id), count));
    const key = artistKey(recording.artist);
    artists.set(key, addListens(artists.get(key), count));
  }
  return { tracks, artists };
}
