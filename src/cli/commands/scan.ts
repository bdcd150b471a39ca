import { resolve } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { Command } from "commander";
import type { LibraryInfo } from "#protocol/api/schemas.ts";
import { workerAnalyser } from "#server/adapters/analysis/worker-analyser.ts";
import { diskFolders } from "#server/adapters/files/disk-folders.ts";
import { diskMusicFiles } from "#server/adapters/files/disk-music-files.ts";
import { systemClock } from "#server/adapters/system.ts";
import { FolderInUseError, defaultDataDir, openDataFolder } from "#server/open-data-folder.ts";
import { StoreError } from "#server/ports/store.ts";
import { findRunningServer, type RunningServer } from "#server/running-server.ts";
import { createLibraryWatch } from "#server/use-cases/library-watch.ts";
import { createLibrary } from "#server/use-cases/library.ts";
import { Refusal } from "#server/use-cases/refusal.ts";
import { createLibraryScanner, type ScanResult } from "#server/use-cases/scan-library.ts";
import { UserError, printJson, printLine } from "../output.ts";
import { createProgressBar } from "../progress-bar.ts";

const pollMs = 300;
/** The server begins a scan a moment after it is asked: idle this often in a row means that it is done. */
const idlePolls = 4;

async function scanHere(dataDir: string, dirs: readonly string[]): Promise<ScanResult> {
  const folder = await openDataFolder(dataDir);
  const analyser = workerAnalyser();
  const bar = createProgressBar(process.stderr);
  const watch = createLibraryWatch();
  const stop = watch.subscribe((progress) => bar.show(progress));
  let result: ScanResult | null = null;
  let failure: unknown = null;
  try {
    const { tracks, sounds, settings } = folder.store;
    const scanner = createLibraryScanner({
      tracks,
      sounds,
      analyser,
      files: diskMusicFiles,
      watch,
      clock: systemClock,
    });
    const library = createLibrary({
      tracks,
      settings,
      watch,
      folders: diskFolders,
      fill: async (folders) => {
        const found = await scanner.scan(folders);
        const { analysed, seconds } = result ?? { analysed: 0, seconds: 0 };
        result = { ...found, analysed: analysed + found.analysed, seconds: seconds + found.seconds };
      },
      onFailure: (error) => (failure = error),
    });
    for (const dir of dirs) await library.addFolder(dir);
    await library.settled();
  } finally {
    stop();
    bar.end();
    await analyser.close();
    await folder.close();
  }
  if (failure !== null) throw failure;
  if (result === null) throw new Error("The scan did not run.");
  return result;
}

async function scanThere(server: RunningServer, dirs: readonly string[]): Promise<ScanResult> {
  const startedMs = systemClock.nowMs();
  const bar = createProgressBar(process.stderr);
  for (const path of dirs) await server.request("POST", "/v1/library/folders", { path });
  let analysed = 0;
  for (let idle = 0; idle < idlePolls;) {
    await wait(pollMs);
    const state = (await (await server.request("GET", "/v1/library")).json()) as LibraryInfo;
    const { progress } = state;
    idle = progress.state === "idle" ? idle + 1 : 0;
    bar.show(progress);
    analysed = progress.done - progress.failed;
    if (idle < idlePolls) continue;
    bar.end();
    const seconds = (systemClock.nowMs() - startedMs) / 1000;
    return { tracks: state.tracks, analysed, failed: state.failures, seconds };
  }
  throw new Error("The scan did not end.");
}

async function scan(dirs: readonly string[], options: { readonly data: string; readonly json?: boolean }) {
  const absolute = dirs.map((dir) => resolve(dir));
  try {
    const server = await findRunningServer(resolve(options.data));
    const result =
      server === null ? await scanHere(options.data, absolute) : await scanThere(server, absolute);
    if (options.json === true) {
      printJson(result);
      return;
    }
    for (const { path, reason } of result.failed) process.stderr.write(`${path}: ${reason}\n`);
    printLine(
      `${result.tracks} tracks; ${result.analysed} analysed, ${result.failed.length} failed, in ${result.seconds.toFixed(1)} s`,
    );
  } catch (error) {
    const isClear =
      error instanceof Refusal || error instanceof FolderInUseError || error instanceof StoreError;
    throw isClear ? new UserError(error.message) : error;
  }
}

export function registerScan(program: Command): void {
  program
    .command("scan")
    .description("Add music folders and analyse what is new in them")
    .argument("<dirs...>", "music folders")
    .option("--data <folder>", "data folder", defaultDataDir())
    .option("--json", "print the result as JSON")
    .action(scan);
}
