import assert from "node:assert/strict";
import { test } from "node:test";
import { createImdct } from "./imdct.ts";

/** The definition, term by term. */
function slowImdct(input: Float64Array): Float64Array {
  const length = input.length;
  return Float64Array.from({ length: 2 * length }, (_, n) =>
    input.reduce(
      (sum, x, k) => sum + (x / length) * Math.cos((Math.PI / length) * (n + 0.5 + length / 2) * (k + 0.5)),
      0,
    ),
  );
}

for (const length of [128, 1024]) {
  test(`${length} coefficients transform as the definition says`, () => {
    const input = Float64Array.from({ length: length + 3 }, (_, k) => Math.sin(k * k) + (k === 7 ? 5 : 0));
    const output = new Float64Array(2 * length);
    createImdct(length)(input, 3, output);
    const truth = slowImdct(input.subarray(3));
    for (const [n, value] of truth.entries()) assert.ok(Math.abs(value - output[n]) < 1e-12, `sample ${n}`);
  });
}
