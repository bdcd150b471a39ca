/** Change of sampling rate, its sums in WebAssembly with SIMD (resample.wat). */
import { Growing } from "./growing.ts";
import { kernelOf } from "#domain/kernel.ts";
import { resampleKernel } from "./resample-kernel.ts";

/** Half-width of the interpolation kernel, in samples of the lower of the two rates. */
const halfWidth = 12;
/** Kernel positions between two samples; 1/512 sample is beneath hearing and far beneath beat accuracy. */
const phases = 512;
/** The kernel multiplies this many taps at once; rows end in zeros. */
const tapsAtOnce = 8;
/** Samples are taken into the kernel's memory in pieces of at most this many. */
const pieceLength = 8192;

export interface Resampler {
  push(input: Float32Array): Float32Array;
  finish(): Float32Array;
}

interface ResampleKernel {
  resample(...parameters: number[]): void;
}

const openKernel = kernelOf<ResampleKernel>(resampleKernel);

function kernelTable(cutoff: number, taps: number, width: number): Float32Array {
  const table = new Float32Array((phases + 1) * width);
  for (let phase = 0; phase <= phases; phase++) {
    for (let tap = 0; tap < taps; tap++) {
      const x = tap - (taps / 2 - 1) - phase / phases;
      const sinc = x === 0 ? 1 : Math.sin(Math.PI * x * cutoff) / (Math.PI * x * cutoff);
      const window = 0.5 + 0.5 * Math.cos((Math.PI * x) / (taps / 2));
      table[phase * width + tap] = Math.abs(x) < taps / 2 ? cutoff * sinc * window : 0;
    }
  }
  return table;
}

/**
 * Band-limited change of rate by a windowed sinc, in pieces and without delay: output sample i lies at i / toRate
 * seconds of the input.
 */
export function createResampler(fromRate: number, toRate: number): Resampler {
  const step = fromRate / toRate;
  if (step === 1) return { push: (input) => input, finish: () => new Float32Array(0) };
  const cutoff = 0.95 * Math.min(1, 1 / step);
  const taps = 2 * Math.ceil(halfWidth * Math.max(1, step));
  const width = Math.ceil(taps / tapsAtOnce) * tapsAtOnce;
  const { exports, put, room, floats } = openKernel();
  const table = put(kernelTable(cutoff, taps, width));
  const lead = taps / 2 - 1;
  // What a piece leaves behind is shorter than the taps and a step.
  const heldRoom = pieceLength + 2 * width;
  const heldAt = room(4 * heldRoom);
  const mostOutputs = Math.ceil(heldRoom / step) + 1;
  const outAt = room(4 * mostOutputs);
  const held = floats(heldAt, heldRoom);
  const out = floats(outAt, mostOutputs);
  let filled = lead;
  let heldStart = -lead;
  let produced = 0;

  /** Valid until the next piece. */
  const take = (piece: Float32Array): Float32Array => {
    held.set(piece, filled);
    filled += piece.length;
    const count = Math.max(0, Math.ceil((heldStart + filled - taps / 2) / step) - produced);
    if (count > 0) {
      const origin = heldStart + lead;
      exports.resample(heldAt, origin, table, 4 * width, phases, step, produced, count, outAt);
    }
    produced += count;
    const keepFrom = Math.max(0, Math.floor(produced * step) - lead - heldStart);
    held.copyWithin(0, keepFrom, filled);
    filled -= keepFrom;
    heldStart += keepFrom;
    return out.subarray(0, count);
  };
  const push = (input: Float32Array): Float32Array => {
    if (input.length <= pieceLength) return take(input).slice();
    const all = new Growing();
    for (let at = 0; at < input.length; at += pieceLength) {
      all.addAll(take(input.subarray(at, at + pieceLength)));
    }
    return all.all();
  };
  return { push, finish: () => push(new Float32Array(taps / 2)) };
}
