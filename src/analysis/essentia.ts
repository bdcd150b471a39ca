/** Essentia's compiled algorithms (essentia.js, AGPL-3.0): pure computation over vectors that must be given back. */
import essentiaJs, { type EssentiaInstance } from "essentia.js";
import type { CamelotKey } from "#domain/track.ts";
import { camelotOf } from "./camelot.ts";
import { analysisRate } from "./onsets.ts";

let instance: EssentiaInstance | null = null;

function essentia(): EssentiaInstance {
  instance ??= new essentiaJs.Essentia(essentiaJs.EssentiaWASM);
  return instance;
}

/** Samples a second that `essentiaKey` hears: with Essentia's frames of 4,096 it is as often right as at 44.1 kHz, in 40 % of the time. */
export const keyRate = analysisRate / 4;
/** Essentia's defaults, in the order of its reference, up to the rate. */
const options = [true, 4096, 4096, 12, 3500, 60, 25, 0.2, "bgate", keyRate] as const;

/** Key of mono PCM at `keyRate` by chroma against key profiles (Essentia's KeyExtractor); strength is 0..1. */
export function essentiaKey(mono: Float32Array): {
  readonly key: CamelotKey | null;
  readonly strength: number;
} {
  const signal = essentia().arrayToVector(mono);
  try {
    const { key, scale, strength } = essentia().KeyExtractor(signal, ...options);
    return { key: camelotOf(key, scale), strength };
  } finally {
    signal.delete();
  }
}
