/** Onset strength: how much each band's magnitude rises from one frame to the next (spectral flux, Dixon 2006). */
import { Growing } from "./growing.ts";
import { createPowerSpectrum, hannWindow } from "./fft.ts";
import { createMelMeter } from "./mel.ts";

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

interface CompressedSpectrum {
  readonly values: Float32Array;
  /** The same memory. */
  readonly bits: Int32Array;
}

function compressedSpectrum(bins: number): CompressedSpectrum {
  const values = new Float32Array(bins);
  return { values, bits: new Int32Array(values.buffer) };
}

/**
 * Writes ln(1 + compression * magnitude) of each bin. The logarithm is
 * read from the bits of the number (exponent, and a parabola through the mantissa): within 0.004, ten times faster.
 */
function compress(power: Float32Array, { values: out, bits }: CompressedSpectrum): void {
  for (let k = 0; k < out.length; k++) out[k] = 1 + compression * Math.sqrt(power[k]);
  for (let k = 0; k < out.length; k++) {
    const mantissa = 1 + (bits[k] & 0x7fffff) / 0x800000;
    const log2 = (bits[k] >> 23) - 127 + (2.024658 - 0.344845 * mantissa) * mantissa - 1.674873;
    out[k] = Math.LN2 * log2;
  }
}

export function createOnsetMeter(): OnsetMeter {
  const spectrum = createPowerSpectrum(frameLength);
  const window = hannWindow(frameLength);
  const bins = frameLength / 2 + 1;
  const binHz = analysisRate / frameLength;
  const power = new Float32Array(bins);
  let previous = compressedSpectrum(bins);
  let current = compressedSpectrum(bins);
  const frame = new Float32Array(frameLength);
  // The first frame is centred on sample 0.
  let held = new Float32Array(frameLength / 2);
  const strength = new Growing();
  const mel = createMelMeter(frameLength, binHz);
  let squares = 0;
  let heard = 0;

  const analyse = (samples: Float32Array, at: number): void => {
    for (let i = 0; i < frameLength; i++) frame[i] = samples[at + i] * window[i];
    spectrum.compute(frame, power);
    compress(power, current);
    const now = current.values;
    const before = previous.values;
    let rise = 0;
    for (let k = 1; k < bins; k++) {
      const more = now[k] - before[k];
      if (more > 0) rise += more;
    }
    [previous, current] = [current, previous];
    strength.add(rise);
    mel.push(power);
  };
  const run = (mono: Float32Array): void => {
    for (const sample of mono) squares += sample * sample;
    const samples = new Float32Array(held.length + mono.length);
    samples.set(held);
    samples.set(mono, held.length);
    let at = 0;
    for (; at + frameLength <= samples.length; at += onsetHop) analyse(samples, at);
    held = samples.slice(at);
  };
  return {
    push(mono) {
      heard += mono.length;
      run(mono);
    },
    finish() {
      run(new Float32Array(frameLength / 2));
      return {
        strength: strength.all(),
        mel: mel.finish(squares / Math.max(1, heard)),
      };
    },
  };
}
