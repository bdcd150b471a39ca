import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { normalRandom, seededRandom } from "../seeded-random.ts";
import { Vectors } from "./vectors.ts";

test("the rows with the greatest inner product come first", () => {
  const vectors = new Vectors(Float32Array.of(1, 0, 0, 1, -1, 0, 0.5, 0.5, 3, 4), 2);
  assert.deepEqual(vectors.nearest(Float32Array.of(1, 0), { limit: 3 }), [
    { row: 4, score: 3 },
    { row: 0, score: 1 },
    { row: 3, score: 0.5 },
  ]);
});

test("only allowed rows are found, and equal ones in row order", () => {
  const vectors = new Vectors(new Float32Array(11).fill(2), 1);
  const among = Uint32Array.of(1, 3, 4, 9, 10);
  const rows = vectors.nearest(Float32Array.of(1), { limit: 4, among }).map(({ row }) => row);
  assert.deepEqual(rows, [1, 3, 4, 9]);
  assert.deepEqual(vectors.nearest(Float32Array.of(1), { limit: 4, among: new Uint32Array(0) }), []);
  assert.deepEqual(vectors.nearest(Float32Array.of(1), { limit: 0 }), []);
});

test("a row that holds NaN is never near, and hides nothing", () => {
  const vectors = new Vectors(Float32Array.of(Number.NaN, 1, 2, Number.NaN, 3), 1);
  const rows = vectors.nearest(Float32Array.of(1), { limit: 5 }).map(({ row }) => row);
  assert.deepEqual(rows, [4, 2, 1]);
});

test("rows and queries of the wrong length are refused", () => {
  assert.throws(() => new Vectors(new Float32Array(7), 2), /7 numbers are not rows of 2/);
  assert.throws(() => new Vectors(new Float32Array(0), 0), RangeError);
  const vectors = new Vectors(new Float32Array(8), 2);
  assert.throws(
    () => vectors.nearest(new Float32Array(3), { limit: 1 }),
    /A query of 3 numbers among rows of 2/,
  );
});

const number = fc.float({ min: -100, max: 100, noNaN: true });

test("nothing is missed: what is found is what a full sort finds, under any filter", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 9 }).chain((dims) =>
        fc.record({
          query: fc.array(number, { minLength: dims, maxLength: dims }),
          rows: fc.array(
            fc.record({
              numbers: fc.array(number, { minLength: dims, maxLength: dims }),
              allowed: fc.boolean(),
            }),
            { maxLength: 60 },
          ),
        }),
      ),
      fc.integer({ min: 1, max: 12 }),
      ({ query, rows }, limit) => {
        const vectors = new Vectors(Float32Array.from(rows.flatMap(({ numbers }) => numbers)), query.length);
        const among = Uint32Array.from(rows.keys()).filter((row) => rows[row].allowed);
        const products = rows.map(({ numbers }) =>
          numbers.reduce((sum, value, i) => sum + value * query[i], 0),
        );
        const expected = [...among]
          .sort((one, other) => products[other] - products[one] || one - other)
          .slice(0, limit);
        const found = vectors.nearest(Float32Array.from(query), { limit, among });
        assert.deepEqual(
          found.map(({ row }) => row),
          expected,
        );
      },
    ),
  );
});

/** What a loop over all rows finds, summed in double precision. */
function plainly(rows: readonly Float32Array[], query: Float32Array, limit: number): number[] {
  const products = rows.map((row) => row.reduce((sum, value, i) => sum + value * query[i], 0));
  return [...rows.keys()]
    .sort((one, other) => products[other] - products[one] || one - other)
    .slice(0, limit);
}

function found(rows: readonly Float32Array[], query: Float32Array, limit: number): number[] {
  const numbers = new Float32Array(rows.length * query.length);
  for (const [row, values] of rows.entries()) numbers.set(values, row * query.length);
  return new Vectors(numbers, query.length).nearest(query, { limit }).map(({ row }) => row);
}

const many = 5000;
const filled = (first: number, others: number) =>
  Float32Array.from({ length: 16 }, (_, i) => (i === 0 ? first : others));

test("a row whose small numbers vanish in 8 bits is found behind thousands that lose nothing", () => {
  // With the scale 1, 0.49 becomes 0: the whole numbers' product is 0, the true one 7.35.
  const rows = [...Array.from({ length: many }, () => filled(127, 0).fill(3, 1, 2)), filled(127, 0.49)];
  assert.deepEqual(found(rows, filled(0, 1), 1), [many]);
});

test("a row that meets only the query's small numbers is found behind thousands that meet its large one", () => {
  // With the unit 1, the query's 0.49 becomes 0: the whole numbers' product is 0, the true one 933.
  const rows = [...Array.from({ length: many }, () => filled(0.01, 0)), filled(0, 127)];
  assert.deepEqual(found(rows, filled(32_767, 0.49), 1), [many]);
});

test("among thousands of rows that differ less than 8 bits can tell, the order is that of double precision", () => {
  const random = seededRandom(5);
  const query = Float32Array.from({ length: 70 }, () => normalRandom(random));
  for (const [base, noise] of [
    [1, 1e-3],
    [1, 1e-6],
    [0, 1],
    [1e-30, 1e-33],
    [1e30, 1e27],
  ] as const) {
    const middle = Float32Array.from(query, (value) => base * (value + normalRandom(random)));
    const rows = Array.from({ length: many }, () =>
      middle.map((value) => value + noise * normalRandom(random)),
    );
    assert.deepEqual(found(rows, query, 10), plainly(rows, query, 10), `${base} +- ${noise}`);
  }
});

test("rows of more numbers than whole sums have room for at full precision are found as well", () => {
  const random = seededRandom(6);
  const query = new Float32Array(3072).fill(1);
  const rows = Array.from({ length: 400 }, () => query.map((value) => value - random() / 100));
  rows[399].fill(1);
  assert.deepEqual(found(rows, query, 10), plainly(rows, query, 10));
});

test("rows and queries beyond all numbers hide nothing", () => {
  const rows = [...Array.from({ length: 300 }, () => filled(1, 1)), filled(Infinity, 1), filled(2, 2)];
  assert.deepEqual(found(rows, filled(1, 1), 2), [300, 301]);
  assert.deepEqual(found(rows, filled(Number.NaN, 1), 2), []);
  assert.deepEqual(found(rows, filled(Infinity, 1), 1), [0]);
  assert.deepEqual(found(rows, filled(0, 0), 2), [0, 1]);
});
