import assert from "node:assert/strict";
import { test } from "node:test";
import { hashText, normalRandom, randomIndex, seededRandom } from "./seeded-random.ts";

const draw = (seed: number, count: number): number[] => {
  const random = seededRandom(seed);
  return Array.from({ length: count }, random);
};

test("the same seed gives the same numbers, another seed others", () => {
  assert.deepEqual(draw(7, 50), draw(7, 50));
  assert.notDeepEqual(draw(7, 5), draw(8, 5));
  assert.notDeepEqual(draw(1, 5), draw(1 + 2 ** 32, 5));
  assert.notDeepEqual(draw(-1, 5), draw(1, 5));
});

test("numbers are uniform in [0, 1)", () => {
  for (const seed of [0, 1, 123_456_789]) {
    const bins = Array.from({ length: 10 }, () => 0);
    for (const value of draw(seed, 20_000)) {
      assert.ok(value >= 0 && value < 1);
      bins[Math.floor(value * 10)] += 1;
    }
    // Chi-square, 9 degrees of freedom: 27.9 is passed by chance once in a thousand.
    const chiSquare = bins.reduce((sum, count) => sum + (count - 2000) ** 2 / 2000, 0);
    assert.ok(chiSquare < 27.9, `chi-square ${chiSquare}`);
  }
});

test("normal draws have the normal's moments and tails", () => {
  const random = seededRandom(3);
  const values = Array.from({ length: 20_000 }, () => normalRandom(random));
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + value * value, 0) / values.length;
  const beyondTwo = values.filter((value) => Math.abs(value) > 2).length / values.length;
  assert.ok(Math.abs(mean) < 0.03);
  assert.ok(Math.abs(variance - 1) < 0.04);
  assert.ok(Math.abs(beyondTwo - 0.0455) < 0.006);
});

test("indices cover their range; FNV-1a matches its published vectors", () => {
  const random = seededRandom(5);
  assert.deepEqual(new Set(Array.from({ length: 200 }, () => randomIndex(random, 4))), new Set([0, 1, 2, 3]));
  assert.equal(hashText(""), 0x811c9dc5);
  assert.equal(hashText("a"), 0xe40c292c);
  assert.equal(hashText("foobar"), 0xbf9cf968);
});
