/** Huffman decoding of scale factors and groups of coefficients (ISO/IEC 14496-3, 4.6.3). */
import { AudioDecodeError } from "../error.ts";
import type { BitReader } from "./bits.ts";
import { scaleFactorOrder, spectralOrders, type CodeOrder } from "./codes.ts";

/** No code is longer. */
const maxCodeBits = 19;
/** Longest escape sequence: values up to 8191 have 12 bits behind their highest. */
const maxEscapeBits = 12;
const escapeBook = 11;

function readCode(bits: BitReader, order: CodeOrder): number {
  const window = bits.peek(maxCodeBits);
  let [first, index] = [0, 0];
  for (let i = 0; i < order.lengthCounts.length; i++) {
    const count = order.lengthCounts[i] ?? 0;
    const code = window >>> (maxCodeBits - 1 - i);
    if (code - first < count) {
      bits.skip(i + 1);
      return order.values[index + code - first] ?? 0;
    }
    index += count;
    first = (first + count) << 1;
  }
  throw new AudioDecodeError("it is damaged: an AAC code does not exist");
}

/** The step to the next scale factor. */
export function readScaleFactorStep(bits: BitReader): number {
  return readCode(bits, scaleFactorOrder) - 60;
}

function readEscape(bits: BitReader): number {
  let count = 4;
  while (bits.flag()) count++;
  if (count > maxEscapeBits) throw new AudioDecodeError("it is damaged: an AAC coefficient is too large");
  return (1 << count) | bits.read(count);
}

/** Reads one group of coefficients of `book` (1 to 11) into `out` at `at`; answers how many there are (2 or 4). */
export function readCoefficients(bits: BitReader, book: number, out: Int32Array, at: number): number {
  const order = spectralOrders[book - 1];
  if (order === undefined) throw new AudioDecodeError("it is damaged: an AAC code book does not exist");
  const { size, base, signed } = order;
  let digits = readCode(bits, order);
  for (let i = size - 1; i >= 0; i--) {
    const rest = Math.trunc(digits / base);
    out[at + i] = digits - rest * base;
    digits = rest;
  }
  if (signed) {
    for (let i = 0; i < size; i++) out[at + i] = (out[at + i] ?? 0) - (base - 1) / 2;
    return size;
  }
  let negative = 0;
  for (let i = 0; i < size; i++) if (out[at + i] !== 0 && bits.flag()) negative |= 1 << i;
  for (let i = 0; i < size; i++) {
    if (book === escapeBook && out[at + i] === 16) out[at + i] = readEscape(bits);
    if (negative & (1 << i)) out[at + i] = -(out[at + i] ?? 0);
  }
  return size;
}
