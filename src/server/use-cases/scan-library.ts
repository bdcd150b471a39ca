import {
  AnalyserClosedError,
  UnusableFileError,
  type AnalysedFile,
  type Analyser,
} from "#server/ports/analyser.ts";
import { idleProgress } from "./library-watch.ts";
import type { TrackProfile } from "#domain/track.ts";
import type { Clock } from "#server/ports/environment.ts";
import type { LibraryWatch } from "#server/ports/library-watch.ts";
import type { FoundFile, MusicFiles } from "#server/ports/music-files.ts";
import type { SoundStore } from "#server/ports/sounds.ts";
import type { LibraryFile, TrackStore } from "#server/ports/store.ts";

export interface ScanDeps {
  readonly tracks: TrackStore;
  readonly sounds: SoundStore;
  readonly analyser: Analyser;
  readonly files: MusicFiles;
  readonly watch: LibraryWatch;
  readonly clock: Clock;
}

export interface ScanResult {
  /** Tracks in the library now, the demo's left out. */
  readonly tracks: number;
  /** Files analysed in this scan. */
  readonly analysed: number;
  /** Files under these folders that did not become tracks, in this scan or an earlier one. */
  readonly failed: readonly { readonly path: string; readonly reason: string }[];
  readonly seconds: number;
}

type ReadableFile = Extract<FoundFile, { readonly sizeBytes: number }>;

/** What a folder that could not be read is remembered by; it is tried again at every scan. */
const unreadable = { sizeBytes: 0, modifiedMs: 0 };

interface Survey {
  /** New or changed since they were last looked at. */
  readonly pending: readonly ReadableFile[];
  /** Known, but no longer in the folders. */
  readonly gone: readonly string[];
  readonly failures: readonly LibraryFile[];
}

async function survey({ tracks, sounds, files }: ScanDeps, folders: readonly string[]): Promise<Survey> {
  const soundless = new Set(await sounds.tracksWithoutSound());
  const known = new Map((await tracks.allFiles()).map((file) => [file.path, file]));
  const seen = new Set<string>();
  const hidden: string[] = [];
  const pending: ReadableFile[] = [];
  const failures: LibraryFile[] = [];
  for (const folder of folders) {
    for await (const found of files.walk(folder)) {
      if (seen.has(found.path)) continue;
      seen.add(found.path);
      if ("reason" in found) {
        hidden.push(found.path);
        failures.push({ path: found.path, ...unreadable, outcome: { reason: found.reason } });
        continue;
      }
      const before = known.get(found.path);
      if (before === undefined || !isUnchanged(before, found) || soundless.has(trackIdOf(before) ?? "")) {
        pending.push(found);
      }
    }
  }
  // What lies beneath an unreadable folder (a drive that is not mounted) is unknown, not gone.
  const isUnder = (path: string, roots: readonly string[]) => roots.some((root) => files.isUnder(path, root));
  const gone = [...known.keys()].filter(
    (path) => isUnder(path, folders) && !seen.has(path) && !isUnder(path, hidden),
  );
  return { pending, gone, failures };
}

function trackIdOf({ outcome }: LibraryFile): string | null {
  return "trackId" in outcome ? outcome.trackId : null;
}

function isUnchanged(before: LibraryFile, found: ReadableFile): boolean {
  return before.sizeBytes === found.sizeBytes && before.modifiedMs === found.modifiedMs;
}

function nameOf(path: string): string {
  return path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1);
}

/** What a retagged file keeps, to the last digit a decoder is sure of. */
function soundsTheSame(a: TrackProfile, b: TrackProfile): boolean {
  return (
    Math.abs(a.durationS - b.durationS) < 0.001 &&
    Math.abs(a.loudnessLufs - b.loudnessLufs) < 0.01 &&
    Math.abs(a.truePeakDbtp - b.truePeakDbtp) < 0.01
  );
}

/**
 * The track a file is: the one with the same samples, whatever became of path and tags. A track kept before sounds were
 * stays what it was where its file is the same or sounds the same.
 */
async function identityOf(
  { tracks, sounds }: ScanDeps,
  file: ReadableFile,
  found: AnalysedFile,
): Promise<string> {
  const known = await sounds.trackWithAudio(found.sound.audioHash);
  if (known !== null) return known;
  const before = await tracks.getFile(file.path);
  const old = before === null ? null : await tracks.getTrack(trackIdOf(before) ?? "");
  if (before !== null && old !== null && (await sounds.getSound(old.id)) === null) {
    if (isUnchanged(before, file) || soundsTheSame(old.profile, found.profile)) return old.id;
  }
  return `t-${found.sound.audioHash.slice(0, 32)}`;
}

async function keep(deps: ScanDeps, file: ReadableFile, found: AnalysedFile): Promise<void> {
  const trackId = await identityOf(deps, file, found);
  await deps.tracks.putTrack(
    {
      id: trackId,
      source: "library",
      hasCover: found.cover !== null,
      ...found.tags,
      profile: found.profile,
    },
    { ...file, outcome: { trackId } },
    found.cover,
  );
  await deps.sounds.putSound(trackId, found.sound);
}

/** One pass over the pending files, and what is told about it. */
function startPass(deps: ScanDeps, pending: readonly ReadableFile[]) {
  const { tracks, analyser, watch, clock } = deps;
  const startedMs = clock.nowMs();
  const waiting = [...pending];
  const current = new Set<string>();
  let analysed = 0;
  let failed = 0;

  const publish = (state: "scanning" | "idle"): void => {
    const minutes = (clock.nowMs() - startedMs) / 60_000;
    const done = analysed + failed;
    const tracksPerMinute = minutes > 0 ? done / minutes : 0;
    watch.publish({
      state,
      done,
      total: pending.length,
      failed,
      tracksPerMinute,
      secondsLeft: tracksPerMinute > 0 ? ((pending.length - done) / tracksPerMinute) * 60 : null,
      current: state === "idle" ? null : ([...current][0] ?? null),
    });
  };
  const analyseOne = async (file: ReadableFile): Promise<void> => {
    const name = nameOf(file.path);
    current.add(name);
    publish("scanning");
    try {
      const found = await analyser.analyse(file.path);
      await keep(deps, file, found);
      analysed++;
    } catch (error) {
      if (!(error instanceof UnusableFileError)) throw error;
      await tracks.putFailure({ ...file, outcome: { reason: error.message } });
      failed++;
    } finally {
      current.delete(name);
      publish("scanning");
    }
  };
  const lane = async (): Promise<void> => {
    try {
      for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) await analyseOne(file);
    } catch (error) {
      waiting.length = 0;
      if (!(error instanceof AnalyserClosedError)) throw error;
    }
  };
  return {
    async run(): Promise<number> {
      // All lanes end before this does: nothing is written after a failed scan has been reported.
      const ends = await Promise.allSettled(Array.from({ length: analyser.lanes }, lane));
      publish("idle");
      for (const end of ends) if (end.status === "rejected") throw end.reason;
      return analysed;
    },
  };
}

export interface LibraryScanner {
  /**
   * Brings the library in line with what lies in `folders` (absolute paths): analyses what is new or changed, forgets
   * what is gone. Each file is in the store as soon as it is done, so a scan that was killed goes on where it ended.
   * A file that cannot be used is remembered with its reason and not tried again until it changes.
   */
  scan(folders: readonly string[]): Promise<ScanResult>;
}

export function createLibraryScanner(deps: ScanDeps): LibraryScanner {
  const { tracks, files, clock } = deps;
  return {
    async scan(folders) {
      const startedMs = clock.nowMs();
      deps.watch.publish({ ...idleProgress, state: "scanning" });
      const { pending, gone, failures } = await survey(deps, folders);
      for (const failure of failures) await tracks.putFailure(failure);
      const analysed = await startPass(deps, pending).run();
      // After the analysis: a file that moved keeps its track, and with it what people said of it.
      for (const path of gone) await tracks.removeFile(path);
      const failed = (await tracks.failures())
        .filter(({ path }) => folders.some((folder) => files.isUnder(path, folder)))
        .map(({ path, outcome }) => ({ path, reason: "reason" in outcome ? outcome.reason : "" }));
      const { library } = await tracks.countTracks();
      return { tracks: library, analysed, failed, seconds: (clock.nowMs() - startedMs) / 1000 };
    },
  };
}
