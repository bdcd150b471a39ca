/** Anybody's own annotated music: audio files with a text file `<name>.beats` beside each, "seconds position-in-bar" a line. */
import { existsSync, readdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { extname, join, parse } from "node:path";
import type { Truth } from "../track.ts";
import type { Recipe } from "./material.ts";
import { decodeMono } from "./wav.ts";

const audioEndings: ReadonlySet<string> = new Set([".wav", ".flac", ".mp3", ".ogg", ".opus", ".m4a"]);

/** Reads annotations: a time per line, then optionally the beat's number in its bar, 1 for a downbeat. */
export function truthOfAnnotations(text: string): Truth {
  const rows = text
    .split("\n")
    .map((line) => line.trim().split(/\s+/u).map(Number))
    .filter(([time]) => Number.isFinite(time) && time !== 0);
  const beatsS = rows.map(([time]) => time);
  const downbeats = rows.filter(([, position]) => position === 1).map(([time]) => time);
  const fromS = beatsS[0] ?? 0;
  return {
    beatsS,
    downbeatsS: downbeats.length === 0 ? null : downbeats,
    fromS,
    toS: beatsS.at(-1) ?? fromS,
  };
}

export function folderRecipes(folder: string): Recipe[] {
  return readdirSync(folder)
    .filter(
      (file) => audioEndings.has(extname(file)) && existsSync(join(folder, `${parse(file).name}.beats`)),
    )
    .toSorted()
    .map((file) => ({
      set: "folder",
      name: parse(file).name,
      electronic: false,
      async make() {
        const text = await readFile(join(folder, `${parse(file).name}.beats`), "utf8");
        return { mono: await decodeMono(join(folder, file)), truth: truthOfAnnotations(text) };
      },
    }));
}
