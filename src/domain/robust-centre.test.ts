import assert from "node:assert/strict";
import { test } from "node:test";
import { robustCentreOf } from "./robust-centre.ts";
import { normalRandom, seededRandom } from "./seeded-random.ts";

test("a normal sample with outliers has the centre and the deviation it was drawn with", () => {
  const random = seededRandom(3);
  const values = Array.from({ length: 4000 }, () => 20 + 5 * normalRandom(random));
  const { median, deviation } = robustCentreOf([...values, ...Array.from({ length: 40 }, () => 1e6)]);
  assert.ok(Math.abs(median - 20) < 0.4, `${median}`);
  assert.ok(Math.abs(deviation - 5) < 0.3, `${deviation}`);
});

test("19 of 20 samples hold the true median within their uncertainty", () => {
  const random = seededRandom(4);
  const held = Array.from({ length: 1000 }, () => {
    const { median, uncertainty } = robustCentreOf(Array.from({ length: 101 }, () => normalRandom(random)));
    return Math.abs(median) <= uncertainty;
  });
  const share = held.filter(Boolean).length / held.length;
  assert.ok(share > 0.92 && share < 0.975, `${share}`);
});
