import assert from "node:assert/strict";
import { test } from "node:test";
import { normalRandom, seededRandom } from "#domain/seeded-random.ts";
import { CrankSensor, usualCrankSensor } from "./athlete/crank-sensor.ts";
import { estimateCrank } from "./calibrate-crank.ts";
import { CrankTurns } from "./crank-turns.ts";

interface Truth {
  readonly angleRev: number;
  readonly radioMinMs: number;
  /** How much later than a downstroke a tap is seen (people tap early: below 0). */
  readonly tapBiasMs: number;
}

function hear(heard: CrankTurns, sensor: CrankSensor, toMs: number): void {
  for (const { tMs, measurements } of sensor.notify(toMs, () => [])) {
    const [crank] = measurements;
    if (crank.kind === "crank") heard.hear(tMs, crank.revolutions, crank.eventTime1024);
  }
}

/** Somebody pedals at these cadences for half a minute each and taps with every turn; each tenth tap is a slip. */
function session(truth: Truth, cadences: readonly number[], seed: number): [CrankTurns, number[]] {
  const random = seededRandom(seed);
  const sensor = new CrankSensor({ ...usualCrankSensor, ...truth }, 0, random);
  const heard = new CrankTurns();
  const taps: number[] = [];
  let topMs = 0;
  for (const cadence of cadences) {
    for (const endMs = topMs + 30_000; topMs < endMs;) {
      const periodMs = (60_000 / cadence) * (1 + 0.012 * normalRandom(random));
      sensor.turn(topMs, periodMs);
      const slip = random() < 0.1 ? 200 * (random() - 0.5) : 0;
      taps.push(topMs + truth.tapBiasMs + slip + 20 * normalRandom(random));
      topMs += periodMs;
      hear(heard, sensor, topMs);
    }
  }
  return [heard, taps];
}

/** Stroke times told by the estimate against the taps' own, at a cadence, within half a revolution. */
function offMs(found: { angleRev: number; delayMs: number }, truth: Truth, cadence: number): number {
  const periodMs = 60_000 / cadence;
  const told = found.angleRev * periodMs + found.delayMs;
  const off = told - truth.angleRev * periodMs - truth.radioMinMs + truth.tapBiasMs;
  return off - (periodMs / 2) * Math.round(off / (periodMs / 2));
}

test("taps at two cadences tell the crank angle, and strokes are met at every cadence between", () => {
  for (let seed = 1; seed <= 20; seed++) {
    const random = seededRandom(100 + seed);
    const truth = { angleRev: random(), radioMinMs: 10 + 20 * random(), tapBiasMs: -40 * random() };
    const found = estimateCrank(...session(truth, [65, 92], seed));
    assert.ok(found !== null);
    for (const cadence of [60, 75, 90, 105]) {
      const off = offMs(found, truth, cadence);
      assert.ok(Math.abs(off) < 25, `seed ${seed}: ${off} ms at ${cadence} rpm`);
    }
    assert.ok(found.uncertaintyMs < 40, `give or take ${found.uncertaintyMs} ms`);
  }
});

test("with one cadence the stroke is met there", () => {
  const truth = { angleRev: 0.31, radioMinMs: 22, tapBiasMs: -20 };
  const found = estimateCrank(...session(truth, [80], 3));
  assert.ok(found !== null && Math.abs(offMs(found, truth, 80)) < 20);
});

test("few taps, taps of nothing, and taps without a sensor tell nothing", () => {
  const [heard, taps] = session({ angleRev: 0.2, radioMinMs: 20, tapBiasMs: 0 }, [70, 90], 5);
  assert.equal(estimateCrank(heard, taps.slice(0, 10)), null);
  assert.equal(estimateCrank(new CrankTurns(), taps), null);
  const random = seededRandom(9);
  const scattered = Array.from({ length: 60 }, () => 60_000 * random());
  assert.equal(estimateCrank(heard, scattered), null);
});
