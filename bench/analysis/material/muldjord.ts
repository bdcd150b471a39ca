/** Recordings of a metal band with the tempo map that people made for a game: Debian's fretsonfire-songs-muldjord. */
import { existsSync, readdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Recipe } from "./material.ts";
import { readMidi, truthOfMidi } from "./midi-times.ts";
import { decodeMono } from "./wav.ts";

const folder = "/usr/share/games/fretsonfire/data/songs/muldjord";
const songName = "song.ogg";

function songs(): string[] {
  return readdirSync(folder)
    .filter((name) => existsSync(join(folder, name, songName)))
    .toSorted();
}

/** Compressed files as people have them, to time decoding too. */
export function compressedSongs(): string[] {
  return songs().map((name) => join(folder, name, songName));
}

/** The band and its guitar lie in two files that the game plays together. */
async function mixed(song: string): Promise<Float32Array> {
  const [band, guitar] = await Promise.all(
    [songName, "guitar.ogg"].map((stem) => decodeMono(join(folder, song, stem))),
  );
  const mono = new Float32Array(Math.max(band.length, guitar.length));
  for (const stem of [band, guitar]) for (const [i, value] of stem.entries()) mono[i] += value / 2;
  return mono;
}

/** Throws when the package is absent. */
export function muldjordRecipes(): Recipe[] {
  return songs().map((name) => ({
    set: "recordings",
    name,
    electronic: false,
    async make() {
      const truth = truthOfMidi(readMidi(await readFile(join(folder, name, "notes.mid"))));
      return { mono: await mixed(name), truth };
    },
  }));
}
