import assert from "node:assert/strict";
import { test } from "node:test";
import { block, cyclingClass } from "#test/engine/fixtures.ts";
import { cadenceAhead } from "./class-ahead.ts";
import { RecentCadence } from "./recent-cadence.ts";

const ramp = { ...block(600, 80), cadence: { from: 80, to: 82 } };

test("on a ramp the music is asked to stay as far below the class as the person is", () => {
  const followed = { cadence: 76, share: 0.95 };
  const then = cadenceAhead(cyclingClass([ramp]), 0, 295, followed);
  // The ramp's middle, 5 s after the time asked for: 81.
  assert.ok(Math.abs((then ?? 0) - 0.95 * 81) < 1e-9, String(then));
});

test("a slot that begins a second before its block is meant for the block", () => {
  const plan = cyclingClass([block(90, 70), block(90, 95)]);
  assert.equal(cadenceAhead(plan, 60, 89, { cadence: 70, share: 1 }), 95);
  assert.equal(cadenceAhead(plan, 89, 89, { cadence: 70, share: 1 }), 95);
});

test("what a person did before the class jumped is taken against what it asked then", () => {
  const recent = new RecentCadence();
  // Half a minute at 60 of 60, then ten seconds at 88 of 90: the median cadence is still that from before.
  for (let tS = 0; tS < 40; tS += 1) {
    const jumped = tS >= 32;
    recent.note(tS * 1000, jumped ? 88.2 : 60, jumped ? 90 : 60);
  }
  const followed = recent.at(39_000);
  assert.deepEqual(followed, { cadence: 60, share: 1 });
  const plan = cyclingClass([block(32, 60), block(120, 90)]);
  assert.equal(cadenceAhead(plan, 39, 60, followed), 90);
});
