import assert from "node:assert/strict";
import { test } from "node:test";
import { zstdCompressSync } from "node:zlib";
import fc from "fast-check";
import { normalRandom, seededRandom } from "#domain/seeded-random.ts";
import type { SeriesRow } from "#domain/workout.ts";
import { decodeRows, encodeRows } from "./chunk-codec.ts";

const resolution = {
  tS: 1000,
  cadence: 100,
  powerW: 10,
  heartRateBpm: 10,
  speedMps: 1000,
  tempoBpm: 1000,
  phaseErrorMs: 100,
} as const;

const value = (perUnit: number) =>
  fc.option(fc.integer({ min: -1_000_000, max: 1_000_000 }).map((steps) => steps / perUnit));
const anyRow: fc.Arbitrary<SeriesRow> = fc.record({
  tS: fc.integer({ min: 0, max: 86_400_000 }).map((steps) => steps / 1000),
  cadence: value(resolution.cadence),
  powerW: value(resolution.powerW),
  heartRateBpm: value(resolution.heartRateBpm),
  speedMps: value(resolution.speedMps),
  tempoBpm: value(resolution.tempoBpm),
  phaseErrorMs: value(resolution.phaseErrorMs),
});

test("rows on the grid of their resolution come back exactly", () => {
  fc.assert(
    fc.property(fc.array(anyRow, { maxLength: 40 }), (rows) => {
      assert.deepEqual(decodeRows(encodeRows(rows)), rows.map(withoutNegativeZero));
    }),
  );
});

/** -0 and 0 are one measurement. */
function withoutNegativeZero(row: SeriesRow): SeriesRow {
  return Object.fromEntries(
    Object.entries(row).map(([name, number]) => [name, number === null ? null : number + 0]),
  ) as unknown as SeriesRow;
}

test("other values come back within half a step", () => {
  const [row] = decodeRows(
    encodeRows([
      {
        tS: 1 / 3,
        cadence: 88.87654,
        powerW: 201.23,
        heartRateBpm: 141.99,
        speedMps: 8.12345,
        tempoBpm: 177.77777,
        phaseErrorMs: -12.3456,
      },
    ]),
  );
  assert.deepEqual(row, {
    tS: 0.333,
    cadence: 88.88,
    powerW: 201.2,
    heartRateBpm: 142,
    speedMps: 8.123,
    tempoBpm: 177.778,
    phaseErrorMs: -12.35,
  });
});

test("an hour of effort takes less than 16 kB once compressed", () => {
  const random = seededRandom(7);
  let cadence = 90;
  let powerW = 200;
  const rows = Array.from({ length: 3600 }, (_, tS) => {
    cadence += normalRandom(random) * 0.3;
    powerW += normalRandom(random) * 3;
    return {
      tS,
      cadence: Math.round(cadence),
      powerW: Math.round(powerW),
      heartRateBpm: 140 + Math.round(5 * Math.sin(tS / 300)),
      speedMps: null,
      tempoBpm: 2 * Math.round(cadence),
      phaseErrorMs: null,
    };
  });
  const bytes = zstdCompressSync(encodeRows(rows)).byteLength;
  assert.ok(bytes < 16_000, `${bytes} bytes`);
});

test("numbers that no series holds are refused", () => {
  const row = decodeRows(encodeRows([{ ...emptyRow, tS: 1 }]))[0];
  assert.deepEqual(row, { ...emptyRow, tS: 1 });
  for (const powerW of [Number.NaN, Infinity, -Infinity, 1e300]) {
    assert.throws(() => encodeRows([{ ...emptyRow, powerW }]), RangeError);
  }
});

const emptyRow: SeriesRow = {
  tS: 0,
  cadence: null,
  powerW: null,
  heartRateBpm: null,
  speedMps: null,
  tempoBpm: null,
  phaseErrorMs: null,
};

test("damaged bytes are refused or give finite rows, and never hang", () => {
  const good = encodeRows(Array.from({ length: 20 }, (_, tS) => ({ ...emptyRow, tS, powerW: 100 + tS })));
  const check = (bytes: Uint8Array): void => {
    let rows: SeriesRow[];
    try {
      rows = decodeRows(bytes);
    } catch (error) {
      assert.ok(error instanceof RangeError);
      return;
    }
    for (const row of rows)
      for (const number of Object.values(row)) assert.ok(number === null || Number.isFinite(number));
  };
  fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), check), { numRuns: 500 });
  fc.assert(
    fc.property(fc.nat(good.length - 1), fc.nat(255), (at, byte) => {
      const damaged = good.slice();
      damaged[at] = byte;
      check(damaged);
    }),
  );
  for (let length = 0; length < good.length; length += 1)
    assert.throws(() => decodeRows(good.slice(0, length)), RangeError);
});
