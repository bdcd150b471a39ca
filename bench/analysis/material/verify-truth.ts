/** Is the truth true? Onsets must gather exactly on its beats, from the start of a track to its end. */
import { createFrames } from "#analysis/frames.ts";
import { analysisRate } from "#analysis/onsets.ts";
import type { Truth } from "../track.ts";

const frameLength = 1024;
const hop = 220;
const framesPerS = analysisRate / hop;
const reachS = 0.1;
const toleranceS = 0.025;
const quarters = 4;

/** Rise of the log spectrum from each frame to the next, halves of a window apart so that it peaks on the onset. */
function rises(mono: Float32Array): number[] {
  const found: number[] = [];
  const frames = createFrames({
    frameLength,
    hop,
    hear(four) {
      found.push(...four.rises(1).subarray(0, four.count));
    },
  });
  frames.push(mono);
  frames.finish();
  return found;
}

/** Lag in seconds at which onsets around these beats are strongest on average. */
function peakLag(beatsS: readonly number[], strength: readonly number[]): number {
  const reach = Math.round(reachS * framesPerS);
  let best = { lag: 0, sum: -1 };
  for (let lag = -reach; lag <= reach; lag++) {
    let sum = 0;
    for (const beat of beatsS) {
      const frame = Math.round(beat * framesPerS) + lag;
      sum += strength[frame] ?? 0;
    }
    if (sum > best.sum) best = { lag, sum };
  }
  return best.lag / framesPerS;
}

/** In each quarter of the track, the lag of the onsets after the true beats, seconds. */
export function lagsOfOnsets(truth: Truth, mono: Float32Array): number[] {
  const strength = rises(mono);
  const { fromS, toS } = truth;
  return Array.from({ length: quarters }, (_, quarter) => {
    const from = fromS + ((toS - fromS) * quarter) / quarters;
    const to = fromS + ((toS - fromS) * (quarter + 1)) / quarters;
    return peakLag(
      truth.beatsS.filter((beat) => beat >= from && beat < to),
      strength,
    );
  });
}

export function isTrue(lagsS: readonly number[]): boolean {
  return lagsS.every((lag) => Math.abs(lag) <= toleranceS);
}
