import assert from "node:assert/strict";
import { test } from "node:test";
import { RecentCadence } from "./recent-cadence.ts";

test("the cadence of late is the median of its span, and its share of the target at the same time", () => {
  const recent = new RecentCadence();
  for (const [second, cadence] of [80, 81, 82, 120, 83].entries()) recent.note(second * 1000, cadence, 80);
  assert.deepEqual(recent.at(4000), { cadence: 82, share: 82 / 80 });
  assert.equal(recent.at(4000, 1000)?.cadence, 120);
  assert.equal(recent.at(30_000), null);
});

test("after a change for good only what is wanted now counts, however late the last reading was", () => {
  const recent = new RecentCadence();
  for (let second = 0; second < 10; second++) recent.note(second * 1000, 70, 80);
  recent.restart(9100, 90, 80);
  assert.deepEqual(recent.at(9100), { cadence: 90, share: 90 / 80 });
  recent.note(10_100, 92, 80);
  recent.note(11_100, 91, 80);
  assert.equal(recent.at(11_100)?.cadence, 91);
});

test("a cadence holds once it moves by no more than 8 % a second", () => {
  const recent = new RecentCadence();
  const heldAfter = [84, 76, 68, 60, 61, 60].map((cadence, second) => {
    recent.note(second * 1000, cadence, null);
    return recent.holds(second * 1000);
  });
  assert.deepEqual(heldAfter, [false, false, false, false, true, true]);
  recent.restart(6000, 60, null);
  assert.equal(recent.holds(6000), false);
});
