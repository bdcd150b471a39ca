import assert from "node:assert/strict";
import { test } from "node:test";
import { heartRateZone, readTarget } from "./target.ts";

test("off target is said with its distance, near it only that it fits", () => {
  assert.deepEqual(readTarget(92, 92, "cadence"), { standing: "on", word: "on" });
  assert.deepEqual(readTarget(89, 92, "cadence"), { standing: "on", word: "on" });
  assert.deepEqual(readTarget(84, 92, "cadence"), { standing: "under", word: "8 under" });
  assert.deepEqual(readTarget(230, 189, "power"), { standing: "over", word: "41 over" });
});

test("without a target nothing is judged; without a signal that is said", () => {
  assert.deepEqual(readTarget(92, null, "cadence"), { standing: "none", word: "" });
  assert.deepEqual(readTarget(null, 92, "cadence"), { standing: "none", word: "no signal" });
});

test("slow strokes have at least one stroke of tolerance", () => {
  assert.equal(readTarget(19, 20, "cadence").standing, "on");
  assert.equal(readTarget(22, 20, "cadence").standing, "over");
});

test("heart-rate zones are tenths of the reserve from one half on", () => {
  // Resting 60, highest 185: the reserve is 125, so 60 % of it is 135 bpm.
  assert.equal(heartRateZone(100, 60, 185), 1);
  assert.equal(heartRateZone(134, 60, 185), 1);
  assert.equal(heartRateZone(135, 60, 185), 2);
  assert.equal(heartRateZone(173, 60, 185), 5);
  assert.equal(heartRateZone(200, 60, 185), 5);
  assert.equal(heartRateZone(50, 60, 185), 1);
});
