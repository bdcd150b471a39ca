import { withKeptGrid, type KeptGrid } from "#domain/beat-grid/kept.ts";
import type { Track } from "#domain/track.ts";
import type { Sound } from "#server/ports/sounds.ts";
import type { Cover, LibraryFile, TrackListOptions, TrackPage, TrackStore } from "#server/ports/store.ts";
import { compareText, fromCursor, toCursor, trackSortKey } from "../cursor.ts";

/** What the parts of a store in memory that are about music share. */
export interface MusicShelf {
  readonly tracks: Map<string, Track>;
  readonly kept: Map<string, KeptGrid>;
  readonly sounds: Map<string, Sound>;
}

export function emptyShelf(): MusicShelf {
  return { tracks: new Map(), kept: new Map(), sounds: new Map() };
}

/** Tracks are written with the analysed grid; who made it is known from the kept one. */
function withoutOrigin(track: Track): Track {
  const { id, source, title, artist, album, genre, year, hasCover, profile } = track;
  return { id, source, title, artist, album, genre, year, hasCover, profile };
}

function pageOf(tracks: readonly Track[], { limit, cursor, confident }: TrackListOptions): TrackPage {
  const after = cursor === null ? "" : fromCursor(cursor);
  const rest = tracks.filter(
    (track) =>
      compareText(trackSortKey(track), after) > 0 &&
      (confident === undefined || track.profile.confident === confident),
  );
  const items = rest.slice(0, limit);
  const last = items.at(-1);
  const more = rest.length > limit && last !== undefined;
  return { items, nextCursor: more ? toCursor(trackSortKey(last)) : null };
}

export function memoryTracks({ tracks, kept, sounds } = emptyShelf()): TrackStore {
  const shown = (track: Track): Track => withKeptGrid(track, kept.get(track.id) ?? null);
  const covers = new Map<string, Cover>();
  const files = new Map<string, LibraryFile>();

  const trackIdOf = (file: LibraryFile | undefined): string | null =>
    file !== undefined && "trackId" in file.outcome ? file.outcome.trackId : null;
  const pathsOf = (trackId: string): string[] =>
    [...files.values()].filter((file) => trackIdOf(file) === trackId).map((file) => file.path);
  const removeOrphan = (trackId: string | null): void => {
    if (trackId === null || pathsOf(trackId).length > 0) return;
    tracks.delete(trackId);
    covers.delete(trackId);
    sounds.delete(trackId);
  };
  const inOrder = (): Track[] =>
    [...tracks.values()].map(shown).toSorted((a, b) => compareText(trackSortKey(a), trackSortKey(b)));

  return {
    async putTrack(track, file, cover = null) {
      const before = trackIdOf(files.get(file.path));
      tracks.set(track.id, { ...withoutOrigin(track), hasCover: cover !== null });
      if (cover === null) covers.delete(track.id);
      else covers.set(track.id, cover);
      files.set(file.path, file);
      if (before !== track.id) removeOrphan(before);
    },
    async putFailure(file) {
      const before = trackIdOf(files.get(file.path));
      files.set(file.path, file);
      removeOrphan(before);
    },
    async getTrack(id) {
      const track = tracks.get(id);
      return track === undefined ? null : shown(track);
    },
    audioPath: async (id) => pathsOf(id).toSorted(compareText)[0] ?? null,
    getCover: async (id) => covers.get(id) ?? null,
    listTracks: async (options) => pageOf(inOrder(), options),
    allTracks: async () => inOrder(),
    trackNames: async () =>
      inOrder().map(({ id, title, artist, profile }) => ({
        id,
        title,
        artist,
        tempoBpm: profile.tempoBpm,
      })),
    async countTracks() {
      const all = [...tracks.values()];
      const demo = all.filter((track) => track.source === "demo").length;
      return { demo, library: all.length - demo };
    },
    getFile: async (path) => files.get(path) ?? null,
    allFiles: async () => [...files.values()],
    failures: async () =>
      [...files.values()]
        .filter((file) => trackIdOf(file) === null)
        .toSorted((a, b) => compareText(a.path, b.path)),
    async removeFile(path) {
      const before = trackIdOf(files.get(path));
      files.delete(path);
      removeOrphan(before);
    },
  };
}
