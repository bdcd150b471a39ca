import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
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
        const among = Uint32Array.from(rows.keys()).filter((row) => rows[row]!.allowed);
        const products = rows.map(({ numbers }) =>
          numbers.reduce((sum, value, i) => sum + value * query[i]!, 0),
        );
        const expected = [...among]
          .sort((one, other) => products[other]! - products[one]! || one - other)
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
