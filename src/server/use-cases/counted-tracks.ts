import type { TrackStore } from "#server/ports/store.ts";

/** A track store that counts its changes, so that plans made from an older library are not served again. */
export interface CountedTracks {
  readonly tracks: TrackStore;
  version(): number;
}

export function countChanges(store: TrackStore): CountedTracks {
  let version = 0;
  const counted = async (write: Promise<void>): Promise<void> => {
    await write;
    version += 1;
  };
  return {
    tracks: {
      ...store,
      putTrack: (track, file, cover) => counted(store.putTrack(track, file, cover)),
      removeFile: (path) => counted(store.removeFile(path)),
      putFailure: (file) => counted(store.putFailure(file)),
    },
    version: () => version,
  };
}
