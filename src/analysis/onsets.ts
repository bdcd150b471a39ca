/** Onset strength: how much each band's magnitude rises from one frame to the next (spectral flux, Dixon 2006). */
import { Growing } from "./growing.ts";
import { createPowerSpectrum, hannWindow } from "./fft.ts";

/** All analysis of rhythm runs on mono at this rate. */
export const analysisRate = 44_100;
export const onsetHop = 441;
/** Frames of onset strength per second. */
export const onsetRate = analysisRate / onsetHop;
const frameLength = 2048;
/** Kick drums and basses live beneath; downbeats lean on them. */
const lowBandHz = 180;
/** Beneath this, bins are wider than a share of an octave and count alike. */
const octaveFromHz = 100;
/** Harmony lives between these. */
const [harmonyLowHz, harmonyHighHz] = [90, 3000];
const bandCount = 36;
const framesPerBandRow = 10;

/** One value per 10 ms; frame i is centred at i / onsetRate seconds. */
export interface OnsetCurve {
  readonly strength: Float32Array;
  readonly lowStrength: Float32Array;
  /** Strength with every octave counting alike: a kick then weighs as much as an open hi-hat. */
  readonly pulse: Float32Array;
  /** Spectrum in `bandCount` bands a third of an octave or less wide, `bandRate` rows a second: for changes of harmony. */
  readonly bands: Float32Array;
  readonly bandCount: number;
  readonly bandRate: number;
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

/** The band of each spectrum bin, -1 outside. */
function bandOfBins(bins: number, binHz: number): Int8Array {
  const octaves = Math.log2(harmonyHighHz / harmonyLowHz);
  return Int8Array.from({ length: bins }, (_, k) => {
    const band = Math.floor((Math.log2(Math.max(1e-9, k * binHz) / harmonyLowHz) / octaves) * bandCount);
    return band >= 0 && band < bandCount ? band : -1;
  });
}

export function createOnsetMeter(): OnsetMeter {
  const spectrum = createPowerSpectrum(frameLength);
  const window = hannWindow(frameLength);
  const bins = frameLength / 2 + 1;
  const binHz = analysisRate / frameLength;
  const lowBins = Math.ceil(lowBandHz / binHz);
  const power = new Float32Array(bins);
  let previous = compressedSpectrum(bins);
  let current = compressedSpectrum(bins);
  const frame = new Float32Array(frameLength);
  // The first frame is centred on sample 0.
  let held = new Float32Array(frameLength / 2);
  const strength = new Growing();
  const lowStrength = new Growing();
  const pulse = new Growing();
  const weights = Float32Array.from({ length: bins }, (_, k) => 1 / Math.max(k, octaveFromHz / binHz));
  const bandOf = bandOfBins(bins, binHz);
  const bands = new Growing();
  const bandRow = new Float32Array(bandCount);
  let frames = 0;

  const analyse = (samples: Float32Array, at: number): void => {
    for (let i = 0; i < frameLength; i++) frame[i] = samples[at + i] * window[i];
    spectrum.compute(frame, power);
    compress(power, current);
    const now = current.values;
    const before = previous.values;
    let rise = 0;
    let lowRise = 0;
    let evenRise = 0;
    for (let k = 1; k < bins; k++) {
      if (bandOf[k] >= 0) bandRow[bandOf[k]] += now[k];
      const more = now[k] - before[k];
      if (more > 0) {
        rise += more;
        evenRise += more * weights[k];
        if (k < lowBins) lowRise += more;
      }
    }
    [previous, current] = [current, previous];
    if (++frames % framesPerBandRow === 0) {
      for (const value of bandRow) bands.add(value);
      bandRow.fill(0);
    }
    strength.add(rise);
    lowStrength.add(lowRise);
    pulse.add(evenRise);
  };
  const run = (mono: Float32Array): void => {
    const samples = new Float32Array(held.length + mono.length);
    samples.set(held);
    samples.set(mono, held.length);
    let at = 0;
    for (; at + frameLength <= samples.length; at += onsetHop) analyse(samples, at);
    held = samples.slice(at);
  };
  return {
    push: run,
    finish() {
      run(new Float32Array(frameLength / 2));
      return {
        strength: strength.all(),
        lowStrength: lowStrength.all(),
        pulse: pulse.all(),
        bands: bands.all(),
        bandCount,
        bandRate: onsetRate / framesPerBandRow,
      };
    },
  };
}
