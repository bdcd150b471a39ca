/**
 * A fingerprint of a recording, from its PCM: nearly the same after another encoding, resampling, or a change of level.
 * After Haitsma & Kalker (2002): one bit for each pair of neighbouring bands, set when the difference of their energies
 * rises from one frame to the next. Gain cancels out, and what an encoder throws away is small beside it.
 */
import { createFrames } from "./frames.ts";
import { createResampler } from "./resample.ts";
import { createThinner } from "./thin.ts";

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

/** Starts the fingerprint of one recording at `sampleRate` Hz; every block has the same number of channels. */
export function createFingerprintMeter(sampleRate: number): FingerprintMeter {
  const factor = Math.max(1, Math.floor(sampleRate / nearRate));
  const thinned = createThinner(factor);
  const resampler = createResampler(sampleRate / factor, fingerprintRate);
  const edges = bandEdges();
  let before = new Float64Array(bandCount);
  let now = new Float64Array(bandCount);
  const rows: number[] = [];
  const maxRows = Math.floor(maxFingerprintS / fingerprintHopS);

  const addRow = (power: Float32Array, frame: number): void => {
    [before, now] = [now, before];
    for (let band = 0; band < bandCount; band++) {
      let energy = 0;
      for (let k = edges[band]; k < edges[band + 1]; k++) energy += power[4 * k + frame];
      now[band] = energy;
    }
    let row = 0;
    for (let bit = 0; bit < bandCount - 1; bit++) {
      if (now[bit] - now[bit + 1] > before[bit] - before[bit + 1]) row |= 1 << bit;
    }
    rows.push(row);
  };
  const frames = createFrames({
    frameLength,
    hop,
    hear({ count, power }) {
      for (let frame = 0; frame < count && rows.length < maxRows; frame++) addRow(power, frame);
    },
  });
  return {
    push(channels) {
      if (rows.length < maxRows) frames.push(resampler.push(thinned(channels)));
    },
    finish() {
      frames.push(resampler.finish());
      frames.finish();
      const bytes = new Uint8Array(rows.length * bytesPerRow);
      const view = new DataView(bytes.buffer);
      for (const [index, row] of rows.entries()) view.setUint16(index * bytesPerRow, row, true);
      return bytes;
    },
  };
}
