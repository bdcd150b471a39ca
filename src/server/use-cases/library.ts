import type { Folders } from "#server/ports/folders.ts";
import type { LibraryProgress, LibraryWatch } from "#server/ports/library-watch.ts";
import type { LibraryFile, SettingsStore, TrackStore } from "#server/ports/store.ts";
import { idleProgress } from "./library-watch.ts";

/** The setting that holds the absolute paths of the music folders. */
const foldersSetting = "music-folders";
/** Failures shown at once; the rest stays in the store. */
const maxFailuresShown = 500;

export interface LibraryState {
  readonly folders: readonly string[];
  readonly tracks: number;
  /** Whether the composed demo is all there is. */
  readonly demo: boolean;
  readonly progress: LibraryProgress;
  readonly failures: readonly { readonly path: string; readonly reason: string }[];
}

export interface Library {
  state(): Promise<LibraryState>;
  folders(): Promise<readonly string[]>;
  /** Adds a music folder, by its real path, and scans. Rejects with `Refusal` when it cannot be read. */
  addFolder(path: string): Promise<void>;
  /** Begins to fill the library from its folders; a run under way is followed by another. */
  scan(): void;
  /** Resolves when no scan or composition is under way. */
  settled(): Promise<void>;
}

interface LibraryParts {
  readonly tracks: TrackStore;
  readonly settings: SettingsStore;
  readonly watch: LibraryWatch;
  readonly folders: Folders;
  /** Brings the store in line with what lies in the folders; composes the demo when there is none. */
  readonly fill: (folders: readonly string[]) => Promise<void>;
  /** Tells the log; a failed scan must not end the server. */
  readonly onFailure: (error: unknown) => void;
}

function failureOf({ path, outcome }: LibraryFile): { path: string; reason: string } {
  return { path, reason: "reason" in outcome ? outcome.reason : "" };
}

export function createLibrary({ tracks, settings, watch, folders, fill, onFailure }: LibraryParts): Library {
  let running: Promise<void> | null = null;
  let again = false;

  const known = async (): Promise<readonly string[]> => {
    const value = await settings.getSetting(foldersSetting);
    return Array.isArray(value) ? value.filter((path) => typeof path === "string") : [];
  };
  const run = async (): Promise<void> => {
    // From the first moment on nobody takes an empty library for a finished one.
    watch.publish({ ...idleProgress, state: "scanning" });
    try {
      do {
        again = false;
        await fill(await known());
      } while (again);
    } finally {
      if (watch.current().state !== "idle") watch.publish(idleProgress);
    }
  };
  const scan = (): void => {
    if (running !== null) {
      again = true;
      return;
    }
    running = run()
      .catch(onFailure)
      .finally(() => {
        running = null;
      });
  };

  return {
    async state() {
      const [paths, counts, failures] = await Promise.all([known(), tracks.countTracks(), tracks.failures()]);
      return {
        folders: paths,
        tracks: counts.demo + counts.library,
        demo: counts.library === 0,
        progress: watch.current(),
        failures: failures.slice(0, maxFailuresShown).map(failureOf),
      };
    },
    folders: known,
    async addFolder(path) {
      const real = await folders.real(path);
      const paths = await known();
      if (!paths.includes(real)) await settings.putSetting(foldersSetting, [...paths, real]);
      scan();
    },
    scan,
    async settled() {
      await running;
    },
  };
}
