import assert from "node:assert/strict";
import { test } from "node:test";
import type { PlannerTrack } from "../track.ts";
import {
  camelotDistance,
  cellCost,
  changeCostOf,
  fitTempo,
  plannedRate,
  repeatCostAfter,
  trackCost,
} from "./objective.ts";

const track: PlannerTrack = {
  id: "t",
  title: "T",
  artist: "A",
  durationS: 200,
  tempoBpm: 160,
  key: "8A",
  energy: 0.5,
  taste: 0.2,
};

test("a cell costs what the formula says", () => {
  const wish = { cadence: 80, energy: 0.75 };
  // Exactly on tempo at two beats per turn; energy off by 0.25: 0.5 x 1; taste: 0.25 x 0.8.
  assert.ok(Math.abs(cellCost(track, wish, fitTempo([1, 2], 80, 160)) - 0.7) < 1e-12);
  // e^0.03 faster: 3 % off costs (3/8)^2 more.
  const near = cellCost(track, wish, fitTempo([1, 2], 80, 160 * Math.exp(0.03)));
  assert.ok(Math.abs(near - 0.840625) < 1e-12);
  // e^0.08 faster: 8 % off costs 1 more, and 0.2 because that is noticed.
  const off = cellCost(track, wish, fitTempo([1, 2], 80, 160 * Math.exp(0.08)));
  assert.ok(Math.abs(off - 1.9) < 1e-12);
  // The furthest of everything: 4 + 0.2 + 2 + 0.25.
  const worst = { ...track, energy: 0, taste: 0, tempoBpm: 0 };
  assert.equal(cellCost(worst, { cadence: 80, energy: 1 }, null), 6.45);
  assert.equal(cellCost({ ...track, confident: false }, wish, fitTempo([1, 2], 80, 160)) - 1, 0.7);
  assert.equal(cellCost({ ...track, taste: 1 }, { cadence: null, energy: 0.5 }, null), 0);
});

test("what was just heard costs more", () => {
  assert.equal(trackCost({ ...track, taste: 1 }), 0);
  assert.equal(trackCost({ ...track, taste: 1, heard: 1 }), 0.25);
});

test("the tempo ratio is the one with the least stretch", () => {
  assert.equal(fitTempo([1, 2], 90, 95)?.tempoRatio, 1);
  assert.equal(fitTempo([1, 2], 90, 170)?.tempoRatio, 2);
  assert.equal(fitTempo([4, 2], 20, 80)?.stretch, 1);
  assert.equal(fitTempo([1, 0.5], 170, 85)?.tempoRatio, 0.5);
  assert.equal(fitTempo([1, 2], 90, 0), null);
  assert.equal(fitTempo([], 90, 120), null);
});

test("music past the utmost stretch plays untouched", () => {
  assert.equal(plannedRate(fitTempo([1], 100, 120)), 1);
  assert.equal(plannedRate(fitTempo([1], 108, 120)), 0.9);
});

test("keys are as far apart as hours on a clock, letters one more", () => {
  assert.equal(camelotDistance("8A", "8A"), 0);
  assert.equal(camelotDistance("12B", "1B"), 1);
  assert.equal(camelotDistance("8A", "8B"), 1);
  assert.equal(camelotDistance("8A", "9B"), 2);
  assert.equal(camelotDistance("1A", "7B"), 7);
  assert.deepEqual([changeCostOf("8A", "8A"), changeCostOf("8A", "7A")], [2, 2.25]);
  assert.deepEqual([changeCostOf("8A", "6A"), changeCostOf("8A", "2A")], [2.75, 3.5]);
  assert.equal(changeCostOf(null, "2A"), 2.75);
});

test("coming back later costs less", () => {
  assert.equal(repeatCostAfter(0, 250), 310);
  assert.equal(repeatCostAfter(600, 250), 280);
  assert.equal(repeatCostAfter(3600, 20), 20);
});
