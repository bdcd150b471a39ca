/** Essentia's compiled algorithms (essentia.js, AGPL-3.0): pure computation over vectors that must be given back. */
import essentiaJs, { type EssentiaInstance } from "essentia.js";
import type { CamelotKey } from "#domain/track.ts";
import { camelotOf } from "#domain/camelot.ts";

let instance: EssentiaInstance | null = null;

function essentia(): EssentiaInstance {
  instance ??= new essentiaJs.Essentia(essentiaJs.EssentiaWASM);
  return instance;
}

/** Key of mono PCM at 44.1 kHz by chroma against key profiles (Essentia's KeyExtractor); strength is 0..1. */
export function essentiaKey(mono: Float32Array): {
  readonly key: CamelotKey | null;
  readonly strength: number;
} {
  const signal = essentia().arrayToVector(mono);
  try {
    const { key, scale, strength } = essentia().KeyExtractor(signal);
    return { key: camelotOf(key, scale), strength };
  } finally {
    signal.delete();
  }
}
