/**
 * A fingerprint of a recording, from its PCM: nearly the same after another encoding, resampling, or a change of level.
 * After Haitsma & Kalker (2002): one bit for each pair of neighbouring bands, set when the difference of their energies
 * rises from one frame to the next. Gain cancels out, and what an encoder throws away is small beside it.
 */
import { createPowerSpectrum, hannWindow } from "./fft.ts";
import { createResampler } from "./resample.ts";

/** Written into files that carry a fingerprint; another way to make them gets another name. */
export const fingerprintAlgorithm = "upbeat-bands-1";
const fingerprintRate = 4400;
const frameLength = 1024;
const hop = 141;
/** Time from one 16-bit row to the next; row i is centred at i * hop, its window is 0.23 s long. */
export const fingerprintHopS = hop / fingerprintRate;
const [lowHz, highHz] = [300, 2000];
/** One band more than bits. */
const bandCount = 17;
export const bytesPerRow = 2;
/** Of a longer mix its first 20 minutes are enough to know it by: 75 kB. */
export const maxFingerprintS = 20 * 60;

export interface FingerprintMeter {
  push(channels: readonly Float32Array[]): void;
  /** Rows of 16 bits, little-endian. */
  finish(): Uint8Array;
}

function bandEdges(): Uint16Array {
  const binHz = fingerprintRate / frameLength;
  return Uint16Array.from({ length: bandCount + 1 }, (_, edge) =>
    Math.round((lowHz * (highHz / lowHz) ** (edge / bandCount)) / binHz),
  );
}

/** Means of neighbouring samples bring the rate near this first: aliases lie 13 dB and more beneath what is high up. */
const nearRate = 10_000;

/** All channels in one, at 1 / `factor` of the rate; samples left over wait for the next block. */
function createThinner(factor: number): (channels: readonly Float32Array[]) => Float32Array {
  let sum = 0;
  let summed = 0;
  return (channels) => {
    const { length } = channels[0];
    const thin = new Float32Array(Math.floor((summed + length) / factor));
    let at = 0;
    for (let i = 0; i < length; i++) {
      for (let c = 0; c < channels.length; c++) sum += channels[c][i];
      if (++summed < factor) continue;
      thin[at++] = sum;
      sum = 0;
      summed = 0;
    }
    return thin;
  };
}

/** Starts the fingerprint of one recording at `sampleRate` Hz; every block has the same number of channels. */
export function createFingerprintMeter(sampleRate: number): FingerprintMeter {
  const factor = Math.max(1, Math.floor(sampleRate / nearRate));
  const thinned = createThinner(factor);
  const resampler = createResampler(sampleRate / factor, fingerprintRate);
  const spectrum = createPowerSpectrum(frameLength);
  const window = hannWindow(frameLength);
  const edges = bandEdges();
  const power = new Float32Array(frameLength / 2 + 1);
  const frame = new Float32Array(frameLength);
  let before = new Float64Array(bandCount);
  let now = new Float64Array(bandCount);
  let held = new Float32Array(frameLength / 2);
  const rows: number[] = [];
  const maxRows = Math.floor(maxFingerprintS / fingerprintHopS);

  const addRow = (samples: Float32Array, at: number): void => {
    for (let i = 0; i < frameLength; i++) frame[i] = samples[at + i] * window[i];
    spectrum.compute(frame, power);
    [before, now] = [now, before];
    for (let band = 0; band < bandCount; band++) {
      let energy = 0;
      for (let k = edges[band]; k < edges[band + 1]; k++) energy += power[k];
      now[band] = energy;
    }
    let row = 0;
    for (let bit = 0; bit < bandCount - 1; bit++) {
      if (now[bit] - now[bit + 1] > before[bit] - before[bit + 1]) row |= 1 << bit;
    }
    rows.push(row);
  };
  const run = (mono: Float32Array): void => {
    const samples = new Float32Array(held.length + mono.length);
    samples.set(held);
    samples.set(mono, held.length);
    let at = 0;
    for (; at + frameLength <= samples.length && rows.length < maxRows; at += hop) addRow(samples, at);
    held = samples.slice(rows.length < maxRows ? at : samples.length);
  };
  return {
    push(channels) {
      if (rows.length < maxRows) run(resampler.push(thinned(channels)));
    },
    finish() {
      run(resampler.finish());
      run(new Float32Array(frameLength / 2));
      const bytes = new Uint8Array(rows.length * bytesPerRow);
      const view = new DataView(bytes.buffer);
      for (const [index, row] of rows.entries()) view.setUint16(index * bytesPerRow, row, true);
      return bytes;
    },
  };
}
