/** Onset strength: how much each band's magnitude rises from one frame to the next (spectral flux, Dixon 2006). */
import { createFrames } from "./frames.ts";
import { Growing } from "./growing.ts";
import { createMelMeter, melFilters } from "./mel.ts";

/** All analysis of rhythm runs on mono at this rate. */
export const analysisRate = 44_100;
export const onsetHop = 441;
/** Frames of onset strength per second. */
export const onsetRate = analysisRate / onsetHop;
const frameLength = 2048;

/** One value per 10 ms; frame i is centred at i / onsetRate seconds. */
export interface OnsetCurve {
  readonly strength: Float32Array;
  /** Log-mel frames, [frame][band] at the same times, for the beat network. */
  readonly mel: Float32Array;
}

export interface OnsetMeter {
  push(mono: Float32Array): void;
  finish(): OnsetCurve;
}

/** Magnitudes are scaled by this before compression: a quiet hi-hat then counts beside a loud bass (Klapuri 1999). */
const compression = 100 * (2 / frameLength);

/** Four sums, so that no addition waits for the one before. */
function sumOfSquares(samples: Float32Array): number {
  const { length } = samples;
  const whole = length - (length % 4);
  let [a, b, c, d] = [0, 0, 0, 0];
  for (let i = 0; i < whole; i += 4) {
    a += samples[i] * samples[i];
    b += samples[i + 1] * samples[i + 1];
    c += samples[i + 2] * samples[i + 2];
    d += samples[i + 3] * samples[i + 3];
  }
  for (let i = whole; i < length; i++) a += samples[i] * samples[i];
  return a + b + c + d;
}

export function createOnsetMeter(): OnsetMeter {
  const strength = new Growing();
  const mel = createMelMeter(frameLength);
  let squares = 0;
  let heard = 0;
  const frames = createFrames({
    frameLength,
    hop: onsetHop,
    filters: melFilters(analysisRate / frameLength),
    hear(four) {
      const rises = four.rises(compression);
      for (let frame = 0; frame < four.count; frame++) strength.add(rises[frame]);
      mel.push(four.bands(), four.count);
    },
  });
  return {
    push(mono) {
      heard += mono.length;
      squares += sumOfSquares(mono);
      frames.push(mono);
    },
    finish() {
      frames.finish();
      return {
        strength: strength.all(),
        mel: mel.finish(squares / Math.max(1, heard)),
      };
    },
  };
}
