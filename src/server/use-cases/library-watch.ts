import type { LibraryProgress, LibraryWatch } from "#server/ports/library-watch.ts";

export const idleProgress: LibraryProgress = {
  state: "idle",
  done: 0,
  total: 0,
  failed: 0,
  tracksPerMinute: 0,
  secondsLeft: null,
  current: null,
};

/** Remembers the latest progress and tells everybody who listens. */
export function createLibraryWatch(): LibraryWatch {
  const listeners = new Set<(progress: LibraryProgress) => void>();
  let latest = idleProgress;
  return {
    current: () => latest,
    publish(progress) {
      latest = progress;
      for (const listener of listeners) listener(progress);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
