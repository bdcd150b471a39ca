import assert from "node:assert/strict";
import { test } from "node:test";
import { defaultAthlete } from "#domain/athlete.ts";
import { normalRandom, seededRandom } from "#domain/seeded-random.ts";
import { Heart } from "./athlete/heart.ts";
import { type Channel, Plausibility } from "./plausibility.ts";

/** The least trust over a recording of one reading a second. */
function leastTrust(channel: Channel, values: readonly number[], unitsPerS: number | null = null): number {
  const plausibility = new Plausibility(defaultAthlete);
  return Math.min(
    ...values.map((value, second) => plausibility.judge("s", channel, second * 1000, value, unitsPerS)),
  );
}

function seconds(count: number, valueAt: (second: number) => number): number[] {
  return Array.from({ length: count }, (_, second) => valueAt(second));
}

test("a heart that works as hearts do is believed", () => {
  const random = seededRandom(2);
  const heart = new Heart(defaultAthlete);
  const beats = seconds(1800, (second) => {
    const effort = second % 300 < 150 ? 1.1 : 0.5;
    return Math.round(heart.beat(1, effort) + 0.7 * normalRandom(random));
  });
  assert.equal(leastTrust("heart-rate", beats), 1);
});

test("what no heart does is not believed", () => {
  const still = seconds(300, () => 140);
  const step = seconds(60, (second) => (second < 30 ? 90 : 150));
  const ramp = seconds(60, (second) => 80 + 8 * Math.max(0, second - 30));
  const range = seconds(10, (second) => (second < 5 ? 100 : 250));
  for (const spoof of [still, step, ramp, range]) assert.equal(leastTrust("heart-rate", spoof), 0);
});

test("power is bounded by legs: range, torque, and that it never stands still", () => {
  assert.equal(
    leastTrust(
      "power",
      seconds(10, () => 2500),
    ),
    0,
  );
  // 900 W at 40 rpm: 900 / (2 pi 40/60) = 215 Nm.
  assert.equal(leastTrust("power", [900], 40 / 60), 0);
  // The same power at 110 rpm: 78 Nm.
  assert.equal(leastTrust("power", [900], 110 / 60), 1);
  assert.equal(
    leastTrust(
      "power",
      seconds(300, () => 200),
    ),
    0,
  );
  assert.equal(
    leastTrust(
      "power",
      seconds(300, () => 0),
    ),
    1,
  );
});

test("trust comes back some time after the last impossible reading", () => {
  const plausibility = new Plausibility(defaultAthlete);
  plausibility.judge("s", "cadence", 0, 500, null);
  assert.equal(plausibility.trust("s", "cadence", 1000), 0);
  assert.equal(plausibility.ofSensor("s", 1000).reason, "cadence 500 is out of range");
  assert.ok(plausibility.trust("s", "cadence", 11_000) >= 0.5);
  assert.equal(plausibility.trust("s", "cadence", 30_000), 1);
});
