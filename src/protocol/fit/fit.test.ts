import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import FitParser from "fit-file-parser";
import type { SeriesRow, WorkoutRecord } from "#domain/workout.ts";
import { fitCrc } from "./format.ts";
import { readActivity } from "./read-activity.ts";
import { FitError } from "./read-messages.ts";
import { encodeActivity } from "./write-activity.ts";

const startedAtMs = Date.UTC(2026, 0, 2, 7, 30, 0);

function rowAt(tS: number, change: Partial<SeriesRow> = {}): SeriesRow {
  return {
    tS,
    cadence: 80 + (tS % 10),
    powerW: 150 + tS,
    heartRateBpm: 120 + (tS % 30),
    speedMps: 10,
    tempoBpm: 160,
    phaseErrorMs: null,
    ...change,
  };
}

function recordOf(rows: readonly SeriesRow[], sport = "cycling"): WorkoutRecord {
  return {
    head: { id: "w", classId: "c", classTitle: "C", sport, startedAtMs, mode: "follow", source: "sensors" },
    end: { durationS: rows.length, reason: "class-finished", trackPlays: [], blockPasses: [], distrustS: 0 },
    rows,
  };
}

const rows = Array.from({ length: 120 }, (_, second) => rowAt(second));

test("what is written is read back", () => {
  const activity = readActivity(encodeActivity(recordOf(rows)));
  assert.equal(activity.startedAtMs, startedAtMs);
  assert.equal(activity.sport, "cycling");
  assert.equal(activity.damage, null);
  assert.equal(activity.records.length, 120);
  assert.deepEqual(activity.records[60], {
    tS: 60,
    cadence: 80,
    powerW: 210,
    heartRateBpm: 120,
    speedMps: 10,
    distanceM: 610,
  });
});

test("steps of a run survive the format's counting of strides", () => {
  const run = recordOf([rowAt(0, { cadence: 170 }), rowAt(1, { cadence: 172 })], "running");
  assert.deepEqual(
    readActivity(encodeActivity(run)).records.map((record) => record.cadence),
    [170, 172],
  );
});

test("a value that was never measured stays absent", () => {
  const quiet = recordOf([rowAt(0, { powerW: null, heartRateBpm: null, speedMps: null, cadence: null })]);
  assert.deepEqual(readActivity(encodeActivity(quiet)).records, [
    { tS: 0, cadence: null, powerW: null, heartRateBpm: null, speedMps: null, distanceM: null },
  ]);
});

test("an independent parser reads the same numbers", async () => {
  const parser = new FitParser({ force: false, mode: "list" });
  const bytes = encodeActivity(recordOf(rows));
  const read = await parser.parseAsync(Buffer.from(bytes));
  assert.equal(read.records?.length, 120);
  const last = read.records?.at(-1);
  assert.equal(last?.power, 150 + 119);
  assert.equal(last?.cadence, 89);
  assert.equal(last?.heart_rate, 120 + 29);
  assert.equal(new Date(last?.timestamp ?? 0).getTime(), startedAtMs + 119_000);
  const session = read.sessions?.[0];
  assert.equal(session?.sport, "cycling");
  assert.equal(session?.total_timer_time, 120);
  assert.equal(session?.avg_power, Math.round(150 + 119 / 2));
  assert.equal(session?.max_power, 269);
});

test("the checksum is CRC-16/ARC", () => {
  assert.equal(fitCrc(new TextEncoder().encode("123456789")), 0xbb3d);
});

test("a file cut anywhere keeps what came before the cut", () => {
  const whole = encodeActivity(recordOf(rows));
  const half = readActivity(whole.subarray(0, whole.length >> 1));
  assert.ok(half.records.length > 50 && half.records.length < 120);
  assert.notEqual(half.damage, null);
});

test("not a FIT file, or without records: one clear error", () => {
  assert.throws(() => readActivity(new Uint8Array(0)), FitError);
  assert.throws(
    () => readActivity(new TextEncoder().encode("PK\u0003\u0004 something else entirely")),
    FitError,
  );
  assert.throws(() => readActivity(encodeActivity(recordOf([]))), /no recorded workout/);
});

test("a time far from the start is damage", () => {
  const records = readActivity(encodeActivity(recordOf([rowAt(0), rowAt(1), rowAt(900_000_000)]))).records;
  assert.equal(records.at(-1)?.tS, 1);
});

test("mutated files: FitError or records with finite numbers, never anything else", () => {
  const whole = encodeActivity(recordOf(rows.slice(0, 20)));
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 12 }),
      fc.nat(whole.length),
      (changes, length) => {
        const bytes = whole.slice(0, Math.max(length, whole.length >> 2));
        for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value;
        try {
          for (const record of readActivity(bytes).records) {
            for (const value of Object.values(record)) assert.ok(value === null || Number.isFinite(value));
          }
        } catch (error) {
          assert.ok(error instanceof FitError, String(error));
        }
      },
    ),
    { numRuns: 5000 },
  );
});
