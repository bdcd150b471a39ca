import assert from "node:assert/strict";
import { test } from "node:test";
import { defaultAthlete } from "./athlete.ts";
import {
  heartRateLoad,
  heartRateReserveShare,
  powerLoad,
  powerZoneBounds,
  weightedPowerW,
  zoneIndex,
} from "./training-load.ts";

const seconds = (count: number, value: (second: number) => number): number[] =>
  Array.from({ length: count }, (_, second) => value(second));

test("weighted power of a constant effort is that effort", () => {
  assert.ok(Math.abs((weightedPowerW(seconds(600, () => 200)) ?? 0) - 200) < 1e-6);
});

test("weighted power of long halves is their fourth-power mean", () => {
  // Hours at 0 W and 200 W: (200^4 / 2)^(1/4), the 30 s between them vanishing in the length
  const weighted = weightedPowerW(seconds(200_000, (second) => (second < 100_000 ? 0 : 200))) ?? 0;
  assert.ok(Math.abs(weighted - 200 / 2 ** 0.25) < 0.1, String(weighted));
});

test("weighted power needs 30 s", () => {
  assert.equal(weightedPowerW(seconds(29, () => 200)), null);
});

test("an hour at threshold is a load of 100", () => {
  assert.equal(powerLoad(250, 3600, 250), 100);
  const athlete = {
    ...defaultAthlete,
    restingHeartRateBpm: 50,
    maxHeartRateBpm: 150,
    sex: "female" as const,
  };
  assert.ok(
    Math.abs(
      heartRateLoad(
        seconds(3600, () => 138),
        athlete,
      ) - 100,
    ) < 1e-6,
  );
});

test("zones: a value on a bound belongs below, beyond the last bound is the last zone", () => {
  assert.deepEqual(
    [0, 0.55, 0.56, 0.75, 1.0, 1.5, 1.51].map((share) => zoneIndex(share, powerZoneBounds)),
    [0, 0, 1, 1, 3, 5, 6],
  );
});

test("heart-rate reserve: half-way between rest and maximum is 0.5", () => {
  assert.equal(
    heartRateReserveShare(100, { ...defaultAthlete, restingHeartRateBpm: 50, maxHeartRateBpm: 150 }),
    0.5,
  );
});
