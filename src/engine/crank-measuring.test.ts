import assert from "node:assert/strict";
import { test } from "node:test";
import { normalRandom, seededRandom } from "#domain/seeded-random.ts";
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

function stageOf(measuring: CrankMeasuring): CrankStage {
  return measuring.stage;
}

function angleOf(stage: CrankStage): number {
  assert.ok(stage.kind === "measured", stage.kind);
  return [...stage.estimates.values()][0]?.angleRev ?? Number.NaN;
}

test("taps at two paces, and pedalling on until the clock is known, give the sensor's angle", () => {
  const measuring = new CrankMeasuring();
  const sensor = crank();
  const fastMs = pedal(measuring, sensor, 0, 65, tapsPerPace + 3);
  assert.equal(stageOf(measuring).kind, "fast");
  const tappedMs = pedal(measuring, sensor, fastMs, 92, tapsPerPace + 3);
  const early = stageOf(measuring);
  assert.ok(early.kind === "listening", early.kind);
  // 120 s at most.
  pedal(measuring, sensor, tappedMs, 94, 200);
  assert.ok(Math.abs(angleOf(measuring.stage) - 0.3) < 0.03, `${angleOf(measuring.stage)} revolutions`);
});

test("the clock may be taken as it is known before that, and what was heard serves the next measuring", () => {
  const measuring = new CrankMeasuring();
  const sensor = crank();
  const fastMs = pedal(measuring, sensor, 0, 65, tapsPerPace + 3);
  const tappedMs = pedal(measuring, sensor, fastMs, 92, tapsPerPace + 3);
  measuring.finish();
  angleOf(measuring.stage);
  // Pedals on for three minutes before measuring again: then taps are enough.
  const againMs = pedal(measuring, sensor, tappedMs, 94, 280);
  measuring.begin();
  assert.deepEqual(measuring.stage, { kind: "slow", taps: 0, fromCadence: 0 });
  const fastAgainMs = pedal(measuring, sensor, againMs, 65, tapsPerPace + 3);
  pedal(measuring, sensor, fastAgainMs, 92, tapsPerPace + 3);
  assert.ok(Math.abs(angleOf(measuring.stage) - 0.3) < 0.03);
});

test("taps that do not agree are told as soon as they are counted", () => {
  const measuring = new CrankMeasuring();
  const sensor = crank();
  const random = seededRandom(3);
  let topMs = 0;
  for (let turn = 0; stageOf(measuring).kind !== "unclear"; turn++) {
    assert.ok(turn < 100, `still ${stageOf(measuring).kind}`);
    const periodMs = turn < tapsPerPace + 3 ? 920 : 650;
    sensor.turn(topMs, periodMs);
    topMs += periodMs;
    for (const sample of sensor.notify(topMs, () => [])) measuring.hear(sample);
    measuring.tap(topMs - periodMs * random());
  }
});

/** One calibration by somebody who wavers and scatters by 20 ms: how far off strokes at 90 rpm are, and how far it says. */
function calibrate(seed: number): {
  readonly offMs: number;
  readonly claimedMs: number;
  readonly tookMs: number;
} {
  const random = seededRandom(seed);
  const truth = { angleRev: random(), radioMinMs: 10 + 20 * random() };
  const sensor = new CrankSensor({ ...usualCrankSensor, ...truth }, 0, random);
  const measuring = new CrankMeasuring();
  const [slow, fast] = [62 + 6 * random(), 84 + 10 * random()];
  let topMs = 1000 * random();
  let tapMs = Infinity;
  while (stageOf(measuring).kind !== "measured") {
    const periodMs =
      (60_000 / (stageOf(measuring).kind === "slow" ? slow : fast)) * (1 + 0.018 * normalRandom(random));
    sensor.turn(topMs, periodMs);
    tapMs = topMs - 20 + 20 * normalRandom(random);
    topMs += periodMs;
    for (const sample of sensor.notify(topMs, () => [])) measuring.hear(sample);
    measuring.tap(tapMs);
  }
  const { stage } = measuring;
  assert.ok(stage.kind === "measured");
  const [found] = [...stage.estimates.values()];
  const turnMs = 60_000 / 90;
  const offMs = (found.angleRev - truth.angleRev) * turnMs + found.delayMs - truth.radioMinMs - 20;
  const off = offMs - (turnMs / 2) * Math.round(offMs / (turnMs / 2));
  return { offMs: off, claimedMs: found.uncertaintyMs / 1.96, tookMs: topMs };
}

test("what is left is some 8 ms, and as much as the measuring says", () => {
  const all = Array.from({ length: 60 }, (_, index) => calibrate(700 + index));
  const rms = (values: readonly number[]): number =>
    Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);
  const left = rms(all.map(({ offMs }) => offMs));
  const claimed = rms(all.map(({ claimedMs }) => claimedMs));
  assert.ok(left < 11, `${left} ms`);
  assert.ok(left / claimed > 0.6 && left / claimed < 1.3, `${left} ms, and says ${claimed}`);
  // Two rounds of taps, and at most two minutes more.
  assert.ok(all.every(({ tookMs }) => tookMs < 170_000));
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
