import assert from "node:assert/strict";
import { test } from "node:test";
import { normalRandom, seededRandom } from "#domain/seeded-random.ts";
import { CrankSensor, usualCrankSensor } from "./athlete/crank-sensor.ts";
import { StrokeTracker } from "./stroke-tracker.ts";

/** Never in step with notifications once a second: at 80 or 90 rpm the same delays come again and say little of the clock. */
const goldenPeriodMs = 1000 * (Math.sqrt(5) / 2 - 0.3944);
const radio = { angleRev: 0, radioDelayMs: usualCrankSensor.radioMinMs };

/** A sensor on a crank whose tops lie where `tops` says, heard until `untilMs`. */
function track(tops: readonly number[], untilMs: number, angleRev = 0): StrokeTracker {
  const sensor = new CrankSensor({ ...usualCrankSensor, angleRev }, 0, seededRandom(5));
  for (let index = 0; index + 1 < tops.length; index++)
    sensor.turn(tops[index], tops[index + 1] - tops[index]);
  const tracker = new StrokeTracker({ ...radio, angleRev });
  for (const { tMs, measurements } of sensor.notify(untilMs, () => [])) {
    const [crank] = measurements;
    if (crank.kind === "crank") tracker.pushCrank(tMs, crank.revolutions, crank.eventTime1024);
  }
  return tracker;
}

function evenTops(periodMs: number, untilMs: number): number[] {
  return Array.from({ length: Math.ceil(untilMs / periodMs) + 3 }, (_, top) => 137 + top * periodMs);
}

function offTopMs(tracker: StrokeTracker, topMs: number, nowMs: number, periodMs: number): number {
  const phase = tracker.movement(nowMs)?.phaseAt(topMs) ?? Number.NaN;
  return (phase - Math.round(phase)) * periodMs;
}

test("an even cadence is predicted to some ms once the clock is known", () => {
  const periodMs = goldenPeriodMs;
  const tops = evenTops(periodMs, 120_000);
  const tracker = track(tops, 120_000);
  const next = tops.find((top) => top > 120_200) ?? 0;
  assert.ok(Math.abs(offTopMs(tracker, next, 120_000, periodMs)) < 12);
  const movement = tracker.movement(120_000);
  assert.ok(Math.abs((movement?.unitsPerS ?? 0) - 1000 / goldenPeriodMs) < 0.005);
  assert.ok((movement?.sigmaMs ?? Infinity) < 40);
});

test("the crank angle at the sensor's event is taken out", () => {
  const periodMs = goldenPeriodMs;
  const tops = evenTops(periodMs, 120_000);
  const tracker = track(tops, 120_000, 0.3);
  const next = tops.find((top) => top > 120_200) ?? 0;
  assert.ok(Math.abs(offTopMs(tracker, next, 120_000, periodMs)) < 12);
});

test("a change from 70 to 90 rpm is followed within 2 % some seconds later", () => {
  const tops = [137];
  while ((tops.at(-1) ?? 0) < 70_000) {
    const last = tops.at(-1) ?? 0;
    tops.push(last + 60_000 / (last < 60_000 ? 70 : 90));
  }
  const tracker = track(tops, 66_000);
  assert.ok(Math.abs((tracker.movement(66_000)?.unitsPerS ?? 0) * 60 - 90) < 1.8);
});

test("somebody who stops is not moving; lost notifications are bridged", () => {
  const tops = evenTops(60_000 / 80, 30_000).filter((top) => top < 30_000);
  const sensorTalksOn = track(tops, 36_000);
  assert.equal(sensorTalksOn.movement(36_000), null);
  const sensorSilent = track(tops, 29_500);
  assert.notEqual(sensorSilent.movement(32_500), null);
  assert.equal(sensorSilent.movement(40_000), null);
});

test("taps set tempo and phase without any radio", () => {
  const tracker = new StrokeTracker(radio);
  for (let tap = 0; tap < 12; tap++) tracker.pushStroke(1000 + tap * 700);
  const movement = tracker.movement(9000);
  assert.ok(Math.abs((movement?.unitsPerS ?? 0) * 60 - 60_000 / 700) < 0.5);
  assert.ok(Math.abs(offTopMs(tracker, 1000 + 14 * 700, 9000, 700)) < 10);
});

/** From a stroke to the nearest one that is told, whichever foot's. */
function offStrokeMs(tracker: StrokeTracker, strokeMs: number, nowMs: number, periodMs: number): number {
  const strokes = 2 * (tracker.movement(nowMs)?.phaseAt(strokeMs) ?? Number.NaN);
  return ((strokes - Math.round(strokes)) * periodMs) / 2;
}

test("at as many turns a minute as seconds, taps tell what notifications cannot", () => {
  const periodMs = 1000;
  const tops = evenTops(periodMs, 120_000);
  const tracker = track(tops, 120_000, 0.3);
  assert.ok(tracker.clockSigmaMs > 100, `known to ${tracker.clockSigmaMs} ms already`);
  const next = tops.find((top) => top > 120_000) ?? 0;
  assert.ok(Math.abs(offStrokeMs(tracker, next, 120_000, periodMs)) > 50);
  // Seven taps that scatter, with either foot, and a slip.
  for (const [index, offMs] of [12, -20, 8, 180, -15, 25, -6, 10].entries()) {
    tracker.hearTap(next + (index * periodMs) / 2 + offMs);
  }
  assert.ok(tracker.clockSigmaMs < 30, `known to ${tracker.clockSigmaMs} ms`);
  assert.ok(Math.abs(offStrokeMs(tracker, next, 120_000, periodMs)) < 20);
});

test("taps long ago or far ahead, and taps of no time, say nothing", () => {
  const tracker = track(evenTops(1000, 120_000), 120_000);
  const before = tracker.clockSigmaMs;
  for (const atMs of [0, 1e12, Number.NaN, Infinity]) tracker.hearTap(atMs);
  assert.equal(tracker.clockSigmaMs, before);
});

test("taps of somebody who taps otherwise today do not move a clock that is known", () => {
  const periodMs = goldenPeriodMs;
  const tops = evenTops(periodMs, 120_000);
  const tracker = track(tops, 120_000);
  const next = tops.find((top) => top > 120_000) ?? 0;
  const before = offTopMs(tracker, next, 120_000, periodMs);
  for (let tap = 0; tap < 30; tap++) tracker.hearTap(next + tap * 100 + 70);
  assert.ok(Math.abs(offTopMs(tracker, next, 120_000, periodMs) - before) < 10);
});

test("a first event that is ages old does not set the cadence", () => {
  const periodMs = 857;
  const tracker = new StrokeTracker(radio);
  // The first interval is far too short to be this rider's.
  const events = [0, 220, ...Array.from({ length: 20 }, (_, index) => 1077 + index * periodMs)];
  for (let index = 0; index < events.length; index++) {
    tracker.pushCrank(events[index] + 400, index, Math.round((events[index] / 1000) * 1024) & 0xffff);
  }
  const nowMs = (events.at(-1) ?? 0) + 450;
  assert.ok(Math.abs((tracker.movement(nowMs)?.unitsPerS ?? 0) * 60 - 70) < 1);
});

/** How far off a stroke is after half a minute at 83 rpm whose first 12 s a busy page heard 30 to 250 ms late. */
function offAfterLateStartMs(seed: number): number {
  const random = seededRandom(seed);
  const angleRev = random();
  const sensor = new CrankSensor({ ...usualCrankSensor, angleRev }, 0, random);
  const tracker = new StrokeTracker({ ...radio, angleRev });
  let [topMs, lastTopMs, heardMs, periodMs] = [1000 * random(), 0, 0, 0];
  while (topMs < 30_000) {
    lastTopMs = topMs;
    periodMs = 723 * (1 + 0.015 * normalRandom(random));
    sensor.turn(topMs, periodMs);
    topMs += periodMs;
    for (const { tMs, measurements } of sensor.notify(topMs, () => [])) {
      const [crank] = measurements;
      heardMs = Math.max(heardMs, tMs + (tMs < 12_000 ? 30 + 220 * random() : 0));
      if (crank.kind === "crank") tracker.pushCrank(heardMs, crank.revolutions, crank.eventTime1024);
    }
  }
  return offStrokeMs(tracker, lastTopMs, topMs, periodMs);
}

test("notifications that a busy page heard late are not believed for long", () => {
  const offs = Array.from({ length: 60 }, (_, index) => offAfterLateStartMs(index + 1));
  const rms = Math.sqrt(offs.reduce((sum, off) => sum + off * off, 0) / offs.length);
  assert.ok(rms < 39, `${rms} ms`);
});
