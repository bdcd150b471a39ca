/** Essentia's compiled algorithms (essentia.js, AGPL-3.0): pure computation over vectors that must be given back. */
import essentiaJs, { type EssentiaInstance } from "essentia.js";
import type { CamelotKey } from "#domain/track.ts";
import { camelotOf } from "./camelot.ts";

let instance: EssentiaInstance | null = null;

function essentia(): EssentiaInstance {
  instance ??= new essentiaJs.Essentia(essentiaJs.EssentiaWASM);
  return instance;
}

/** The range of musical tempo that is looked for, BPM. */
export const slowestBpm = 40;
export const fastestBpm = 208;

/**
 * Beats of mono PCM at 44.1 kHz, in seconds from its first sample, by the tracker of Degara et al. (2012). Essentia
 * refuses signals shorter than a few frames; those have no beats.
 */
export function degaraBeats(mono: Float32Array): number[] {
  const signal = essentia().arrayToVector(mono);
  try {
    const found = essentia().RhythmExtractor2013(signal, fastestBpm, "degara", slowestBpm);
    const beats = Array.from(essentia().vectorToArray(found.ticks));
    for (const vector of [found.ticks, found.estimates, found.bpmIntervals]) vector.delete();
    return beats;
  } finally {
    signal.delete();
  }
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
