/** Log-mel frames, what the beat network hears: the numbers of training/beat-net/features.py. Change both or neither. */
import type { BandFilter } from "./frames.ts";
import { kernelOf } from "#domain/kernel.ts";
import { Growing } from "./growing.ts";
import { melKernel } from "./mel-kernel.ts";

export const melBands = 72;
const [lowestHz, highestHz] = [27, 10_500];
/** Tracks are brought to this root mean square before their magnitudes are compressed. */
const usualRms = 0.1;

/** Logarithms are taken of so many numbers at once. */
const logsAtOnce = 8192;

interface MelKernel {
  logs(at: number, end: number, scale: number): void;
}

const openKernel = kernelOf<MelKernel>(melKernel);

const melOfHz = (hz: number) => 2595 * Math.log10(1 + hz / 700);
const hzOfMel = (mel: number) => 700 * (10 ** (mel / 2595) - 1);

/** Triangles of weight 1 over bins `binHz` apart; a band narrower than a bin takes its nearest bin. */
export function melFilters(binHz: number): BandFilter[] {
  const [low, high] = [melOfHz(lowestHz), melOfHz(highestHz)];
  const edges = Array.from({ length: melBands + 2 }, (_, i) =>
    hzOfMel(low + ((high - low) * i) / (melBands + 1)),
  );
  return Array.from({ length: melBands }, (_, band) => {
    const [from, centre, to] = edges.slice(band, band + 3);
    const first = Math.ceil(from / binHz);
    const weights = Float32Array.from({ length: Math.floor(to / binHz) - first + 1 }, (_unused, i) => {
      const hz = (first + i) * binHz;
      return Math.max(0, Math.min((hz - from) / (centre - from), (to - hz) / (to - centre)));
    });
    const sum = weights.reduce((total, weight) => total + weight, 0);
    if (sum === 0) return { first: Math.round(centre / binHz), weights: Float32Array.of(1) };
    return { first, weights: weights.map((weight) => weight / sum) };
  });
}

export interface MelMeter {
  /** The next `count` frames (four at most): [band][frame of four], sums of magnitudes by `melFilters`. */
  push(bands: Float32Array, count: number): void;
  /** [frame][band], given the mean square of all samples. */
  finish(meanSquare: number): Float32Array;
}

/** log10(1 + scale * x) in place. */
function takeLogs(values: Float32Array, scale: number): void {
  const { exports, room, floats } = openKernel();
  const at = room(4 * logsAtOnce);
  const held = floats(at, logsAtOnce);
  for (let from = 0; from < values.length; from += logsAtOnce) {
    const piece = values.subarray(from, from + logsAtOnce);
    held.set(piece);
    exports.logs(at, at + 4 * piece.length, scale);
    piece.set(held.subarray(0, piece.length));
  }
}

/** For spectra of frames of `frameLength` samples under a Hann window. */
export function createMelMeter(frameLength: number): MelMeter {
  const magnitudes = new Growing();
  // A spectrum grows with its frame; features.py hears 1,024 samples.
  const perSample = 1024 / frameLength;
  return {
    push(bands, count) {
      for (let frame = 0; frame < count; frame++)
        for (let band = 0; band < melBands; band++) magnitudes.add(bands[4 * band + frame]);
    },
    finish(meanSquare) {
      const scale = (100 * perSample * usualRms) / (Math.sqrt(meanSquare) + 1e-9);
      const mel = magnitudes.all();
      takeLogs(mel, scale);
      return mel;
    },
  };
}
