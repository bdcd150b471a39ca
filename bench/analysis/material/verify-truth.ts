/** Is the truth true? Onsets must gather exactly on its beats, from the start of a track to its end. */
import { createPowerSpectrum, hannWindow } from "#analysis/fft.ts";
import { analysisRate } from "#analysis/onsets.ts";
import type { Truth } from "../track.ts";

const frameLength = 1024;
const hop = 220;
const framesPerS = analysisRate / hop;
const reachS = 0.1;
const toleranceS = 0.025;
const quarters = 4;

/** Rise of the log spectrum from each frame to the next, halves of a window apart so that it peaks on the onset. */
function rises(mono: Float32Array): Float32Array {
  const spectrum = createPowerSpectrum(frameLength);
  const window = hannWindow(frameLength);
  const bins = frameLength / 2 + 1;
  let before = new Float32Array(bins);
  let now = new Float32Array(bins);
  const frame = new Float32Array(frameLength);
  const found = new Float32Array(Math.ceil(mono.length / hop));
  for (let i = 0; i < found.length; i++) {
    const at = i * hop - frameLength / 2;
    for (let n = 0; n < frameLength; n++) frame[n] = (mono[at + n] ?? 0) * window[n];
    spectrum.compute(frame, now);
    for (let k = 0; k < bins; k++) {
      now[k] = Math.log1p(Math.sqrt(now[k]));
      if (now[k] > before[k]) found[i] += now[k] - before[k];
    }
    [before, now] = [now, before];
  }
  return found;
}

/** Lag in seconds at which onsets around these beats are strongest on average. */
function peakLag(beatsS: readonly number[], strength: Float32Array): number {
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
