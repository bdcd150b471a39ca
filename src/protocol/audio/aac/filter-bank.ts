/** Coefficients -> samples: inverse MDCT, windows, overlap with the frame before (ISO/IEC 14496-3, 4.6.11). */
import { createImdct } from "./imdct.ts";

export const frameLength = 1024;
export const shortLength = 128;
/** Where the eight short windows begin, and where a long window that leads into or out of them has its slope. */
const slopeAt = (frameLength - shortLength) / 2;
/** Coefficients are on the scale of 16-bit samples. */
const fullScale = 32_768;

export type WindowSequence = "long" | "start" | "short" | "stop";
export type WindowShape = "sine" | "kaiser";

const imdctLong = createImdct(frameLength);
const imdctShort = createImdct(shortLength);

function sineSlope(length: number): Float64Array {
  return Float64Array.from({ length }, (_, n) => Math.sin((Math.PI / (2 * length)) * (n + 0.5)));
}

/** The modified Bessel function of order 0, by its series; 50 terms are exact for the arguments here (up to 6 pi). */
function bessel0(x: number): number {
  let sum = 1;
  for (let j = 50; j > 0; j--) sum = 1 + (sum * x * x) / (4 * j * j);
  return sum;
}

function kaiserSlope(length: number, alpha: number): Float64Array {
  const kernel = Float64Array.from({ length: length + 1 }, (_, n) =>
    bessel0(Math.PI * alpha * Math.sqrt(1 - ((2 * n) / length - 1) ** 2)),
  );
  const total = kernel.reduce((sum, value) => sum + value, 0);
  let sum = 0;
  return kernel.subarray(0, length).map((value) => Math.sqrt((sum += value) / total));
}

const longSlopes = { sine: sineSlope(frameLength), kaiser: kaiserSlope(frameLength, 4) };
const shortSlopes = { sine: sineSlope(shortLength), kaiser: kaiserSlope(shortLength, 6) };

/** One channel's synthesis; it remembers the second half of the frame before. */
export class FilterBank {
  #shape: WindowShape = "sine";
  #overlap = new Float64Array(frameLength);
  readonly #block = new Float64Array(2 * frameLength);
  readonly #short = new Float64Array(2 * shortLength);

  /** 1024 coefficients (eight short windows one after the other) -> 1024 samples in `out` at `at`, nominally -1..1. */
  synthesize(
    spectrum: Float64Array,
    sequence: WindowSequence,
    shape: WindowShape,
    out: Float32Array,
    at: number,
  ): void {
    if (sequence === "short") this.#shortWindows(spectrum, shape);
    else this.#longWindow(spectrum, sequence, shape);
    const [block, overlap] = [this.#block, this.#overlap];
    for (let n = 0; n < frameLength; n++) out[at + n] = (overlap[n]! + block[n]!) / fullScale;
    overlap.set(block.subarray(frameLength));
    this.#shape = shape;
  }

  #longWindow(spectrum: Float64Array, sequence: WindowSequence, shape: WindowShape): void {
    const block = this.#block;
    imdctLong(spectrum, 0, block);
    if (sequence === "stop") {
      const slope = shortSlopes[this.#shape];
      block.fill(0, 0, slopeAt);
      for (let n = 0; n < shortLength; n++) block[slopeAt + n] = block[slopeAt + n]! * slope[n]!;
    } else {
      const slope = longSlopes[this.#shape];
      for (let n = 0; n < frameLength; n++) block[n] = block[n]! * slope[n]!;
    }
    const last = 2 * frameLength - 1;
    if (sequence === "start") {
      const slope = shortSlopes[shape];
      block.fill(0, last + 1 - slopeAt);
      for (let n = 0; n < shortLength; n++)
        block[last - slopeAt - n] = block[last - slopeAt - n]! * slope[n]!;
    } else {
      const slope = longSlopes[shape];
      for (let n = 0; n < frameLength; n++) block[last - n] = block[last - n]! * slope[n]!;
    }
  }

  #shortWindows(spectrum: Float64Array, shape: WindowShape): void {
    const [block, short] = [this.#block, this.#short];
    block.fill(0);
    for (let w = 0; w < 8; w++) {
      imdctShort(spectrum, w * shortLength, short);
      const rise = shortSlopes[w === 0 ? this.#shape : shape];
      const fall = shortSlopes[shape];
      const at = slopeAt + w * shortLength;
      for (let n = 0; n < shortLength; n++) {
        block[at + n] = block[at + n]! + short[n]! * rise[n]!;
        block[at + shortLength + n] = short[shortLength + n]! * fall[shortLength - 1 - n]!;
      }
    }
  }
}
