/** What one channel of a recording adds to its loudness, and its true peak; in WebAssembly with SIMD (loudness.wat). */
import { kernelOf } from "#domain/kernel.ts";
import { loudnessKernel } from "./loudness-kernel.ts";

const peakTaps = 12;
const oversampling = 4;
const peakNear = 0.65;
/** Samples are taken in pieces of at most this many. */
export const pieceLength = 8192;
/** The kernel works on four samples at once. */
const atOnce = 4;
const stateCount = 4;
const inaudible = 1e-30;

interface LoudnessKernel {
  peak(at: number, end: number, rows: number, peak: number, near: number): number;
  power(at: number, end: number, columns: number, state: number): number;
}

const openKernel = kernelOf<LoudnessKernel>(loudnessKernel);

interface Biquad {
  readonly b: readonly [number, number, number];
  readonly a: readonly [number, number];
}

export type KWeighting = readonly [Biquad, Biquad];

/** The two stages of K-weighting at any sample rate, by the bilinear transform of the analogue prototypes that give BS.1770's 48 kHz tables. */
export function kWeighting(sampleRate: number): KWeighting {
  const shelfK = Math.tan((Math.PI * 1681.974450955533) / sampleRate);
  const shelfQ = 0.7071752369554196;
  const high = 10 ** (3.999843853973347 / 20);
  const band = high ** 0.4996667741545416;
  const shelfNorm = 1 + shelfK / shelfQ + shelfK * shelfK;
  const shelf: Biquad = {
    b: [
      (high + (band * shelfK) / shelfQ + shelfK * shelfK) / shelfNorm,
      (2 * (shelfK * shelfK - high)) / shelfNorm,
      (high - (band * shelfK) / shelfQ + shelfK * shelfK) / shelfNorm,
    ],
    a: [(2 * (shelfK * shelfK - 1)) / shelfNorm, (1 - shelfK / shelfQ + shelfK * shelfK) / shelfNorm],
  };
  const passK = Math.tan((Math.PI * 38.13547087602444) / sampleRate);
  const passQ = 0.5003270373238773;
  const passNorm = 1 + passK / passQ + passK * passK;
  const pass: Biquad = {
    b: [1, -2, 1],
    a: [(2 * (passK * passK - 1)) / passNorm, (1 - passK / passQ + passK * passK) / passNorm],
  };
  return [shelf, pass];
}

/** One sample through both stages; `state` holds two numbers of each. */
function weighted(x: number, [shelf, pass]: KWeighting, state: Float64Array): number {
  const y = shelf.b[0] * x + state[0];
  state[0] = shelf.b[1] * x - shelf.a[0] * y + state[1];
  state[1] = shelf.b[2] * x - shelf.a[1] * y;
  const z = pass.b[0] * y + state[2];
  state[2] = pass.b[1] * y - pass.a[0] * z + state[3];
  state[3] = pass.b[2] * y - pass.a[1] * z;
  return z;
}

/** What each of four samples and four states adds to four outputs and the states after them, as the kernel reads it. */
function blockColumns(filters: KWeighting): Float64Array {
  const numbers: number[] = [];
  for (let one = 0; one < atOnce + stateCount; one++) {
    const state = Float64Array.from({ length: stateCount }, (_, i) => Number(one === atOnce + i));
    for (let i = 0; i < atOnce; i++) numbers.push(weighted(Number(one === i), filters, state));
    numbers.push(...state);
  }
  return Float64Array.from(numbers);
}

/** Fractional delays by a windowed sinc, [tap][point], each number four times: the value 1/4, 2/4 and 3/4 of a sample after the middle. */
function peakRows(): Float32Array {
  const points = oversampling - 1;
  return Float32Array.from({ length: peakTaps * points * atOnce }, (_, i) => {
    const at = Math.floor(i / atOnce);
    const x = Math.floor(at / points) - (peakTaps / 2 - 1) - ((at % points) + 1) / oversampling;
    const window = 0.5 + 0.5 * Math.cos((2 * Math.PI * x) / (peakTaps + 1));
    return (Math.sin(Math.PI * x) / (Math.PI * x)) * window;
  });
}

export interface LoudnessChannel {
  /** The next piece, `pieceLength` at most. */
  take(piece: Float32Array): void;
  /** The K-weighted power of samples `from` up to `to` of the piece; call for all of it, in order. */
  power(from: number, to: number): number;
  /** The largest magnitude so far, read at the samples and at three points between them; call after each piece. */
  peak(): number;
}

export function createLoudnessChannel(filters: KWeighting): LoudnessChannel {
  const { exports, put, room, floats, doubles } = openKernel();
  const rows = put(peakRows());
  const columns = put(blockColumns(filters));
  const stateAt = put(new Float64Array(stateCount));
  const context = peakTaps - 1;
  const length = pieceLength + context + atOnce;
  const heldAt = room(4 * length);
  const held = floats(heldAt, length);
  const state = doubles(stateAt, stateCount);
  /** What the true peak has not seen whole lies before the piece. */
  let start = context;
  let end = context;
  let peak = 0;
  return {
    take(piece) {
      const seen = Math.floor((end - context) / atOnce) * atOnce;
      held.copyWithin(0, seen, end);
      start = end - seen;
      end = start + piece.length;
      held.set(piece, start);
    },
    power(from, to) {
      const whole = from + Math.floor((to - from) / atOnce) * atOnce;
      const addressOf = (at: number) => heldAt + 4 * (start + at);
      let power = whole > from ? exports.power(addressOf(from), addressOf(whole), columns, stateAt) : 0;
      // In silence the states would fade into numbers so small that processors compute them a hundred times slower.
      for (let i = 0; i < stateCount; i++) if (Math.abs(state[i]) < inaudible) state[i] = 0;
      for (let at = whole; at < to; at++) power += weighted(held[start + at], filters, state) ** 2;
      return power;
    },
    peak() {
      const places = Math.floor((end - context) / atOnce) * atOnce;
      // Between two samples both this far under the peak so far, music does not rise above it.
      if (places > 0) peak = exports.peak(heldAt, heldAt + 4 * places, rows, peak, peakNear);
      return peak;
    },
  };
}
