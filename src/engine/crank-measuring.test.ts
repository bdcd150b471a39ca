import assert from "node:assert/strict";
import { test } from "node:test";
import { seededRandom } from "#domain/seeded-random.ts";
import { CrankSensor, usualCrankSensor } from "./athlete/crank-sensor.ts";
import { CrankMeasuring, type CrankStage, fasterBy, tapsPerPace } from "./crank-measuring.ts";

/** Pedals evenly on from `fromMs` until so many taps were made, one a turn, at the top; answers with the time then. */
function pedal(
  measuring: CrankMeasuring,
  sensor: CrankSensor,
  fromMs: number,
  cadence: number,
  taps: number,
): number {
  const periodMs = 60_000 / cadence;
  let topMs = fromMs;
  for (let tap = 0; tap < taps; tap++) {
    sensor.turn(topMs, periodMs);
    topMs += periodMs;
    for (const sample of sensor.notify(topMs, () => [])) measuring.hear(sample);
    measuring.tap(topMs);
  }
  return topMs;
}

function crank(): CrankSensor {
  const traits = { ...usualCrankSensor, angleRev: 0.3, radioMinMs: 35, dropShare: 0 };
  return new CrankSensor(traits, 0, seededRandom(1));
}

test("taps at two paces give the sensor's angle", () => {
  const measuring = new CrankMeasuring();
  const sensor = crank();
  const fastMs = pedal(measuring, sensor, 0, 65, tapsPerPace + 3);
  assert.match(measuring.stage.kind, /fast/);
  pedal(measuring, sensor, fastMs, 92, tapsPerPace + 6);
  const stage: CrankStage = measuring.stage;
  assert.ok(stage.kind === "measured", stage.kind);
  const angleRev = [...stage.estimates.values()][0]?.angleRev ?? Number.NaN;
  assert.ok(Math.abs(angleRev - 0.3) < 0.03, `an angle of ${angleRev} revolutions`);
});

test("the second pace counts only when it is a good deal faster", () => {
  const measuring = new CrankMeasuring();
  const sensor = crank();
  const fastMs = pedal(measuring, sensor, 0, 65, tapsPerPace + 3);
  pedal(measuring, sensor, fastMs, 65 * (fasterBy - 0.05), 30);
  assert.ok(measuring.stage.kind === "fast" && measuring.stage.taps === 0);
});

test("taps without a crank that turns do not count", () => {
  const measuring = new CrankMeasuring();
  for (let tap = 0; tap < 50; tap++) measuring.tap(900 * tap);
  assert.ok(measuring.stage.kind === "slow" && measuring.stage.taps === 0);
});
