import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { normalRandom, seededRandom } from "#domain/seeded-random.ts";
import { StepDetector } from "./steps.ts";

interface Walk {
  readonly stepsPerMinute: (atS: number) => number;
  readonly durationS: number;
  /** Height of the bounce, m/s². */
  readonly bounce: number;
  /** Weaker every second step by this share: the phone is in a pocket on one side. */
  readonly uneven: number;
  readonly seed: number;
}

/**
 * Acceleration of a body that bounces: a swing at the step rate whose peak is the step, its first overtone, the impact's
 * ringing at 12 Hz, the noise of a phone's sensor; gravity in any direction; 60 readings a second that jitter.
 */
function walkingMotion({ stepsPerMinute, durationS, bounce, uneven, seed }: Walk) {
  const random = seededRandom(seed);
  const tilt = { x: normalRandom(random), y: normalRandom(random), z: normalRandom(random) };
  const length = Math.hypot(tilt.x, tilt.y, tilt.z);
  const readings: { tMs: number; x: number; y: number; z: number }[] = [];
  const stepsMs: number[] = [];
  let phase = random();
  for (let tS = 0; tS < durationS; tS += 1 / 60) {
    const rate = stepsPerMinute(tS) / 60;
    const next = phase + rate / 60;
    if (Math.floor(next) > Math.floor(phase) && rate > 0) {
      stepsMs.push((tS + (Math.floor(next) - phase) / rate) * 1000);
    }
    const side = Math.round(phase) % 2 === 0 ? 1 : 1 - uneven;
    const sinceS = rate === 0 ? 1 : (phase - Math.floor(phase)) / rate;
    const ringing = 0.5 * Math.exp(-sinceS / 0.04) * Math.cos(2 * Math.PI * 12 * sinceS);
    const swing = Math.cos(2 * Math.PI * phase) + 0.25 * Math.cos(4 * Math.PI * phase + 0.5);
    const up = 9.81 + (rate === 0 ? 0 : bounce * side * (swing + ringing)) + 0.1 * normalRandom(random);
    const [x, y, z] = [tilt.x, tilt.y, tilt.z].map((part) => (part / length) * up);
    readings.push({ tMs: tS * 1000 + 2 * random(), x: x ?? 0, y: y ?? 0, z: z ?? 0 });
    phase = next;
  }
  return { readings, stepsMs };
}

function stepsIn(readings: readonly { tMs: number; x: number; y: number; z: number }[]): number[] {
  const detector = new StepDetector();
  return readings.flatMap(({ tMs, x, y, z }) => detector.push(tMs, x, y, z) ?? []);
}

const someWalks = fc.record({
  spm: fc.integer({ min: 90, max: 195 }),
  bounce: fc.double({ min: 1.5, max: 10, noNaN: true }),
  uneven: fc.double({ min: 0, max: 0.3, noNaN: true }),
  seed: fc.nat(),
});

test("steps are found, each once, and when they happened", () => {
  fc.assert(
    fc.property(someWalks, ({ spm, bounce, uneven, seed }) => {
      const walk = { stepsPerMinute: () => spm, durationS: 30, bounce, uneven, seed };
      const { readings, stepsMs } = walkingMotion(walk);
      const found = stepsIn(readings);
      const settled = (times: readonly number[]) => times.filter((atMs) => atMs > 5_000 && atMs < 29_500);
      const offMs = (atMs: number, times: readonly number[]) =>
        Math.min(...times.map((other) => Math.abs(other - atMs)));
      const missed = settled(stepsMs).filter((atMs) => offMs(atMs, found) > 60);
      const invented = settled(found).filter((atMs) => offMs(atMs, stepsMs) > 60);
      assert.deepEqual({ missed, invented }, { missed: [], invented: [] });
      const spacings = found.slice(1).map((atMs, index) => atMs - (found[index] ?? 0));
      assert.ok(Math.min(...spacings) > 180, "no step is told twice");
    }),
    { numRuns: 100 },
  );
});

test("a busy page that reads the motion unevenly finds the same steps at the same times", () => {
  const random = seededRandom(11);
  const readings: { tMs: number; x: number; y: number; z: number }[] = [];
  for (let tMs = 0; tMs < 40_000; tMs += 1000 / 60 + (random() < 0.2 ? 80 * random() : 0)) {
    const up = 9.81 + 4 * Math.cos((2 * Math.PI * 158 * tMs) / 60_000);
    readings.push({ tMs, x: 0.6 * up, y: 0.8 * up, z: 0 });
  }
  const found = stepsIn(readings).filter((atMs) => atMs > 5_000);
  assert.ok(Math.abs(found.length - (35 * 158) / 60) <= 2, `${found.length} steps`);
  const steps = found.map((atMs) => (atMs * 158) / 60_000);
  const offMs = steps.map((step) => (Math.abs(step - Math.round(step)) * 60_000) / 158);
  const late = offMs.filter((off) => off > 25).length;
  assert.ok(late < 0.1 * offMs.length, `${late} of ${offMs.length} steps are more than 25 ms off`);
});

test("going over from a walk to a run loses no step", () => {
  const stepsPerMinute = (atS: number): number => Math.min(170, 110 + Math.max(0, atS - 15) * 6);
  const { readings, stepsMs } = walkingMotion({
    stepsPerMinute,
    durationS: 40,
    bounce: 4,
    uneven: 0.1,
    seed: 5,
  });
  const found = stepsIn(readings).filter((atMs) => atMs > 5_000);
  const wanted = stepsMs.filter((atMs) => atMs > 5_000);
  assert.ok(Math.abs(found.length - wanted.length) <= 2, `${found.length} of ${wanted.length}`);
});

test("a phone that lies still, or is picked up once, walks nowhere", () => {
  const still = walkingMotion({ stepsPerMinute: () => 0, durationS: 60, bounce: 0, uneven: 0, seed: 2 });
  assert.deepEqual(stepsIn(still.readings), []);
  const pickedUp = still.readings.map((reading) => {
    const lift = reading.tMs > 20_000 && reading.tMs < 20_700 ? 6 * Math.sin((reading.tMs - 20_000) / 80) : 0;
    return { ...reading, x: reading.x + lift };
  });
  assert.deepEqual(stepsIn(pickedUp), []);
});

test("readings that are no numbers, or come out of order, are left out", () => {
  const { readings } = walkingMotion({
    stepsPerMinute: () => 120,
    durationS: 20,
    bounce: 3,
    uneven: 0,
    seed: 3,
  });
  const broken = readings.flatMap((reading) => [
    reading,
    { ...reading, x: Number.NaN },
    { ...reading, tMs: reading.tMs - 40, x: 80 },
  ]);
  assert.deepEqual(stepsIn(broken), stepsIn(readings));
});
