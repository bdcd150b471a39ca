import assert from "node:assert/strict";
import { test } from "node:test";
import { seededRandom } from "#domain/seeded-random.ts";
import { decodeNotification } from "#protocol/ble/measurements.ts";
import { block, clickTrack, cyclingClass, setupOf, slot } from "./fixtures.ts";
import { Rig } from "./rig.ts";

const characteristics = ["2a37", "2a63", "2a5b", "2a53", "2ad2", "2acd", "2ad1", "2a19"];
const payloads = 6000;

function hasBadNumber(value: unknown): boolean {
  if (typeof value === "number") return !Number.isFinite(value);
  if (typeof value !== "object" || value === null) return false;
  return Object.values(value).some(hasBadNumber);
}

test("random payloads never break the engine, and never drive the music out of the class's bounds", () => {
  const random = seededRandom(11);
  const plan = cyclingClass([block(1200, 84)]);
  const track = clickTrack("track", 168, 2000);
  const rig = new Rig(setupOf(plan, [slot(0, 1200, track, 2, 84)], [track]));
  rig.start();
  for (let index = 0; index < payloads; index++) {
    const bytes = Uint8Array.from({ length: Math.floor(random() * 24) }, () => Math.floor(random() * 256));
    const tMs = (index * 1_000_000) / payloads;
    const characteristic = characteristics[Math.floor(random() * characteristics.length)];
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
