/**
 * How well beats are found: Upbeat and every peer that runs here, on the same files with exact truth.
 * `--all` takes every track instead of a third of the rendered ones, `--trackers upbeat,qm` only these, `--dir FOLDER` adds
 * own annotated music, `--each` prints a line per track and tracker on stderr.
 */
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { printReport, progress } from "../report.ts";
import { cacheFolder } from "./cache-folder.ts";
import { goals } from "./goals.ts";
import { folderRecipes } from "./material/annotated-folder.ts";
import { demoRecipes } from "./material/demo.ts";
import { longTrack } from "./material/long-track.ts";
import { gather, type Material, type Recipe } from "./material/material.ts";
import { compressedSongs, muldjordRecipes } from "./material/muldjord.ts";
import { openMsxRecipes } from "./material/openmsx.ts";
import type { TrackerLine } from "./run-tracker.ts";
import { confidenceFigures, groupFigures, scoreOf, speedOf, type Figures, type Scored } from "./score.ts";
import { feelFigures, keyPeers } from "./score-feel.ts";
import type { Estimate } from "./track.ts";
import { trackers } from "./trackers/trackers.ts";

const seed = 7;
/** Rendered sets are thinned to one in this many, unless all are asked for. */
const thinning = 3;

const { values: options } = parseArgs({
  options: {
    all: { type: "boolean", default: false },
    each: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
    trackers: { type: "string", default: Object.keys(trackers).join(",") },
    dir: { type: "string" },
  },
});

const asked = options.trackers.split(",");
const unknown = asked.filter((name) => !(name in trackers));
if (unknown.length > 0) {
  progress(`There is no tracker ${unknown.join(", ")}; there are ${Object.keys(trackers).join(", ")}.`);
  process.exit(2);
}

interface Answers {
  readonly estimates: readonly Estimate[];
  readonly peakMb: number;
}

/** The answers of one tracker, one file after the other, in its own process; null when it cannot run here. */
async function ask(name: string, paths: readonly string[]): Promise<Answers | null> {
  const script = fileURLToPath(new URL("./run-tracker.ts", import.meta.url));
  const child = spawn(process.execPath, [script, name, ...paths], { stdio: ["ignore", "pipe", "inherit"] });
  const estimates: Estimate[] = [];
  for await (const text of createInterface({ input: child.stdout })) {
    // Essentia prints to standard output too.
    if (!text.startsWith("{")) continue;
    const line = JSON.parse(text) as TrackerLine;
    if ("missing" in line) {
      progress(`${name} is left out: ${line.missing}`);
      return null;
    }
    if ("peakMb" in line) return { estimates, peakMb: line.peakMb };
    estimates.push(line.estimate);
  }
  progress(`${name} is left out: it broke after ${estimates.length} of ${paths.length} tracks`);
  return null;
}

/** A package that is not installed takes its set with it, and says so. */
function recipesOf(name: string, make: () => Recipe[]): Recipe[] {
  try {
    return make();
  } catch (error) {
    progress(`${name} is left out: ${error instanceof Error ? error.message : String(error)}`);
    return [];
  }
}

async function material(): Promise<Material> {
  const midi = recipesOf("openttd-openmsx", openMsxRecipes);
  // The drifting third is another one than the steady third: `midi` lists all steady ones, then all drifting ones.
  const rendered = [...midi, ...demoRecipes()].filter((_, i) => options.all || i % thinning === 0);
  const recordings = recipesOf("fretsonfire-songs-muldjord", muldjordRecipes);
  const own = options.dir === undefined ? [] : folderRecipes(options.dir);
  return gather([...recordings, ...rendered, ...own], cacheFolder());
}

function figuresOf(scored: readonly Scored[]): Figures {
  const sets = [...new Set(scored.map(({ track }) => track.set))];
  const figures = groupFigures("all", scored, seed);
  for (const set of sets) {
    Object.assign(
      figures,
      groupFigures(
        set,
        scored.filter(({ track }) => track.set === set),
        seed,
      ),
    );
  }
  const electronic = scored.filter(({ track }) => track.electronic);
  return {
    ...figures,
    ...groupFigures("electronic", electronic, seed),
    ...confidenceFigures(scored),
    ...feelFigures(scored),
    "PCM x real time": speedOf(scored),
  };
}

function printEach(name: string, scored: readonly Scored[]): void {
  for (const { track, estimate, scores } of scored) {
    const numbers = Object.entries(scores).map(([metric, value]) => `${metric} ${value?.toFixed(2) ?? "-"}`);
    const confidence = estimate.confidence === null ? "" : `  confidence ${estimate.confidence.toFixed(2)}`;
    progress(`${name}  ${track.set}/${track.name}  ${numbers.join("  ")}${confidence}`);
  }
}

/** What only Upbeat promises: from compressed files, and within a bounded memory. */
async function promises(): Promise<Figures> {
  const songs = compressedSongs();
  const decoded = await ask("upbeat", songs);
  const long = await ask("upbeat", [await longTrack(cacheFolder(), songs)]);
  const heardS = decoded?.estimates.reduce((sum, { durationS }) => sum + (durationS ?? 0), 0) ?? 0;
  const cpuS = decoded?.estimates.reduce((sum, estimate) => sum + estimate.cpuS, 0) ?? 0;
  return {
    "with decode x real time": cpuS === 0 ? null : heardS / cpuS,
    "memory for 10 minutes, MB": long?.peakMb ?? null,
  };
}

const { tracks, leftOut } = await material();
for (const line of leftOut) progress(`left out, its truth is doubtful: ${line}`);
progress(`${tracks.length} tracks, ${leftOut.length} left out`);
const results: Record<string, Figures> = {};
for (const name of asked) {
  progress(`running ${name}`);
  const answers = await ask(
    name,
    tracks.map(({ path }) => path),
  );
  if (answers === null) continue;
  const scored = tracks.flatMap((track, i) => scoreOf(track, answers.estimates[i]));
  if (options.each) printEach(name, scored);
  results[name] = figuresOf(scored);
}
if (asked.includes("upbeat")) {
  progress("finding keys in other ways");
  Object.assign(results, await keyPeers(tracks));
}
const { upbeat: measured, ...peers } = results;
// Without Upbeat in the run, the rows of the table are its peers' figures.
const own =
  measured ??
  Object.fromEntries(Object.keys(Object.values(peers)[0] ?? {}).map((name): [string, null] => [name, null]));
const promised = asked.includes("upbeat") ? await promises() : {};
const figures = { ...own, ...promised, tracks: tracks.length, "tracks left out": leftOut.length };
const shown = options.json
  ? figures
  : // Intervals of all sets would drown the table.
    Object.fromEntries(
      Object.entries(figures).filter(([name]) => !name.includes(", 95 %") || name.startsWith("all ")),
    );
printReport("Beats, on tracks with exact truth", { figures: shown, peers, seed }, goals);
