/** One channel of a frame: from bits to its spectrum, before the tools that need both channels (ISO/IEC 14496-3, 4.4.2.7). */
import { AudioDecodeError } from "../error.ts";
import type { Bands } from "./bands.ts";
import type { BitReader } from "./bits.ts";
import { frameLength, shortLength, type WindowSequence, type WindowShape } from "./filter-bank.ts";
import { readCoefficients, readScaleFactorStep } from "./huffman.ts";
import { readNoiseShaping, type NoiseShaping } from "./noise-shaping.ts";
import type { Noise } from "./noise.ts";

/** How the windows of a frame lie and what they share. */
export interface Windows {
  readonly sequence: WindowSequence;
  readonly shape: WindowShape;
  /** How many windows each group has; one group of one for a long window. */
  readonly groups: readonly number[];
  /** How many bands are coded. */
  readonly bandCount: number;
  readonly bands: readonly number[];
  readonly tnsBandCount: number;
}

export interface ChannelFrame {
  readonly windows: Windows;
  /** Code book of each band, group after group. */
  readonly books: Uint8Array;
  /** Factor of each band: gain, noise energy or intensity, as its book says. */
  readonly factors: Float64Array;
  readonly shaping: NoiseShaping | null;
  /** 1024 coefficients; eight short windows lie one after the other. */
  readonly spectrum: Float64Array;
}

/** Books that stand for something else than coefficients. */
export const zeroBook = 0;
const reservedBook = 12;
export const noiseBook = 13;
export const invertedIntensityBook = 14;
export const intensityBook = 15;
const sequences: readonly WindowSequence[] = ["long", "start", "short", "stop"];
/** Scale factors are stored this much too large (4.6.2.3.3); noise energies this much too small (4.6.13.3). */
const scaleFactorOffset = 100;
const noiseOffset = 90;

function damaged(what: string): AudioDecodeError {
  return new AudioDecodeError(`it is damaged: ${what}`);
}

/** Reads `ics_info`. */
export function readWindows(bits: BitReader, bands: Bands): Windows {
  bits.skip(1);
  const sequence = sequences[bits.read(2)] ?? "long";
  const shape = bits.flag() ? "kaiser" : "sine";
  const isShort = sequence === "short";
  const bandCount = bits.read(isShort ? 4 : 6);
  const groups = [1];
  if (isShort) {
    for (let w = 1; w < 8; w++) {
      if (bits.flag()) groups.push((groups.pop() ?? 0) + 1);
      else groups.push(1);
    }
  } else if (bits.flag()) throw new AudioDecodeError("its AAC uses prediction, which is not supported");
  const offsets = isShort ? bands.short : bands.long;
  if (bandCount >= offsets.length) throw damaged("an AAC frame has too many bands");
  const tnsBandCount = isShort ? bands.tnsShort : bands.tnsLong;
  return { sequence, shape, groups, bandCount, bands: offsets, tnsBandCount };
}

function readBooks(bits: BitReader, { sequence, groups, bandCount }: Windows): Uint8Array {
  const books = new Uint8Array(groups.length * bandCount);
  const lengthBits = sequence === "short" ? 3 : 5;
  const more = (1 << lengthBits) - 1;
  for (let g = 0; g < groups.length; g++) {
    for (let band = 0; band < bandCount;) {
      const book = bits.read(4);
      if (book === reservedBook) throw damaged("an AAC code book does not exist");
      let length = 0;
      let step = more;
      while (step === more) length += step = bits.read(lengthBits);
      if (band + length > bandCount) throw damaged("an AAC section is too long");
      books.fill(book, g * bandCount + band, g * bandCount + band + length);
      band += length;
    }
  }
  return books;
}

function readFactors(bits: BitReader, books: Uint8Array, globalGain: number): Float64Array {
  let [gain, noise, intensity] = [globalGain, globalGain - noiseOffset, 0];
  let isFirstNoise = true;
  const factors = new Float64Array(books.length);
  for (const [i, book] of books.entries()) {
    if (book === zeroBook) continue;
    if (book === noiseBook) {
      noise += isFirstNoise ? bits.read(9) - 256 : readScaleFactorStep(bits);
      isFirstNoise = false;
      factors[i] = 2 ** (0.25 * noise);
    } else if (book === intensityBook || book === invertedIntensityBook) {
      intensity += readScaleFactorStep(bits);
      factors[i] = 0.5 ** (0.25 * intensity);
    } else {
      gain += readScaleFactorStep(bits);
      if (gain < 0 || gain > 255) throw damaged("an AAC scale factor is out of range");
      factors[i] = 2 ** (0.25 * (gain - scaleFactorOffset));
    }
  }
  return factors;
}

interface Pulse {
  readonly at: number;
  readonly height: number;
}

function readPulses(bits: BitReader, windows: Windows): Pulse[] {
  if (windows.sequence === "short") throw damaged("an AAC frame has pulses in short windows");
  const count = bits.read(2) + 1;
  let at = windows.bands[bits.read(6)] ?? frameLength;
  const pulses: Pulse[] = [];
  for (let i = 0; i < count; i++) {
    at += bits.read(5);
    if (at >= frameLength) throw damaged("an AAC pulse lies outside the spectrum");
    pulses.push({ at, height: bits.read(4) });
  }
  return pulses;
}

/** Calls `visit` for each band of each window: its place in the lists of bands, and its coefficients' range. */
export function eachBand(windows: Windows, visit: (band: number, from: number, to: number) => void): void {
  const { groups, bandCount, bands } = windows;
  let firstWindow = 0;
  for (const [g, windowCount] of groups.entries()) {
    for (let band = 0; band < bandCount; band++) {
      for (let w = firstWindow; w < firstWindow + windowCount; w++) {
        const start = w * shortLength;
        visit(g * bandCount + band, start + (bands[band] ?? 0), start + (bands[band + 1] ?? 0));
      }
    }
    firstWindow += windowCount;
  }
}

const powers = Float64Array.from({ length: 8192 }, (_, level) => level ** (4 / 3));

/** Inverse quantization (4.6.1.3). Pulses may push a level past the table's end. */
function power(level: number): number {
  return powers[level] ?? level ** (4 / 3);
}

function fillNoise(spectrum: Float64Array, from: number, to: number, factor: number, noise: Noise): void {
  let energy = 0;
  for (let k = from; k < to; k++) {
    const value = noise.next();
    spectrum[k] = value;
    energy += value * value;
  }
  const scale = factor / Math.sqrt(energy);
  for (let k = from; k < to; k++) spectrum[k] = spectrum[k]! * scale;
}

/** Reads `individual_channel_stream`; `shared` are the windows when both channels of a pair have the same. */
export function readChannel(
  bits: BitReader,
  bands: Bands,
  shared: Windows | null,
  noise: Noise,
): ChannelFrame {
  const globalGain = bits.read(8);
  const windows = shared ?? readWindows(bits, bands);
  const books = readBooks(bits, windows);
  const factors = readFactors(bits, books, globalGain);
  const pulses = bits.flag() ? readPulses(bits, windows) : [];
  const shaping = bits.flag() ? readNoiseShaping(bits, windows.sequence === "short") : null;
  if (bits.flag()) throw new AudioDecodeError("its AAC uses gain control, which is not supported");
  const levels = new Int32Array(frameLength);
  eachBand(windows, (band, from, to) => {
    const book = books[band] ?? zeroBook;
    if (book === zeroBook || book > reservedBook) return;
    for (let k = from; k < to;) k += readCoefficients(bits, book, levels, k);
  });
  for (const { at, height } of pulses) levels[at] = levels[at]! + (levels[at]! > 0 ? height : -height);
  const spectrum = new Float64Array(frameLength);
  eachBand(windows, (band, from, to) => {
    const factor = factors[band] ?? 0;
    if (books[band] === noiseBook) fillNoise(spectrum, from, to, factor, noise);
    else if ((books[band] ?? zeroBook) < reservedBook) {
      for (let k = from; k < to; k++) {
        const level = levels[k]!;
        spectrum[k] = (level < 0 ? -power(-level) : power(level)) * factor;
      }
    }
  });
  return { windows, books, factors, shaping, spectrum };
}
