/** Puts together what fills the library: the disk's folders, read and analysed; the demo while they hold nothing. */
import { diskFolders } from "./adapters/files/disk-folders.ts";
import { diskMusicFiles } from "./adapters/files/disk-music-files.ts";
import { systemClock } from "./adapters/system.ts";
import type { Analyser } from "./ports/analyser.ts";
import type { LibraryWatch } from "./ports/library-watch.ts";
import type { SoundStore } from "./ports/sounds.ts";
import type { SettingsStore, TrackStore } from "./ports/store.ts";
import type { DemoLibrary } from "./use-cases/compose-demo-library.ts";
import { createLibrary, type Library } from "./use-cases/library.ts";
import { createLibraryScanner } from "./use-cases/scan-library.ts";

interface LibraryParts {
  readonly tracks: TrackStore;
  readonly sounds: SoundStore;
  readonly settings: SettingsStore;
  readonly watch: LibraryWatch;
  readonly analyser: Analyser;
  readonly demo: Pick<DemoLibrary, "compose">;
  readonly onFailure: (error: unknown) => void;
}

/** The library over the disk's folders, filled by scanning them; by the demo while they hold nothing. */
export function filledLibrary({
  tracks,
  sounds,
  settings,
  watch,
  analyser,
  demo,
  onFailure,
}: LibraryParts): Library {
  const scanner = createLibraryScanner({
    tracks,
    sounds,
    analyser,
    files: diskMusicFiles,
    watch,
    clock: systemClock,
  });
  return createLibrary({
    tracks,
    settings,
    watch,
    folders: diskFolders,
    fill: async (folders) => {
      const found = folders.length === 0 ? null : await scanner.scan(folders);
      if (found === null || found.tracks === 0) await demo.compose();
    },
    onFailure,
  });
}
