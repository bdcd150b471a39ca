import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Measurement } from "#domain/sensor.ts";
import { decodeNotification, services } from "./measurements.ts";

function decode(characteristic: string, hex: string): readonly Measurement[] | null {
  const bytes = Uint8Array.from(Buffer.from(hex.replaceAll(" ", ""), "hex"));
  return decodeNotification({ tMs: 5, sensor: "s", characteristic, bytes })?.measurements ?? null;
}

test("heart rate: 8 bit, no extras", () => {
  assert.deepEqual(decode("2a37", "00 48"), [{ kind: "heart-rate", bpm: 72, rrMs: [], contact: null }]);
});

test("heart rate: 16 bit, contact, energy and two RR intervals (1024 = 1 s)", () => {
  // flags 0x1f: u16, contact supported and there, energy, RR
  assert.deepEqual(decode("2a37", "1f 9600 3412 0004 0002"), [
    { kind: "heart-rate", bpm: 150, rrMs: [1000, 500], contact: true },
  ]);
});

test("heart rate: strap off the skin says so", () => {
  assert.deepEqual(decode("2a37", "04 00"), [{ kind: "heart-rate", bpm: 0, rrMs: [], contact: false }]);
});

test("cycling power with balance, torque, wheel and crank", () => {
  // flags 0x0035: balance, torque, wheel, crank; 250 W
  assert.deepEqual(decode("2a63", "3500 fa00 64 1027 01000000 0008 0a00 0004"), [
    { kind: "power", powerW: 250 },
    { kind: "wheel", revolutions: 1, eventTime: 2048, ticksPerS: 2048 },
    { kind: "crank", revolutions: 10, eventTime1024: 1024 },
  ]);
});

test("negative power is not a rider's", () => {
  assert.equal(decode("2a63", "0000 ffff"), null);
});

test("cadence sensor: crank only", () => {
  assert.deepEqual(decode("2a5b", "02 ffff 0100"), [{ kind: "crank", revolutions: 65535, eventTime1024: 1 }]);
});

test("speed sensor: wheel only", () => {
  assert.deepEqual(decode("2a5b", "01 78563412 0004"), [
    { kind: "wheel", revolutions: 0x12345678, eventTime: 1024, ticksPerS: 1024 },
  ]);
});

test("running: a treadmill counts steps, a foot pod strides of one foot", () => {
  const speed = { kind: "speed", speedMps: 3 };
  assert.deepEqual(decode("2a53", "04 0003 aa"), [{ kind: "cadence", cadence: 170, unit: "spm" }, speed]);
  assert.deepEqual(decode("2a53", "04 0003 55"), [{ kind: "cadence", cadence: 170, unit: "spm" }, speed]);
});

test("walking steps are taken as they are", () => {
  assert.deepEqual(decode("2a53", "00 8001 6e"), [
    { kind: "cadence", cadence: 110, unit: "spm" },
    { kind: "speed", speedMps: 1.5 },
  ]);
});

test("running with stride length and distance (0.1 m)", () => {
  assert.deepEqual(decode("2a53", "07 0003 b4 6400 e8030000")?.at(-1), { kind: "distance", distanceM: 100 });
});

test("indoor bike: speed 36 km/h, 90 rpm, 200 W, 140 bpm", () => {
  // flags: cadence (2), power (6), heart rate (9); bit 0 clear = speed
  const found = decode("2ad2", "4402 100e b400 c800 8c");
  assert.deepEqual(
    found?.map((measurement) => measurement.kind),
    ["cadence", "power", "speed", "heart-rate"],
  );
  assert.deepEqual(found?.[0], { kind: "cadence", cadence: 90, unit: "rpm" });
  assert.deepEqual(found?.[1], { kind: "power", powerW: 200 });
  assert.ok(found?.[2]?.kind === "speed" && Math.abs(found[2].speedMps - 10) < 1e-9);
});

test("indoor bike: power 'not available' is nothing", () => {
  assert.deepEqual(decode("2ad2", "4500 b400 ff7f"), [{ kind: "cadence", cadence: 90, unit: "rpm" }]);
});

test("treadmill: 10.8 km/h and 1.5 km", () => {
  const found = decode("2acd", "0400 3804 dc0500");
  assert.ok(found?.[0]?.kind === "speed" && Math.abs(found[0].speedMps - 3) < 1e-9);
  assert.deepEqual(found[1], { kind: "distance", distanceM: 1500 });
});

test("rower: 24 strokes a minute, 2:05 per 500 m, 180 W", () => {
  assert.deepEqual(decode("2ad1", "2800 30 0500 7d00 b400"), [
    { kind: "cadence", cadence: 24, unit: "spm" },
    { kind: "power", powerW: 180 },
    { kind: "speed", speedMps: 4 },
  ]);
});

test("battery", () => {
  assert.deepEqual(decode("2a19", "5a"), [{ kind: "battery", levelPct: 90 }]);
  assert.equal(decode("2a19", "ff"), null);
});

test("any bytes: no exception, only finite numbers, nothing from truncated payloads", () => {
  const characteristics = Object.values(services).flatMap((service) => service.characteristics);
  fc.assert(
    fc.property(
      fc.constantFrom(...characteristics),
      fc.uint8Array({ maxLength: 24 }),
      (characteristic, bytes) => {
        const sample = decodeNotification({ tMs: 1, sensor: "s", characteristic, bytes });
        for (const measurement of sample?.measurements ?? []) {
          for (const value of Object.values(measurement).flat()) {
            assert.ok(
              typeof value !== "number" || (Number.isFinite(value) && value >= 0),
              JSON.stringify(measurement),
            );
          }
        }
      },
    ),
    { numRuns: 20_000 },
  );
});

test("an empty or unknown payload is nothing", () => {
  for (const service of Object.values(services)) {
    for (const characteristic of service.characteristics) assert.equal(decode(characteristic, ""), null);
  }
  assert.equal(decode("ffff", "0102"), null);
});
