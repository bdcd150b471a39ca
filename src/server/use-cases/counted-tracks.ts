import type { GridStore } from "#server/ports/grids.ts";
import type { TrackStore } from "#server/ports/store.ts";

/** Tracks and grids whose changes are counted, so that plans made from an older library are not served again. */
export interface CountedTracks {
  readonly tracks: TrackStore;
  readonly grids: GridStore;
  version(): number;
}

export function countChanges({ tracks, grids }: Omit<CountedTracks, "version">): CountedTracks {
  let version = 0;
  const counted = async (write: Promise<void>): Promise<void> => {
    await write;
    version += 1;
  };
  return {
    tracks: {
      ...tracks,
      putTrack: (track, file, cover) => counted(tracks.putTrack(track, file, cover)),
      removeFile: (path) => counted(tracks.removeFile(path)),
      putFailure: (file) => counted(tracks.putFailure(file)),
    },
    grids: {
      ...grids,
      putGrid: (trackId, grid) => counted(grids.putGrid(trackId, grid)),
      removeGrid: (trackId) => counted(grids.removeGrid(trackId)),
    },
    version: () => version,
  };
}
