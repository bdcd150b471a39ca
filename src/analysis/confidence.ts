/** How far a grid can be trusted: two independent trackers that agree, beats that are steady, onsets that stand out on them. */
import { clamp, type Share } from "#domain/units.ts";
import { onsetRate } from "./onsets.ts";

/** Two beats this close are the same one: the usual tolerance of beat evaluation (Davies et al. 2009). */
const sameBeatS = 0.07;
/** Agreement at half or double tempo says where the beats are, but not which of them count. */
const octaveCredit = 0.75;
/** On rendered excerpts kept for tuning (docs/analysis.md), 65 % of grids say at least this, and hit 96 % of their beats. */
export const confidentFrom = 0.8;
/** Beneath this the grid is no better than none: noise, speech and drones reach 0.35. */
export const usableFrom = 0.4;

/** What two trackers agree on in noise. */
const chanceAgreement = 0.4;

/** F-measure of two ascending lists of beats, 0..1. */
export function agreement(a: readonly number[], b: readonly number[]): Share {
  if (a.length === 0 || b.length === 0) return 0;
  let hits = 0;
  let j = 0;
  for (const beat of a) {
    while (j < b.length && b[j] < beat - sameBeatS) j++;
    if (j < b.length && Math.abs(b[j] - beat) <= sameBeatS) {
      hits++;
      j++;
    }
  }
  return (2 * hits) / (a.length + b.length);
}

/** Agreement, forgiving a factor of two between the trackers' tempi. */
export function octaveAgreement(a: readonly number[], b: readonly number[]): Share {
  const every = (beats: readonly number[], phase: number) => beats.filter((_, i) => i % 2 === phase);
  const octaves = [0, 1].flatMap((phase) => [agreement(every(a, phase), b), agreement(a, every(b, phase))]);
  return Math.max(agreement(a, b), octaveCredit * Math.max(...octaves));
}

/** Mean onset strength at the beats, in standard deviations above the mean of the track. */
export function onBeatClarity(beatsS: readonly number[], strength: Float32Array): number {
  const mean = strength.reduce((sum, value) => sum + value, 0) / strength.length;
  const variance = strength.reduce((sum, value) => sum + (value - mean) ** 2, 0) / strength.length;
  if (!(variance > 0) || beatsS.length === 0) return 0;
  const near = beatsS.map((beat) => {
    const frame = Math.round(beat * onsetRate);
    return Math.max(strength[frame - 1] ?? 0, strength[frame] ?? 0, strength[frame + 1] ?? 0);
  });
  return (near.reduce((sum, value) => sum + value, 0) / near.length - mean) / Math.sqrt(variance);
}

/** The probability that the grid is right; weights set by hand on recordings whose beats are known. */
export function tempoConfidence(agree: Share, steadiness: Share, clarity: number): Share {
  const clear = clamp((clarity - 0.5) / 1.5, 0, 1);
  const beyondChance = clamp((agree - chanceAgreement) / (1 - chanceAgreement), 0, 1);
  return clamp(0.05 + 0.5 * beyondChance + 0.25 * steadiness + 0.2 * clear, 0, 1);
}
