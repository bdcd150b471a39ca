import assert from "node:assert/strict";
import { test } from "node:test";
import { seededRandom } from "#domain/seeded-random.ts";
import { beatF, within } from "./beat-f.ts";
import { meanInterval } from "./bootstrap.ts";
import { amlt, cmlt } from "./continuity.ts";
import { rankCorrelation } from "./rank-correlation.ts";
import { isTempoRight, isTempoRightAtSomeLevel, tempoOf } from "./tempo.ts";

const grid = (count: number, intervalS: number, startS = 0): number[] =>
  Array.from({ length: count }, (_, i) => startS + i * intervalS);
const truth = grid(40, 0.5);

test("beat F: all hit, half as many, twice as many, none", () => {
  assert.equal(beatF(truth, grid(40, 0.5, 0.06)), 1);
  assert.equal(beatF(truth, grid(20, 1)), (2 * 20) / 60);
  assert.equal(beatF(truth, grid(80, 0.25)), (2 * 40) / 120);
  assert.equal(beatF(truth, grid(40, 0.5, 0.08)), 0);
  assert.equal(beatF(truth, []), 0);
});

test("beat F: a beat counts once however often it is claimed", () => {
  assert.equal(beatF([1, 2], [0.98, 1, 1.02, 2]), (2 * 2) / 6);
});

test("only beats within the music are counted", () => {
  assert.deepEqual(within([0, 0.95, 1.5, 2.05, 3], 1, 2), [0.95, 1.5, 2.05]);
});

test("CMLt asks for the level, AMLt takes any", () => {
  assert.equal(cmlt(truth, truth), 1);
  assert.equal(cmlt(truth, grid(40, 0.5, 0.25)), 0);
  assert.equal(amlt(truth, grid(39, 0.5, 0.25)), 1);
  assert.equal(amlt(truth, grid(79, 0.25)), 1);
  assert.equal(amlt(truth, grid(20, 1)), 1);
  assert.equal(amlt(truth, grid(20, 1, 0.5)), 1);
  assert.equal(amlt(truth, grid(30, 0.66)), cmlt(grid(79, 0.25), grid(30, 0.66)));
});

test("CMLt loses the beats around a slip", () => {
  // Twenty right beats, then a slip of a quarter of an interval: beyond 17.5 %.
  const slipped = [...grid(20, 0.5), ...grid(20, 0.5, 10.125)];
  assert.equal(cmlt(truth, slipped), 20 / 40);
});

test("tempo by the median interval, right within 4 %, or at another level", () => {
  assert.equal(tempoOf([0, 0.5, 1, 1.5, 9]), 120);
  assert.equal(tempoOf([1]), null);
  assert.ok(isTempoRight(100, 103.9) && !isTempoRight(100, 104.1) && !isTempoRight(100, null));
  assert.ok(isTempoRightAtSomeLevel(100, 201) && isTempoRightAtSomeLevel(150, 50.5));
  assert.ok(!isTempoRightAtSomeLevel(100, 150));
});

test("bootstrap: theory gives 1.96 standard errors for a mean of many", () => {
  const values = Array.from({ length: 400 }, (_, i) => (i % 2 === 0 ? 0 : 1));
  const found = meanInterval(values, seededRandom(1));
  assert.ok(found !== null);
  assert.equal(found.mean, 0.5);
  const halfWidth = (1.96 * 0.5) / Math.sqrt(400);
  assert.ok(Math.abs(found.high - 0.5 - halfWidth) < 0.006 && Math.abs(0.5 - found.low - halfWidth) < 0.006);
  assert.equal(meanInterval([], seededRandom(1)), null);
});

test("rank correlation: order counts, distance does not", () => {
  assert.equal(
    rankCorrelation([
      [1, 10],
      [2, 100],
      [3, 1000],
    ]),
    1,
  );
  assert.equal(
    rankCorrelation([
      [1, 3],
      [2, 2],
      [3, 1],
    ]),
    -1,
  );
  // Ranks 1, 2.5, 2.5, 4 against 1, 2, 3, 4: 4.5 / sqrt(4.5 * 5).
  const tied = rankCorrelation([
    [0, 0],
    [5, 1],
    [5, 2],
    [9, 3],
  ]);
  assert.ok(Math.abs(tied - 4.5 / Math.sqrt(22.5)) < 1e-9);
});
