import assert from "node:assert/strict";
import { test } from "node:test";
import { attackMs, hearVoice, holdMs, nobodyHeard, speaksDownToDb, speaksOverDb } from "./voice-ducking.ts";

const stepMs = 20;

/** Moments (ms) at which the music goes down and comes back, for levels that hold from their time on. */
function changes(levels: readonly (readonly [fromMs: number, levelDb: number])[], untilMs: number): number[] {
  const found: number[] = [];
  let heard = nobodyHeard;
  for (let tMs = 0; tMs <= untilMs; tMs += stepMs) {
    const levelDb = levels.findLast(([fromMs]) => fromMs <= tMs)?.[1] ?? -Infinity;
    const next = hearVoice(heard, levelDb, tMs);
    if (next.speaks !== heard.speaks) found.push(tMs);
    heard = next;
  }
  return found;
}

test("music goes down soon after a voice begins, and comes back once it has been silent for a while", () => {
  const levels = [
    [1_000, -25],
    [4_000, -70],
  ] as const;
  assert.deepEqual(changes(levels, 8_000), [1_000 + attackMs, 4_000 + Math.ceil(holdMs / stepMs) * stepMs]);
});

test("a click does not lower it, a breath does not bring it back", () => {
  assert.deepEqual(
    changes(
      [
        [1_000, -5],
        [1_000 + attackMs - stepMs, -70],
      ],
      5_000,
    ),
    [],
  );
  const withBreath = [
    [1_000, -25],
    [2_000, -70],
    [2_000 + holdMs - stepMs, -25],
  ] as const;
  assert.deepEqual(changes(withBreath, 6_000), [1_000 + attackMs]);
});

test("a level that wavers between the thresholds changes nothing", () => {
  const between = (speaksOverDb + speaksDownToDb) / 2;
  assert.deepEqual(changes([[1_000, between]], 5_000), [], "too quiet to begin");
  const trailing = [
    [1_000, -25],
    [2_000, between],
  ] as const;
  assert.deepEqual(changes(trailing, 5_000), [1_000 + attackMs], "loud enough to go on");
});

test("silence, nonsense and late ticks do no harm", () => {
  for (const level of [-Infinity, Number.NaN]) assert.deepEqual(changes([[0, level]], 2_000), []);
  const heard = hearVoice(hearVoice(nobodyHeard, -20, 0), -20, 60_000);
  assert.equal(heard.speaks, true);
  assert.equal(hearVoice(hearVoice(heard, Number.NaN, 60_020), Number.NaN, 70_000).speaks, false);
});
