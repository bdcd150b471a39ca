import assert from "node:assert/strict";
import { test } from "node:test";
import { agreement, octaveAgreement, tempoConfidence } from "./confidence.ts";

const every = (beatS: number, count: number, startS = 0) =>
  Array.from({ length: count }, (_, i) => startS + i * beatS);

test("agreement is the F-measure at 70 ms", () => {
  assert.equal(agreement(every(0.5, 100), every(0.5, 100, 0.06)), 1);
  assert.equal(agreement(every(0.5, 100), every(0.5, 100, 0.25)), 0);
  // All 50 of one list hit, half of the other's 100: 2 * 50 / 150.
  assert.equal(agreement(every(1, 50), every(0.5, 100)), 100 / 150);
  assert.equal(agreement([], every(1, 3)), 0);
});

test("half and double tempo count for three quarters; the off-beat for nothing", () => {
  assert.equal(octaveAgreement(every(1, 50), every(0.5, 100)), 0.75);
  assert.equal(octaveAgreement(every(0.5, 100), every(1, 50, 0.5)), 0.75);
  assert.equal(octaveAgreement(every(1, 50), every(1, 50, 0.5)), 0);
});

test("each ground for trust raises the confidence, within 0..1", () => {
  const none = tempoConfidence(0, 0, 0);
  assert.ok(none >= 0 && none < 0.1);
  assert.equal(tempoConfidence(1, 1, 5), 1);
  for (const better of [tempoConfidence(0.5, 0, 0), tempoConfidence(0, 0.5, 0), tempoConfidence(0, 0, 1.5)])
    assert.ok(better > none);
});
