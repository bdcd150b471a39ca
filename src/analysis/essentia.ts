/** Essentia's compiled algorithms (essentia.js, AGPL-3.0): pure computation over vectors that must be given back. */
import essentiaJs, { type EssentiaInstance } from "essentia.js";
import type { CamelotKey } from "#domain/track.ts";
import { camelotOf } from "#domain/camelot.ts";
import { analysisRate } from "./onsets.ts";
import { createThinner } from "./thin.ts";

let instance: EssentiaInstance | null = null;

function essentia(): EssentiaInstance {
  instance ??= new essentiaJs.Essentia(essentiaJs.EssentiaWASM);
  return instance;
}

const thinning = 4;
/** Essentia's defaults, in the order of its reference, up to the profile and the rate. */
const optionsOf = (profile: string, rate: number) =>
  [true, 4096, 4096, 12, 3500, 60, 25, 0.2, profile, rate] as const;
/**
 * Essentia's strengths of the two hearings are compared after the second's was taken this often: on 150 songs of
 * training/key the surer of both is right more often (81 %) than the first (79 %) or the second alone (72 %).
 */
const secondCounts = 0.9;

interface HeardKey {
  readonly key: CamelotKey | null;
  readonly strength: number;
}

function hearKey(mono: Float32Array, profile: string, rate: number): HeardKey {
  const signal = essentia().arrayToVector(mono);
  try {
    const { key, scale, strength } = essentia().KeyExtractor(signal, ...optionsOf(profile, rate));
    return { key: camelotOf(key, scale), strength };
  } finally {
    signal.delete();
  }
}

/**
 * Key of mono PCM at 44.1 kHz by chroma against key profiles (Essentia's KeyExtractor); strength is 0..1. Heard twice: as
 * it is with Essentia's usual profile, and at 11 kHz in frames four times as long with that of electronic music.
 */
export function essentiaKey(mono: Float32Array): HeardKey {
  const usual = hearKey(mono, "bgate", analysisRate);
  const thin = createThinner(thinning)([mono]);
  const electronic = hearKey(thin, "edma", analysisRate / thinning);
  return usual.strength >= secondCounts * electronic.strength ? usual : electronic;
}
