import { readFile, writeFile } from "node:fs/promises";
import type { Command } from "commander";
import type { GridImported } from "#protocol/api/grids.ts";
import type { GridFile } from "#protocol/grid-file.ts";
import { workerAnalyser } from "#server/adapters/analysis/worker-analyser.ts";
import { defaultDataDir, type DataFolder } from "#server/open-data-folder.ts";
import { Refusal } from "#server/use-cases/refusal.ts";
import { createShareGrids, type ShareGrids } from "#server/use-cases/share-grids.ts";
import { withDataFolder } from "../data-folder.ts";
import { UserError, printJson, printLine } from "../output.ts";

interface Options {
  readonly data: string;
}

async function sharing<T>({ store }: DataFolder, work: (share: ShareGrids) => Promise<T>): Promise<T> {
  const analyser = workerAnalyser({ lanes: 1 });
  try {
    return await work(createShareGrids({ ...store, analyser }));
  } catch (error) {
    throw error instanceof Refusal ? new UserError(error.message) : error;
  } finally {
    await analyser.close();
  }
}

async function exportGrid(trackId: string, { data, output }: Options & { readonly output?: string }) {
  const file = await withDataFolder(data, {
    throughServer: async (server) => {
      const path = `/v1/tracks/${encodeURIComponent(trackId)}/beat-grid/file`;
      return (await (await server.request("GET", path)).json()) as GridFile;
    },
    directly: (folder) => sharing(folder, (share) => share.exportGrid(trackId)),
  });
  if (output === undefined) printJson(file);
  else await writeFile(output, `${JSON.stringify(file)}\n`);
}

async function gridIn(path: string): Promise<unknown> {
  const text = await readFile(path, "utf8").catch(() => {
    throw new UserError(`${path} cannot be read.`);
  });
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new UserError(`${path} is not JSON.`);
  }
}

async function importGrid(path: string, { data, json }: Options & { readonly json?: boolean }) {
  const grid = await gridIn(path);
  const found = await withDataFolder<GridImported>(data, {
    throughServer: async (server) =>
      (await (await server.request("POST", "/v1/beat-grids", grid)).json()) as GridImported,
    directly: (folder) =>
      sharing(folder, async (share) => {
        const { track, offsetS, difference } = await share.importGrid(grid);
        const { id: trackId, title, artist } = track;
        return { trackId, title, artist, offsetMs: offsetS * 1000, differencePct: difference * 100 };
      }),
  });
  if (json === true) printJson(found);
  else printLine(`${found.title}, ${found.artist}: grid imported, moved by ${found.offsetMs.toFixed(0)} ms`);
}

export function registerGrid(program: Command): void {
  const grid = program.command("grid").description("Beat grids as files without audio");
  grid
    .command("export")
    .description("The grid of a track, as JSON")
    .argument("<trackId>", "as in the address of the track's page")
    .option("-o, --output <file>", "write it there instead of printing it")
    .option("--data <folder>", "data folder", defaultDataDir())
    .action(exportGrid);
  grid
    .command("import")
    .description("Find a grid file's recording in the library, and keep the grid for it")
    .argument("<file>")
    .option("--data <folder>", "data folder", defaultDataDir())
    .option("--json", "print what was found as JSON")
    .action(importGrid);
}
