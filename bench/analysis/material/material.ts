/** Material that is made once and kept: PCM in a cache folder, its truth beside it. */
import { access, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { analysisRate } from "#analysis/onsets.ts";
import { progress } from "../../report.ts";
import type { Tonality } from "../metrics/key.ts";
import type { TestTrack, Truth } from "../track.ts";
import { isTrue, lagsOfOnsets } from "./verify-truth.ts";
import { writeMonoWav } from "./wav.ts";

/** One track that can be made. */
export interface Recipe {
  readonly set: string;
  readonly name: string;
  readonly electronic: boolean;
  readonly tonality?: Tonality | null;
  readonly drive?: number;
  make(scratch: string): Promise<{ readonly mono: Float32Array; readonly truth: Truth }>;
}

/** A track with what its onsets say about its truth. */
interface Kept extends Truth {
  readonly durationS: number;
  readonly lagsS: readonly number[];
}

/** Raise when material comes out differently. */
const revision = 1;

export interface Material {
  readonly tracks: readonly TestTrack[];
  /** "set/name: why" of each one whose truth its onsets contradict. */
  readonly leftOut: readonly string[];
}

async function keep(recipe: Recipe, folder: string): Promise<Kept> {
  const base = join(folder, recipe.name);
  try {
    await access(`${base}.wav`);
    return JSON.parse(await readFile(`${base}.json`, "utf8")) as Kept;
  } catch {
    progress(`making ${recipe.set}/${recipe.name}`);
    const scratch = `${base}.scratch`;
    await mkdir(scratch, { recursive: true });
    const { mono, truth } = await recipe.make(scratch);
    await rm(scratch, { recursive: true });
    const kept = { ...truth, durationS: mono.length / analysisRate, lagsS: lagsOfOnsets(truth, mono) };
    await writeMonoWav(`${base}.part`, mono);
    await rename(`${base}.part`, `${base}.wav`);
    await writeFile(`${base}.json`, JSON.stringify(kept));
    return kept;
  }
}

/** Makes what is not in the cache yet, and leaves out every track whose onsets do not gather on its true beats. */
export async function gather(recipes: readonly Recipe[], cache: string): Promise<Material> {
  const tracks: TestTrack[] = [];
  const leftOut: string[] = [];
  for (const recipe of recipes) {
    const { set, name, electronic, tonality = null, drive = null } = recipe;
    const folder = join(cache, `revision-${revision}`, set);
    await mkdir(folder, { recursive: true });
    const { lagsS, ...kept } = await keep(recipe, folder);
    if (isTrue(lagsS))
      tracks.push({ ...kept, set, name, electronic, tonality, drive, path: join(folder, `${name}.wav`) });
    else
      leftOut.push(`${set}/${name}: onsets at ${lagsS.map((lag) => Math.round(lag * 1000)).join(", ")} ms`);
  }
  return { tracks, leftOut };
}
