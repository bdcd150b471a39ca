/** Huffman decoding of scale factors and groups of coefficients (ISO/IEC 14496-3, 4.6.3). */
import { AudioDecodeError } from "../error.ts";
import type { BitReader } from "./bits.ts";
import { scaleFactorOrder, spectralOrders, type CodeOrder, type SpectralOrder } from "./codes.ts";

/** No code is longer. */
const maxCodeBits = 19;
/** Codes up to this length, nearly all that occur, are looked up at once. */
const lookupBits = 9;
/** Longest escape sequence: values up to 8191 have 12 bits behind their highest. */
const maxEscapeBits = 12;
const escapeBook = 11;

interface CodeTable {
  readonly lengthCounts: readonly number[];
  /** By the next bits: length of the code * 1024 + its place in the order; 0 for longer codes. */
  readonly lookup: Uint16Array;
}

function codeTable({ lengthCounts }: CodeOrder): CodeTable {
  const lookup = new Uint16Array(1 << lookupBits);
  let [place, at] = [0, 0];
  for (let length = 1; length <= lookupBits; length++) {
    for (let i = 0; i < (lengthCounts[length - 1] ?? 0); i++) {
      const end = at + (1 << (lookupBits - length));
      lookup.fill(length * 1024 + place++, at, end);
      at = end;
    }
  }
  return { lengthCounts, lookup };
}

/** Reads a code; answers its place in the order. */
function readCode(bits: BitReader, { lengthCounts, lookup }: CodeTable): number {
  const window = bits.peek(maxCodeBits);
  const found = lookup[window >>> (maxCodeBits - lookupBits)]!;
  if (found !== 0) {
    bits.skip(found >>> 10);
    return found & 1023;
  }
  let [first, place] = [0, 0];
  for (let i = 0; i < lengthCounts.length; i++) {
    const count = lengthCounts[i] ?? 0;
    const code = window >>> (maxCodeBits - 1 - i);
    if (code - first < count) {
      bits.skip(i + 1);
      return place + code - first;
    }
    place += count;
    first = (first + count) << 1;
  }
  throw new AudioDecodeError("it is damaged: an AAC code does not exist");
}

const scaleFactorTable = codeTable(scaleFactorOrder);

/** The step to the next scale factor. */
export function readScaleFactorStep(bits: BitReader): number {
  return (scaleFactorOrder.values[readCode(bits, scaleFactorTable)] ?? 60) - 60;
}

/** The coefficients of every code of a book, one group after the other. */
function groupsOf({ values, size, base, signed }: SpectralOrder): Int8Array {
  const groups = new Int8Array(values.length * size);
  const middle = signed ? (base - 1) / 2 : 0;
  for (const [place, value] of values.entries()) {
    for (let i = 0; i < size; i++)
      groups[place * size + i] = (Math.floor(value / base ** (size - 1 - i)) % base) - middle;
  }
  return groups;
}

const spectralTables = spectralOrders.map((order) => ({
  size: order.size,
  signed: order.signed,
  codes: codeTable(order),
  groups: groupsOf(order),
}));

function readEscape(bits: BitReader): number {
  let count = 4;
  while (bits.flag()) count++;
  if (count > maxEscapeBits) throw new AudioDecodeError("it is damaged: an AAC coefficient is too large");
  return (1 << count) | bits.read(count);
}

/** Reads one group of coefficients of `book` (1 to 11) into `out` at `at`; answers how many there are (2 or 4). */
export function readCoefficients(bits: BitReader, book: number, out: Int32Array, at: number): number {
  const table = spectralTables[book - 1];
  if (table === undefined) throw new AudioDecodeError("it is damaged: an AAC code book does not exist");
  const { size, groups } = table;
  const from = readCode(bits, table.codes) * size;
  for (let i = 0; i < size; i++) out[at + i] = groups[from + i]!;
  if (table.signed) return size;
  let negative = 0;
  for (let i = 0; i < size; i++) if (out[at + i] !== 0 && bits.flag()) negative |= 1 << i;
  for (let i = 0; i < size; i++) {
    if (book === escapeBook && out[at + i] === 16) out[at + i] = readEscape(bits);
    if (negative & (1 << i)) out[at + i] = -out[at + i]!;
  }
  return size;
}
