import assert from "node:assert/strict";
import { test } from "node:test";
import { seededRandom } from "#domain/seeded-random.ts";
import type { Measurement } from "#domain/sensor.ts";
import { decodeNotification } from "#protocol/ble/measurements.ts";
import { block, clickTrack, cyclingClass, setupOf, slot } from "./fixtures.ts";
import { Rig } from "./rig.ts";

type Range = readonly [low: number, high: number];

const [u8, u16, u24, u32] = [255, 0xffff, 0xff_ffff, 0xffff_ffff];
const powerW: Range = [0, 3000];
const speedMps: Range = [0, 40];
const bpm: Range = [0, 255];

/** What each characteristic can say: fields of the GATT layouts, cut to what sport can be. */
const possible: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, Range>>>>>> = {
  "2a37": { "heart-rate": { bpm, rrMs: [0, (u16 * 1000) / 1024] } },
  "2a63": {
    power: { powerW },
    wheel: { revolutions: [0, u32], eventTime: [0, u16], ticksPerS: [2048, 2048] },
    crank: { revolutions: [0, u16], eventTime1024: [0, u16] },
  },
  "2a5b": {
    wheel: { revolutions: [0, u32], eventTime: [0, u16], ticksPerS: [1024, 1024] },
    crank: { revolutions: [0, u16], eventTime1024: [0, u16] },
  },
  "2a53": { speed: { speedMps }, cadence: { cadence: [0, u8] }, distance: { distanceM: [0, u32 / 10] } },
  "2ad2": {
    speed: { speedMps },
    cadence: { cadence: [0, 300] },
    distance: { distanceM: [0, u24] },
    power: { powerW },
    "heart-rate": { bpm: [1, 255] },
  },
  "2acd": {
    speed: { speedMps },
    distance: { distanceM: [0, u24] },
    power: { powerW },
    "heart-rate": { bpm: [1, 255] },
  },
  "2ad1": {
    speed: { speedMps },
    cadence: { cadence: [0, u8 / 2] },
    distance: { distanceM: [0, u24] },
    power: { powerW },
    "heart-rate": { bpm: [1, 255] },
  },
  "2a19": { battery: { levelPct: [0, 100] } },
};
const characteristics = Object.keys(possible);
const decodedPayloads = 100_000;
const riddenPayloads = 6000;
/** Longer than any of the layouts, so that flags are often kept. */
const longestPayload = 48;

function randomPayload(random: () => number): Uint8Array {
  const bytes = new Uint8Array(Math.floor(random() * longestPayload));
  for (let at = 0; at < bytes.length; at++) bytes[at] = Math.floor(random() * 256);
  return bytes;
}

function hasBadNumber(value: unknown): boolean {
  if (typeof value === "number") return !Number.isFinite(value);
  if (typeof value !== "object" || value === null) return false;
  return Object.values(value).some(hasBadNumber);
}

/** What is wrong with a measurement of this characteristic; null when nothing is. */
function wrongIn(characteristic: string, measurement: Measurement): string | null {
  const ranges = possible[characteristic]?.[measurement.kind];
  if (ranges === undefined) return `${measurement.kind} cannot come from it`;
  for (const [name, value] of Object.entries<unknown>(measurement)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (typeof one !== "number") continue;
      const [low, high] = ranges[name] ?? [NaN, NaN];
      if (!(one >= low && one <= high)) return `${name} ${one}`;
    }
  }
  return null;
}

for (const characteristic of characteristics) {
  test(`${decodedPayloads} random payloads of ${characteristic} are ignored or give possible values`, () => {
    const random = seededRandom(Number.parseInt(characteristic, 16));
    const seen = new Set<string>();
    for (let index = 0; index < decodedPayloads; index++) {
      const bytes = randomPayload(random);
      const sample = decodeNotification({ tMs: index, sensor: "s", characteristic, bytes });
      if (sample === null) continue;
      assert.equal(sample.tMs, index);
      assert.ok(sample.measurements.length > 0);
      for (const measurement of sample.measurements) {
        seen.add(measurement.kind);
        const wrong = wrongIn(characteristic, measurement);
        if (wrong !== null) assert.fail(`${wrong} in ${Buffer.from(bytes).toString("hex")}`);
      }
    }
    assert.deepEqual([...seen].toSorted(), Object.keys(possible[characteristic] ?? {}).toSorted());
  });
}

test("random payloads never break the engine, and never drive the music out of the class's bounds", () => {
  const random = seededRandom(11);
  const plan = cyclingClass([block(1200, 84)]);
  const track = clickTrack("track", 168, 2000);
  const rig = new Rig(setupOf(plan, [slot(0, 1200, track, 2, 84)], [track]));
  rig.start();
  for (let index = 0; index < riddenPayloads; index++) {
    const bytes = randomPayload(random);
    const tMs = (index * 1_000_000) / riddenPayloads;
    const characteristic = characteristics[index % characteristics.length];
    const sample = decodeNotification({ tMs, sensor: `s${index % 3}`, characteristic, bytes });
    if (sample !== null) rig.give({ kind: "sample", tMs, sample });
    rig.give({ kind: "tick", tMs });
    if (index % 100 === 0)
      assert.ok(!hasBadNumber({ ...rig.engine.snapshot(tMs), sensors: [] }), `at ${index}`);
  }
  assert.ok(!hasBadNumber(rig.commands));
  for (const { row } of rig.of("row")) {
    assert.ok(row.tempoBpm === null || Math.abs(row.tempoBpm / 168 - 1) <= 0.151);
  }
});

test("events out of order, without time or after the end do no harm", () => {
  const plan = cyclingClass([block(10, 84)]);
  const track = clickTrack("track", 168);
  const rig = new Rig(setupOf(plan, [slot(0, 10, track, 2, 84)], [track]));
  rig.give({ kind: "pause", tMs: 0 });
  rig.give({ kind: "tick", tMs: Number.NaN });
  rig.start();
  rig.give({ kind: "tick", tMs: 5000 });
  rig.give({ kind: "tick", tMs: 1000 });
  rig.give({ kind: "start", tMs: 6000 });
  rig.nowMs = 6000;
  rig.run(10);
  assert.equal(rig.of("ended").length, 1);
  assert.deepEqual(rig.give({ kind: "end", tMs: 99_000 }), []);
});
