/** Which beats start a bar: where the low drum, the loudest onsets and the changes of harmony fall, by vote. */
import { onsetRate, type OnsetCurve } from "./onsets.ts";

/** Waltzes are rare; three must win clearly. */
const threeNeeds = 1.25;
/** A beat counts the strongest onset within this many frames. */
const reachFrames = 3;

function strongestNear(curve: Float32Array, timeS: number): number {
  const middle = Math.round(timeS * onsetRate);
  let strongest = 0;
  for (let i = middle - reachFrames; i <= middle + reachFrames; i++)
    strongest = Math.max(strongest, curve[i] ?? 0);
  return strongest;
}

function standardised(values: readonly number[]): number[] {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  const deviation = Math.sqrt(variance) || 1;
  return values.map((value) => (value - mean) / deviation);
}

/** How far the spectrum between this beat and the next differs from that between the last beat and this one. */
function harmonyChanges(beatsS: readonly number[], onsets: OnsetCurve): number[] {
  const { bands, bandCount, bandRate } = onsets;
  const means = beatsS.map((beat, i) => {
    const from = Math.ceil(beat * bandRate);
    const to = Math.max(from + 1, Math.floor((beatsS[i + 1] ?? beat + 0.5) * bandRate));
    const mean = new Float64Array(bandCount);
    for (let step = from; step < to; step++) {
      for (let band = 0; band < bandCount; band++) mean[band] += bands[step * bandCount + band] ?? 0;
    }
    const norm = Math.hypot(...mean) || 1;
    return mean.map((value) => value / norm);
  });
  return means.map((mean, i) => {
    const before = means[i - 1];
    return before === undefined ? 0 : 1 - mean.reduce((sum, value, band) => sum + value * before[band], 0);
  });
}

interface Bar {
  readonly beats: number;
  readonly phase: number;
  readonly score: number;
}

/** Mean accent of the beats at `phase` above the best other phase, in standard errors. */
function bestPhase(accents: readonly number[], beats: number): Bar {
  const sums = Array.from({ length: beats }, () => 0);
  for (const [i, accent] of accents.entries()) sums[i % beats] += accent;
  const perPhase = accents.length / beats;
  const means = sums.map((sum) => sum / perPhase);
  const phase = means.indexOf(Math.max(...means));
  return { beats, phase, score: (means[phase] ?? 0) * Math.sqrt(perPhase) };
}

/** The downbeats among `beatsS`, four or three to the bar; none when there are too few beats to vote. */
export function downbeatsOf(beatsS: readonly number[], onsets: OnsetCurve): number[] {
  if (beatsS.length < 8) return [];
  const low = standardised(beatsS.map((beat) => strongestNear(onsets.lowStrength, beat)));
  const loud = standardised(beatsS.map((beat) => strongestNear(onsets.strength, beat)));
  const change = standardised(harmonyChanges(beatsS, onsets));
  const accents = change.map((value, i) => 1.5 * value + low[i] + 0.5 * loud[i]);
  const four = bestPhase(accents, 4);
  const three = bestPhase(accents, 3);
  const bar = three.score > threeNeeds * four.score ? three : four;
  return beatsS.filter((_, i) => i % bar.beats === bar.phase);
}
