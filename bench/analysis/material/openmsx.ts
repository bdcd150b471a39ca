/** MIDI music of Debian's openttd-openmsx through FluidSynth: exact times, steady or drifting. */
import { execFile } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { promisify } from "node:util";
import { hashText, seededRandom } from "#domain/seeded-random.ts";
import { driftingTime } from "./drift.ts";
import type { Recipe } from "./material.ts";
import { tonalityOfMidi } from "./midi-key.ts";
import { readMidi, truthOfMidi, warpedMidi, warpedTruth } from "./midi-times.ts";
import { decodeMono } from "./wav.ts";

const folder = "/usr/share/games/openttd/baseset/openmsx";
const soundFont = "/usr/share/sounds/sf2/FluidR3_GM.sf2";
/** Two minutes of each say enough, and keep a run short. */
const longestS = 120;
/** Rendering one takes seconds; a note held for ever would fill the disk. */
const longestRenderMs = 120_000;

function recipe(file: string, set: string, warp: (s: number) => number): Recipe {
  return {
    tonality: tonalityOfMidi(readMidi(readFileSync(join(folder, file))), longestS),
    set,
    name: basename(file, ".mid"),
    electronic: false,
    async make(scratch) {
      const music = readMidi(await readFile(join(folder, file)));
      const [midi, wav] = [join(scratch, "in.mid"), join(scratch, "out.wav")];
      await writeFile(midi, warpedMidi(music, warp, longestS));
      const options = ["-ni", "-q", "-g", "0.5", "-r", "44100", "-T", "wav", "-O", "s16", "-F", wav];
      await promisify(execFile)("fluidsynth", [...options, soundFont, midi], {
        timeout: longestRenderMs,
      });
      return { mono: await decodeMono(wav), truth: warpedTruth(truthOfMidi(music), warp, longestS) };
    },
  };
}

/** `midi`: the times of the file; `drift`: the same music at a tempo that wanders. Throws when the package is absent. */
export function openMsxRecipes(): Recipe[] {
  const files = readdirSync(folder)
    .filter((file) => file.endsWith(".mid"))
    .toSorted();
  return [
    ...files.map((file) => recipe(file, "midi", (s) => s)),
    ...files.map((file) => recipe(file, "drift", driftingTime(seededRandom(hashText(file))))),
  ];
}
