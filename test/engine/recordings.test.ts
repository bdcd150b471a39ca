import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { readEvents } from "#cli/workout/events-file.ts";
import { block, clickTrack, cyclingClass, setupOf, slot } from "./fixtures.ts";
import { Rig } from "./rig.ts";

test("the recorded ride from 70 to 90 rpm takes the music along", () => {
  const { samples, ignored } = readEvents(readFileSync("recordings/ride-70-to-90-rpm.jsonl", "utf8"));
  assert.equal(ignored, 0);
  const plan = cyclingClass([block(180, 80)]);
  const tracks = [clickTrack("at80", 160), clickTrack("at90", 181)];
  const source = {
    advance: (toMs: number) => samples.filter(({ tMs }) => tMs > toMs - 50 && tMs <= toMs),
    strokesBetween: () => [],
  };
  const rig = new Rig(setupOf(plan, [slot(0, 180, tracks[0], 2, 80)], tracks, { mode: "follow" }), source);
  rig.start();
  rig.run(80);
  assert.ok(Math.abs((rig.engine.snapshot(rig.nowMs).cadence ?? 0) / 70 - 1) < 0.05);
  rig.run(60);
  const { cadence, tempoBpm, trackId, powerW, heartRateBpm } = rig.engine.snapshot(rig.nowMs);
  assert.ok(Math.abs((cadence ?? 0) / 90 - 1) < 0.05);
  // 90 rpm is 12 % above the first track's own 80: the other one takes over, at two beats a revolution.
  assert.equal(trackId, "at90");
  assert.ok(Math.abs((tempoBpm ?? 0) / 180 - 1) < 0.06);
  assert.ok((powerW ?? 0) > 80 && (heartRateBpm ?? 0) > 80);
});
