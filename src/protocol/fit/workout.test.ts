/** FIT workout files, written by an encoder that is not ours from the public field numbers. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { FitBaseType, FitEncoder } from "fit-file-parser/encoder";
import { ClassFileError } from "../class-file-error.ts";
import { planFromFile } from "../class-file.ts";

interface StepSpec {
  readonly name?: string;
  readonly duration?: readonly [type: number, value: number];
  readonly target?: readonly [type: number, value: number, low?: number, high?: number];
  readonly second?: readonly [type: number, value: number, low?: number, high?: number];
  readonly intensity?: number;
  readonly notes?: string;
}

const one = (number: number, value: number) => ({ number, size: 1, baseType: FitBaseType.Enum, value });
const four = (number: number, value: number) => ({ number, size: 4, baseType: FitBaseType.Uint32, value });
const text = (number: number, value: string) => {
  const bytes = FitEncoder.string(value);
  return { number, size: bytes.length, baseType: FitBaseType.String, value: bytes };
};

function fitOf(steps: readonly StepSpec[], sport = 2): Uint8Array {
  const encoder = new FitEncoder();
  encoder.writeMessage(0, [one(0, 5)]);
  encoder.writeMessage(26, [text(8, "Hügel"), one(4, sport), text(17, "Up and down")]);
  for (const { name, duration = [5, 0], target = [2, 0], second, intensity, notes } of steps) {
    const fields = [
      ...(name === undefined ? [] : [text(0, name)]),
      one(1, duration[0]),
      four(2, duration[1]),
      one(3, target[0]),
      four(4, target[1]),
      four(5, target[2] ?? 0),
      four(6, target[3] ?? 0),
      ...(intensity === undefined ? [] : [one(7, intensity)]),
      ...(notes === undefined ? [] : [text(8, notes)]),
      ...(second === undefined
        ? []
        : [one(19, second[0]), four(20, second[1]), four(21, second[2] ?? 0), four(22, second[3] ?? 0)]),
    ];
    encoder.writeMessage(27, fields);
  }
  return encoder.close();
}

const read = (steps: readonly StepSpec[], sport?: number) => planFromFile("x.fit", fitOf(steps, sport));
const warmUp: StepSpec = { duration: [0, 600_000], target: [4, 0, 50, 60], intensity: 2 };
const hard: StepSpec = {
  name: "Hard",
  duration: [0, 60_000],
  target: [4, 0, 120, 120],
  second: [3, 0, 95, 95],
  intensity: 0,
  notes: "Stand up",
};
const rest: StepSpec = { duration: [0, 30_000], target: [2, 0], intensity: 1 };

test("steps, repeats, targets, names and notes become blocks and cues", () => {
  const { plan, losses } = read([warmUp, hard, rest, { duration: [6, 1], target: [2, 3] }]);
  assert.equal(plan.title, "Hügel");
  assert.equal(plan.description, "Up and down");
  assert.deepEqual(
    plan.blocks.map(({ durationS, kind, label, power }) => [durationS, kind, label, power?.from ?? null]),
    [
      [600, "warm-up", "Warm-up", 0.55],
      [60, "work", "Hard", 1.2],
      [30, "recovery", "Easy", null],
      [60, "work", "Hard", 1.2],
      [30, "recovery", "Easy", null],
      [60, "work", "Hard", 1.2],
      [30, "recovery", "Easy", null],
    ],
  );
  assert.deepEqual(plan.blocks[1].cadence, { from: 95, to: 95 });
  assert.deepEqual(
    plan.cues.map(({ atS, text }) => [atS, text]),
    [
      [600, "Stand up"],
      [690, "Stand up"],
      [780, "Stand up"],
    ],
  );
  assert.ok(losses.includes("Ranges of power and cadence become their middle."));
});

test("a repeat of repeats is written out", () => {
  const { plan } = read([
    hard,
    { duration: [6, 0], target: [2, 2] },
    rest,
    { duration: [6, 0], target: [2, 3] },
  ]);
  const lengths = plan.blocks.map(({ durationS }) => durationS);
  assert.deepEqual(lengths, [60, 60, 30, 60, 60, 30, 60, 60, 30]);
});

test("watts, zones, heart rates, distances and open steps are read with what was assumed named", () => {
  const watts = read([{ ...hard, target: [4, 0, 1180, 1180] }]);
  assert.equal(watts.plan.blocks[0].power?.from, 1, "180 W of an assumed 180");
  assert.match(watts.losses.join("\n"), /no FTP; 180 W/);
  const zone = read([{ ...hard, target: [4, 4] }]);
  assert.equal(zone.plan.blocks[0].power?.from, 0.98);
  const heart = read([{ ...hard, target: [1, 0, 85, 95], second: undefined }], 1).plan.blocks[0];
  assert.equal(heart.hrZone, 4, "90 % of the highest rate is the top of zone 4");
  assert.equal(heart.power, null);
  const far = read([{ duration: [1, 100_000], target: [2, 0] }], 1);
  assert.equal(far.plan.blocks[0].durationS, 375, "1 km at 80 % of 3.33 m/s");
  assert.match(far.losses.join("\n"), /Distances become times/);
  assert.equal(read([{ duration: [5, 0] }]).plan.durationS, 300);
  const strides = read([{ ...hard, target: [3, 0, 85, 85], second: undefined }], 1).plan.blocks[0];
  assert.deepEqual(strides.cadence, { from: 170, to: 170 }, "steps, not strides");
});

test("one clear line for files that are no plan", () => {
  const refused = (bytes: Uint8Array, complaint: RegExp) =>
    assert.throws(
      () => planFromFile("x.fit", bytes),
      (error) =>
        error instanceof ClassFileError && complaint.test(error.message) && !error.message.includes("\n"),
    );
  refused(fitOf([]), /holds no workout steps/);
  refused(fitOf([{ duration: [6, 0], target: [2, 3] }]), /names no step before it/);
  refused(fitOf([hard, { duration: [6, 0], target: [2, 100_000] }]), /more than 5000 intervals/);
  refused(fitOf([{ ...hard, target: [4, 0, 900, 900] }]), /9 times FTP/);
  refused(fitOf([{ ...hard, duration: [0, 90_000_000_000 % 2 ** 32] }]), /outside 0 to 24 hours/);
});

test("any bytes changed give a class or one clear error", () => {
  const original = fitOf([warmUp, hard, rest, { duration: [6, 1], target: [2, 3] }]);
  const change = fc.tuple(fc.nat(original.length - 1), fc.nat(255));
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 6 }), fc.nat(original.length), (changes, cut) => {
      const bytes = original.slice(0, cut % 3 === 0 ? cut : original.length);
      for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value;
      try {
        const { plan } = planFromFile("x.fit", bytes);
        assert.ok(plan.blocks.every(({ startS, durationS }) => Number.isFinite(startS) && durationS > 0));
      } catch (error) {
        assert.ok(error instanceof ClassFileError, String(error));
      }
    }),
    { numRuns: 1000 },
  );
});
