/** Power spectra of overlapping frames of a stream, four frames at a time in WebAssembly with SIMD (spectrum.wat). */
import { kernelOf } from "#domain/kernel.ts";
import { spectrumKernel } from "./spectrum-kernel.ts";

const side = 4;
/** Samples are taken into the kernel's memory in pieces of at least this many. */
const leastRoom = 8192;

interface SpectrumKernel {
  spectra(...addresses: number[]): void;
  rises(power: number, before: number, count: number, scale: number, rise: number): void;
  bands(power: number, table: number, bands: number, weights: number, out: number): void;
}

const openKernel = kernelOf<SpectrumKernel>(spectrumKernel);

/** A weighted sum of neighbouring bins. */
export interface BandFilter {
  readonly first: number;
  readonly weights: Float32Array;
}

/** Up to four neighbouring frames; every array holds [...][frame]. Valid until the next four. */
export interface FourFrames {
  readonly count: number;
  /** [bin][frame], bins 0..frameLength / 2: |X|^2, until `rises` has made |X| of it. */
  readonly power: Float32Array;
  /** Call once: |X| in place of power, and by how much ln(1 + scale |X|) rises from each frame to the next, all bins summed. */
  rises(scale: number): Float32Array;
  /** [band][frame]: the filters given to `createFrames`. */
  bands(): Float32Array;
}

export interface FrameOptions {
  /** A power of two, at least 8. */
  readonly frameLength: number;
  readonly hop: number;
  readonly filters?: readonly BandFilter[];
  readonly hear: (frames: FourFrames) => void;
}

export interface Frames {
  push(samples: Float32Array): void;
  /** Hears the frames that reach into the silence after the end. */
  finish(): void;
}

export function hannWindow(length: number): Float32Array {
  return Float32Array.from({ length }, (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / length));
}

function bitReversal(size: number): Uint32Array {
  const bits = Math.log2(size);
  return Uint32Array.from({ length: size }, (_, i) => {
    let reversed = 0;
    for (let bit = 0; bit < bits; bit++) reversed |= ((i >> bit) & 1) << (bits - 1 - bit);
    return reversed;
  });
}

/** The factors of all radix-4 stages as the kernel reads them, then those that part even from odd samples. */
function factors(size: number): Float32Array {
  const numbers: number[] = [];
  const turn = (angle: number) => numbers.push(Math.cos(angle), Math.sin(angle));
  for (let run = Math.log2(size) % 2 === 0 ? 1 : 2; run < size; run *= 4) {
    for (let place = 0; place < run; place++) {
      for (const times of [1, 2, 3]) turn((times * Math.PI * place) / (2 * run));
    }
  }
  for (let k = 0; k <= size / 2; k++) turn((Math.PI * k) / size);
  return Float32Array.from(numbers);
}

/**
 * Frames of `frameLength` samples under a Hann window, `hop` apart, the first one centred on the first sample, the last one
 * on the last or up to a hop before it.
 */
export function createFrames({ frameLength, hop, filters = [], hear }: FrameOptions): Frames {
  const { exports: kernel, floats, room: bytesOfRoom, put } = openKernel();
  const room = (count: number) => bytesOfRoom(4 * count);
  const size = frameLength / 2;
  const window = put(hannWindow(frameLength));
  const order = put(bitReversal(size));
  const stages = put(factors(size));
  const table = put(Uint32Array.from(filters.flatMap(({ first, weights }) => [first, weights.length])));
  const weights = put(Float32Array.from(filters.flatMap((filter) => Array.from(filter.weights))));
  const out = room(side * filters.length);
  const complex = room(2 * side * size);
  const power = room(side * (size + 1));
  const before = room(side * (size + 1));
  const rise = room(side);
  const reach = frameLength + (side - 1) * hop;
  // What follows the end is heard in it, too.
  const roomLength = Math.max(leastRoom, frameLength + side * hop);
  const samples = room(reach + roomLength);
  // All room is had: views stay valid.
  const held = floats(samples, reach + roomLength);
  const views = {
    power: floats(power, side * (size + 1)),
    rise: floats(rise, side),
    bands: floats(out, side * filters.length),
  };
  let filled = size;
  let heardSamples = 0;
  let heardFrames = 0;

  const hearFour = (at: number, count: number): void => {
    kernel.spectra(samples + 4 * at, 4 * hop, window, order, stages, complex, power, size);
    heardFrames += count;
    hear({
      count,
      power: views.power,
      rises(scale) {
        kernel.rises(power, before, size, scale, rise);
        return views.rise;
      },
      bands() {
        kernel.bands(power, table, filters.length, weights, out);
        return views.bands;
      },
    });
  };
  const take = (piece: Float32Array): void => {
    held.set(piece, filled);
    filled += piece.length;
    let at = 0;
    for (; at + reach <= filled; at += side * hop) hearFour(at, side);
    held.copyWithin(0, at, filled);
    filled -= at;
  };
  return {
    push(input) {
      heardSamples += input.length;
      for (let at = 0; at < input.length; at += roomLength) take(input.subarray(at, at + roomLength));
    },
    finish() {
      const frames = Math.floor(heardSamples / hop) + 1;
      held.fill(0, filled);
      const left = frames - heardFrames;
      for (let done = 0; done < left; done += side) {
        hearFour(done * hop, Math.min(side, left - done));
      }
    },
  };
}
