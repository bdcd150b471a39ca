import type { Track } from "#domain/track.ts";
import type { Cover, LibraryFile, TrackStore } from "#server/ports/store.ts";
import { compareText, fromCursor, toCursor, trackSortKey } from "../cursor.ts";

export function memoryTracks(): TrackStore {
  const tracks = new Map<string, Track>();
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
  };
  const inOrder = (): Track[] =>
    [...tracks.values()].toSorted((a, b) => compareText(trackSortKey(a), trackSortKey(b)));

  return {
    async putTrack(track, file, cover = null) {
      const before = trackIdOf(files.get(file.path));
      tracks.set(track.id, {
        ...track,
        hasCover: cover !== null,
      });
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
    getTrack: async (id) => tracks.get(id) ?? null,
    audioPath: async (id) => pathsOf(id).toSorted(compareText)[0] ?? null,
    getCover: async (id) => covers.get(id) ?? null,
    async listTracks({ limit, cursor }) {
      const after = cursor === null ? "" : fromCursor(cursor);
      const rest = inOrder().filter((track) => compareText(trackSortKey(track), after) > 0);
      const items = rest.slice(0, limit);
      const last = items.at(-1);
      const more = rest.length > limit && last !== undefined;
      return { items, nextCursor: more ? toCursor(trackSortKey(last)) : null };
    },
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
