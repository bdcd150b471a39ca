/** Exact nearest-neighbour search: every allowed row is compared, so nothing is ever missed and there is no index to keep. */

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

/** So many rows lie and are summed side by side: one sum alone would wait for itself at every step. */
const side = 4;

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

export class Vectors {
  /** [block][dimension][row in block], so that memory is read straight on. */
  readonly #blocks: Float32Array;
  readonly #dims: number;
  readonly #everyRow: Uint32Array;

  /** `rows`: one after the other, `dims` numbers each. Throws `RangeError` when they don't come out even. */
  constructor(rows: Float32Array, dims: number) {
    if (!(dims > 0) || rows.length % dims !== 0)
      throw new RangeError(`${rows.length} numbers are not rows of ${dims}.`);
    const count = rows.length / dims;
    this.#dims = dims;
    this.#everyRow = Uint32Array.from({ length: count }, (_, row) => row);
    this.#blocks = new Float32Array(Math.ceil(count / side) * side * dims);
    for (let row = 0; row < count; row++) {
      const start = (row - (row % side)) * dims + (row % side);
      for (let i = 0; i < dims; i++) this.#blocks[start + i * side] = rows[row * dims + i]!;
    }
  }

  /**
   * The `limit` allowed rows with the greatest inner product with the query, best first, equal ones in row order; summed in
   * double precision. Rows that hold NaN are never near. Throws `RangeError` for a query of another length.
   */
  nearest(query: Float32Array, { limit, among = this.#everyRow }: NearestOptions): readonly Near[] {
    if (query.length !== this.#dims)
      throw new RangeError(`A query of ${query.length} numbers among rows of ${this.#dims}.`);
    if (limit < 1) return [];
    const wanted = Float64Array.from(query);
    const best = new Best(limit);
    const sums = new Float64Array(side);
    for (let at = 0; at < among.length;) {
      const first = among[at]! - (among[at]! % side);
      blockProducts(this.#blocks, first * this.#dims, wanted, sums);
      for (; at < among.length && among[at]! < first + side; at++) {
        const score = sums[among[at]! - first]!;
        if (score > best.least) best.add(among[at]!, score);
      }
    }
    return best.all;
  }
}

/** Inner products of the query with the rows of the block that starts at `from`. */
function blockProducts(blocks: Float32Array, from: number, query: Float64Array, sums: Float64Array): void {
  let first = 0;
  let second = 0;
  let third = 0;
  let fourth = 0;
  for (let i = 0, at = from; i < query.length; i++, at += side) {
    const wanted = query[i]!;
    first += blocks[at]! * wanted;
    second += blocks[at + 1]! * wanted;
    third += blocks[at + 2]! * wanted;
    fourth += blocks[at + 3]! * wanted;
  }
  sums[0] = first;
  sums[1] = second;
  sums[2] = third;
  sums[3] = fourth;
}
