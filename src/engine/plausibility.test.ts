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

/** Half an hour on a bike: power in steps, and the heart that goes with it. */
function ride(seed: number): { readonly powerW: readonly number[]; readonly bpm: readonly number[] } {
  const random = seededRandom(seed);
  const heart = new Heart(defaultAthlete);
  const powerW = seconds(1800, (second) => {
    return Math.round((second % 300 < 150 ? 190 : 120) + 8 * normalRandom(random));
  });
  const bpm = powerW.map((watts) => {
    return Math.round(heart.beat(1, watts / defaultAthlete.ftpW) + 0.7 * normalRandom(random));
  });
  return { powerW, bpm };
}

/** The least trust in a heart rate beside its power, from a second on. */
function trustBeside(powerW: readonly number[], bpm: readonly number[], fromS: number): number {
  const plausibility = new Plausibility(defaultAthlete);
  return Math.min(
    ...bpm.map((beats, second) => {
      plausibility.judge("bike", "power", second * 1000, powerW[second] ?? 0, null);
      const trust = plausibility.judge("strap", "heart-rate", second * 1000, beats, null);
      return second < fromS ? 1 : trust;
    }),
  );
}

test("a heart is compared with the power it works for", () => {
  for (const seed of [1, 2, 3]) {
    const { powerW, bpm } = ride(seed);
    assert.equal(trustBeside(powerW, bpm, 0), 1);
    const offset = bpm.map((beats, second) => (second < 900 ? beats : beats + 25));
    assert.equal(trustBeside(powerW, offset, 900), 0);
    const drift = bpm.map((beats, second) => Math.round(beats + Math.max(0, (second - 900) / 12)));
    assert.equal(trustBeside(powerW, drift, 900), 0);
  }
});

test("a heart is not compared with a power that has long been zero: a meter that is dead, or a bike that is pushed", () => {
  const { powerW } = ride(1);
  const random = seededRandom(6);
  // It goes up a hill at 900 s, in a minute from 120 to 160 bpm.
  const uphill = powerW.map((_, second) => {
    return Math.round(120 + 40 * Math.min(1, Math.max(0, (second - 900) / 60)) + 0.7 * normalRandom(random));
  });
  const never = powerW.map(() => 0);
  assert.equal(trustBeside(never, uphill, 0), 1);
  assert.equal(trustBeside(powerW, uphill, 0), 0);
});

test("a recording played again is recognised, power or heart rate", () => {
  const { powerW, bpm } = ride(4);
  const again = (values: readonly number[]): number[] => {
    return values.map((value, second) => (second < 900 ? value : (values[second - 900] ?? value)));
  };
  assert.equal(leastTrust("power", powerW), 1);
  assert.equal(leastTrust("power", again(powerW)), 0);
  assert.equal(leastTrust("heart-rate", bpm), 1);
  assert.equal(leastTrust("heart-rate", again(bpm)), 0);
});

test("nobody holds more than the best hold", () => {
  const random = seededRandom(5);
  const held = (wattsPerKg: number): number[] => {
    return seconds(400, () => Math.round(wattsPerKg * defaultAthlete.weightKg + 5 * normalRandom(random)));
  };
  // 7.6 W/kg is the ceiling for five minutes, 11.5 for one.
  assert.equal(leastTrust("power", held(7.4)), 1);
  assert.equal(leastTrust("power", held(7.8)), 0);
  assert.equal(leastTrust("power", held(8).slice(0, 240)), 1);
  assert.equal(leastTrust("power", held(12).slice(0, 80)), 0);
});

test("the time between beats has to fit the heart rate", () => {
  const trust = (rrMs: number): number => {
    const plausibility = new Plausibility(defaultAthlete);
    for (let second = 0; second < 40; second++) {
      const bpm = 120 + (second % 3);
      plausibility.judge("strap", "heart-rate", second * 1000, bpm, null);
      plausibility.judgeBeats("strap", second * 1000, bpm, [rrMs, rrMs]);
    }
    return plausibility.trust("strap", "heart-rate", 39_000);
  };
  assert.equal(trust(495), 1);
  assert.equal(trust(700), 0);
});

test("a second strap that tells something else is not believed; one that takes over from a silent one is", () => {
  const plausibility = new Plausibility(defaultAthlete);
  const tell = (sensor: string, second: number, bpm: number): number => {
    return plausibility.judge(sensor, "heart-rate", second * 1000, bpm, null);
  };
  for (let second = 0; second < 30; second++) tell("mine", second, 130 + (second % 2));
  assert.equal(tell("other", 30, 95), 0);
  assert.equal(tell("mine", 31, 131), 1);
  assert.equal(tell("third", 32, 128), 1);
  assert.equal(tell("fourth", 200, 95), 1);
});
