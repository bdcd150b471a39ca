/**
 * Exact nearest-neighbour search: every allowed row is judged, so nothing is ever missed and there is no index to keep. A kernel
 * (nearness.wat) bounds each product from above by 8-bit numbers; only rows whose bound reaches the best so far are multiplied out.
 */
import { kernelOf } from "../kernel.ts";
import { nearnessKernel } from "./nearness-kernel.ts";

export interface Near {
  readonly row: number;
  /** Inner product with the query: the cosine where both have unit length. */
  readonly score: number;
}

export interface NearestOptions {
  readonly limit: number;
  /** The rows that passed the filters, ascending; all of them when left out. */
  readonly among?: Uint32Array;
}

interface NearnessKernel {
  within(
    rows: number,
    bytes: number,
    query: number,
    list: number,
    end: number,
    out: number,
    unit: number,
    reach: number,
    least: number,
  ): number;
}

/** Numbers that the kernel takes at once. */
const side = 16;
/** Behind a row's numbers lie its scale and its margin. */
const marginsBytes = 16;
/** Largest 8-bit and 16-bit numbers in use: as many beneath zero as above. */
const rowLevels = 127;
const mostQueryLevels = 32_767;
const largestSum = 2 ** 31 - 1;
/** Rows are judged in portions, each by what the ones before left to beat. The first is small, as it has nothing to beat. */
const firstPortion = 128;
const portion = 2048;
/**
 * Covers what all sums here, and the exact product itself, are rounded by: for n numbers less than (n + 4) * 2^-52 of the lengths'
 * product (Higham 2002, 3.1), where this share of the margin is at least 10^-6 / (2 * 32,767) of it; enough up to n = 60,000.
 */
const roundingShare = 1e-6;

const openKernel = kernelOf<NearnessKernel>(nearnessKernel);

/** The best rows so far, best first. */
class Best {
  readonly #limit: number;
  readonly #kept: Near[] = [];
  /** Only above this a row can still enter. */
  least = -Infinity;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Equal scores stay in the order they came. */
  add(row: number, score: number): void {
    let at = this.#kept.length;
    while (at > 0 && this.#kept[at - 1]!.score < score) at--;
    this.#kept.splice(at, 0, { row, score });
    if (this.#kept.length > this.#limit) this.#kept.pop();
    if (this.#kept.length === this.#limit) this.least = this.#kept.at(-1)!.score;
  }

  get all(): readonly Near[] {
    return this.#kept;
  }
}

function lengthOf(numbers: Float32Array | Float64Array): number {
  let sum = 0;
  for (const number of numbers) sum += number * number;
  return Math.sqrt(sum);
}

function largestOf(numbers: Float32Array): number {
  let largest = 0;
  for (const number of numbers) largest = Math.max(largest, Math.abs(number));
  return largest;
}

export class Vectors {
  readonly #rows: Float32Array;
  readonly #dims: number;
  readonly #everyRow: Uint32Array;
  readonly #queryLevels: number;
  readonly #kernel = openKernel();
  /** Addresses in the kernel's memory: the query, a portion's list of rows, those of it within reach, all rows. */
  readonly #at: {
    readonly query: number;
    readonly list: number;
    readonly out: number;
    readonly rows: number;
  };

  /** `rows`: one after the other, `dims` numbers each. Throws `RangeError` when they don't come out even. */
  constructor(rows: Float32Array, dims: number) {
    if (!(dims > 0) || rows.length % dims !== 0)
      throw new RangeError(`${rows.length} numbers are not rows of ${dims}.`);
    const count = rows.length / dims;
    this.#rows = rows.slice();
    this.#dims = dims;
    this.#everyRow = Uint32Array.from({ length: count }, (_, row) => row);
    this.#queryLevels = Math.min(mostQueryLevels, Math.floor(largestSum / (rowLevels * dims)));
    const { room } = this.#kernel;
    this.#at = {
      query: room(2 * this.#rowBytes),
      list: room(4 * portion),
      // One more is written before it is known not to be within reach.
      out: room(4 * (portion + 1)),
      rows: room(count * (this.#rowBytes + marginsBytes)),
    };
    for (let row = 0; row < count; row++) this.#pack(row);
  }

  get #rowBytes(): number {
    return Math.ceil(this.#dims / side) * side;
  }

  /**
   * A row as 8-bit numbers times a scale, and its margin: by how much a product with a query of length 1 may exceed that of the
   * whole numbers. By Cauchy and Schwarz that is the length of what the row lost, and the length of what it kept times what any
   * query loses. A row that is not finite has no such margin: it is always multiplied out.
   */
  #pack(row: number): void {
    const numbers = this.#rows.subarray(row * this.#dims, (row + 1) * this.#dims);
    const buffer = this.#kernel.buffer();
    const start = this.#at.rows + row * (this.#rowBytes + marginsBytes);
    const packed = new Int8Array(buffer, start, numbers.length);
    const scale = largestOf(numbers) / rowLevels;
    const kept = new Float64Array(numbers.length);
    for (const [i, number] of numbers.entries()) {
      const whole = scale > 0 ? Math.round(number / scale) : 0;
      packed[i] = whole;
      kept[i] = whole * scale;
    }
    const lost = kept.map((value, i) => numbers[i]! - value);
    const queryLoss = Math.sqrt(numbers.length) / (2 * this.#queryLevels);
    const margin = (lengthOf(lost) + lengthOf(kept) * queryLoss) * (1 + roundingShare);
    new Float64Array(buffer, start + this.#rowBytes, 2).set([scale, margin]);
  }

  /** The query as 16-bit numbers in the kernel's memory. Answers their unit. */
  #ask(query: Float32Array): number {
    const unit = largestOf(query) / this.#queryLevels;
    const asked = new Int16Array(this.#kernel.buffer(), this.#at.query, query.length);
    for (const [i, number] of query.entries()) asked[i] = unit > 0 ? Math.round(number / unit) : 0;
    return unit;
  }

  /**
   * The `limit` allowed rows with the greatest inner product with the query, best first, equal ones in row order; summed in
   * double precision. Rows that hold NaN are never near. Throws `RangeError` for a query of another length.
   */
  nearest(query: Float32Array, { limit, among = this.#everyRow }: NearestOptions): readonly Near[] {
    if (query.length !== this.#dims)
      throw new RangeError(`A query of ${query.length} numbers among rows of ${this.#dims}.`);
    if (limit < 1) return [];
    const best = new Best(limit);
    const wanted = Float64Array.from(query);
    const unit = this.#ask(query);
    const reach = lengthOf(query);
    const buffer = this.#kernel.buffer();
    const list = new Uint32Array(buffer, this.#at.list, portion);
    const out = new Uint32Array(buffer, this.#at.out, portion + 1);
    for (let at = 0, size = firstPortion; at < among.length; at += size, size = portion) {
      const asked = among.subarray(at, at + size);
      list.set(asked);
      const end = this.#kernel.exports.within(
        this.#at.rows,
        this.#rowBytes,
        this.#at.query,
        this.#at.list,
        this.#at.list + 4 * asked.length,
        this.#at.out,
        unit,
        reach,
        best.least,
      );
      const reached = (end - this.#at.out) / 4;
      for (let i = 0; i < reached; i++) {
        const score = this.#product(out[i]!, wanted);
        if (score > best.least) best.add(out[i]!, score);
      }
    }
    return best.all;
  }

  #product(row: number, query: Float64Array): number {
    const start = row * query.length;
    let sum = 0;
    for (let i = 0; i < query.length; i++) sum += this.#rows[start + i]! * query[i]!;
    return sum;
  }
}
