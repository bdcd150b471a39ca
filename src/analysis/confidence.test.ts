import assert from "node:assert/strict";
import { test } from "node:test";
import { agreement, tempoConfidence } from "./confidence.ts";

const every = (beatS: number, count: number, startS = 0) =>
  Array.from({ length: count }, (_, i) => startS + i * beatS);

test("agreement is the F-measure at 70 ms", () => {
  assert.equal(agreement(every(0.5, 100), every(0.5, 100, 0.06)), 1);
  assert.equal(agreement(every(0.5, 100), every(0.5, 100, 0.25)), 0);
  // All 50 of one list hit, half of the other's 100: 2 * 50 / 150.
  assert.equal(agreement(every(1, 50), every(0.5, 100)), 100 / 150);
  assert.equal(agreement([], every(1, 3)), 0);
});

test("confidence is a probability that falls with each doubt", () => {
  const sure = tempoConfidence(1, 0.9);
  assert.ok(sure > 0.9 && sure <= 1, `${sure}`);
  assert.ok(tempoConfidence(1, 0.4) < sure);
  assert.equal(tempoConfidence(0.5, 0.9), sure / 2);
  assert.ok(tempoConfidence(1, 0) >= 0);
});
