import assert from "node:assert/strict";
import { test } from "node:test";
import type { EngineSnapshot } from "#engine/contract.ts";
import { RunLog } from "./run-log.ts";

function snapshot(elapsedS: number, trackId: string | null, blockIndex: number, trust = 1): EngineSnapshot {
  const sensors = [{ sensor: "s", trust, lastMs: 0, batteryPct: null }];
  return { elapsedS, classTimeS: elapsedS + 100, trackId, blockIndex, sensors } as unknown as EngineSnapshot;
}

const names = (trackId: string) => ({ title: trackId.toUpperCase(), artist: "A" });

test("tracks and blocks follow one another, and a checkpoint lies at its row's end", () => {
  const log = new RunLog(names, null);
  log.observe(snapshot(1.04, "a", 0), 1);
  log.observe(snapshot(2.01, "a", 0, 0.2), 2);
  log.skipTrack();
  const { elapsedS, classTimeS, distrustS, trackPlays, blockPasses } = log.observe(snapshot(3.02, "b", 1), 3);
  assert.deepEqual([elapsedS, Math.round(classTimeS * 1e6) / 1e6, distrustS], [3, 103, 1]);
  assert.deepEqual(trackPlays, [
    { trackId: "a", title: "A", artist: "A", startS: 0, endS: 2, skipped: true },
    { trackId: "b", title: "B", artist: "A", startS: 2, endS: 3, skipped: false },
  ]);
  assert.deepEqual(blockPasses, [
    { blockIndex: 0, startS: 0, endS: 2, skipped: false },
    { blockIndex: 1, startS: 2, endS: 3, skipped: false },
  ]);
});

test("after an interruption it goes on from where it stood", () => {
  const before = new RunLog(names, null).observe(snapshot(1, "a", 0), 1);
  const { trackPlays, elapsedS } = new RunLog(names, before).observe(snapshot(2, "a", 0), 2);
  assert.equal(elapsedS, 2);
  assert.deepEqual(trackPlays, [
    { trackId: "a", title: "A", artist: "A", startS: 0, endS: 2, skipped: false },
  ]);
});
