import { truePeakAt } from "./true-peak.ts";

/** What a finished stereo programme measures (ITU-R BS.1770). */
export interface Loudness {
  readonly loudnessLufs: number;
  readonly truePeakDbtp: number;
}
export type MeasureLoudness = (left: Float32Array, right: Float32Array) => Loudness;

/** Peaks stay below this: the codec overshoots by up to 2.2 dB, and decoded peaks must stay under -1 dBTP. */
const ceilingDb = -3.6;
const lookaheadS = 0.003;
const releaseS = 0.09;

/** Limiting costs a little loudness; it is made up when more than this. */
const toleranceLu = 0.15;
/** Each pass takes a good part of what is missing; more than three would only flatten the music. */
const mostPasses = 3;

/** Brings a finished mix, in place, to `targetLufs` with no peak above the ceiling. */
export function master(
  left: Float32Array,
  right: Float32Array,
  sampleRate: number,
  targetLufs: number,
  measure: MeasureLoudness,
): Loudness {
  let measured = measure(left, right);
  for (let pass = 0; pass < mostPasses; pass++) {
    amplify(left, right, targetLufs - measured.loudnessLufs);
    limit(left, right, sampleRate);
    measured = measure(left, right);
    if (Math.abs(targetLufs - measured.loudnessLufs) <= toleranceLu) break;
  }
  return measured;
}

function amplify(left: Float32Array, right: Float32Array, gainDb: number): void {
  const gain = 10 ** (gainDb / 20);
  for (let frame = 0; frame < left.length; frame++) {
    left[frame] *= gain;
    right[frame] *= gain;
  }
}

/**
 * A look-ahead limiter: the gain each frame needs, held over the look-ahead by a sliding minimum, smoothed by a moving
 * average as long (so that it is down in time), then released slowly. Nothing is delayed: the future is known.
 */
function limit(left: Float32Array, right: Float32Array, sampleRate: number): void {
  const ceiling = 10 ** (ceilingDb / 20);
  const frames = left.length;
  const ahead = Math.round(lookaheadS * sampleRate);
  const gain = new Float32Array(frames);
  for (let frame = 0; frame < frames; frame++) {
    const peak = Math.max(truePeakAt(left, frame, ceiling * 0.7), truePeakAt(right, frame, ceiling * 0.7));
    gain[frame] = peak > ceiling ? ceiling / peak : 1;
  }
  holdMinimum(gain, ahead);
  const rise = 1 - Math.exp(-1 / (releaseS * sampleRate));
  let now = 1;
  for (let frame = 0; frame < frames; frame++) {
    now = Math.min(gain[frame], now + rise * (1 - now));
    gain[frame] = now;
  }
  // The mean of the `ahead` values up to each frame: every one of them already knows of a peak at this frame.
  let sum = ahead * gain[0];
  for (let frame = 0; frame < frames; frame++) {
    sum += gain[frame] - gain[Math.max(0, frame - ahead)];
    const smooth = sum / ahead;
    left[frame] *= smooth;
    right[frame] *= smooth;
  }
}

/** Replaces each value by the least of itself and the next `span` - 1 ones (a monotone queue, linear time). */
function holdMinimum(values: Float32Array, span: number): void {
  const queue = new Int32Array(values.length);
  const result = new Float32Array(values.length);
  let head = 0;
  let tail = 0;
  for (let frame = 0; frame < values.length + span - 1; frame++) {
    if (frame < values.length) {
      while (tail > head && values[queue[tail - 1]] >= values[frame]) tail -= 1;
      queue[tail++] = frame;
    }
    const out = frame - span + 1;
    if (out < 0) continue;
    while (queue[head] < out) head += 1;
    result[out] = values[queue[head]];
  }
  values.set(result);
}
