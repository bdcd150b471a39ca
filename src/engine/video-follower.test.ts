import assert from "node:assert/strict";
import { test } from "node:test";
import { jumpAgainAfterMs, jumpBeyondS, mostHurry, toleranceS, VideoFollower } from "./video-follower.ts";

const tickMs = 50;

interface Film {
  readonly durationS?: number;
  /** From a jump to the picture. */
  readonly loadsMs?: number;
  /** Of the player's clock against the class's. */
  readonly driftPpm?: number;
  readonly startsAtS?: number;
}

/** A player that does what it is told, as late and as wrong as it is made, beside a class that runs, pauses and skips. */
function play(
  film: Film,
  untilMs: number,
  classAt: (tMs: number) => readonly [wantedS: number, isRunning: boolean],
) {
  const { durationS = 3600, loadsMs = 0, driftPpm = 0, startsAtS = 0 } = film;
  const follower = new VideoFollower();
  let timeS = startsAtS;
  let rate = 1;
  let isPlaying = false;
  let busyUntilMs = 0;
  const jumps: number[] = [];
  const rates: number[] = [];
  const apart: { tMs: number; aheadS: number; isPlaying: boolean }[] = [];
  for (let tMs = 0; tMs <= untilMs; tMs += tickMs) {
    const isBusy = tMs < busyUntilMs;
    if (isPlaying && !isBusy)
      timeS = Math.min(durationS, timeS + (tickMs / 1000) * rate * (1 + driftPpm * 1e-6));
    const [wantedS, isRunning] = classAt(tMs);
    const step = follower.step(tMs, wantedS, isRunning, { timeS, durationS, isPlaying, isBusy });
    if (step.kind === "pause") isPlaying = false;
    if (step.kind === "play") [isPlaying, rate] = [true, step.rate];
    if (step.kind === "jump") {
      timeS = step.toS;
      busyUntilMs = tMs + loadsMs;
      jumps.push(tMs);
    }
    if (step.kind === "play") rates.push(step.rate);
    apart.push({ tMs, aheadS: timeS - wantedS, isPlaying });
  }
  return { apart, jumps, rates };
}

const within = (apart: ReturnType<typeof play>["apart"], fromMs: number, toMs: number) =>
  Math.max(...apart.filter(({ tMs }) => tMs >= fromMs && tMs < toMs).map(({ aheadS }) => Math.abs(aheadS)));

test("a clock that runs 1 % wrong is held within 100 ms without a jump, never faster than a voice bears", () => {
  for (const driftPpm of [-10_000, 10_000]) {
    const { apart, jumps, rates } = play({ driftPpm }, 120_000, (tMs) => [tMs / 1000, true]);
    assert.ok(within(apart, 0, 120_000) < 0.1);
    assert.deepEqual(jumps, []);
    assert.ok(rates.every((rate) => Math.abs(rate - 1) <= mostHurry + 1e-9));
  }
});

test("what starts half a second late is made up by hurrying; a true clock is then left alone", () => {
  const { apart, jumps, rates } = play({ startsAtS: 10 - jumpBeyondS + 0.05 }, 60_000, (tMs) => [
    10 + tMs / 1000,
    true,
  ]);
  assert.deepEqual(jumps, []);
  assert.ok(within(apart, 45_000, 60_000) <= toleranceS + 1e-9);
  assert.equal(rates.at(-1), 1);
});

test("before the start it is laid where the class begins, and a pause stops it there", () => {
  const { apart, jumps } = play({ loadsMs: 300 }, 12_000, (tMs) => {
    if (tMs < 3_000) return [12, false];
    if (tMs < 6_000) return [12 + (tMs - 3_000) / 1000, true];
    return [15, false];
  });
  assert.deepEqual(jumps, [0], "one jump, before the start");
  assert.ok(within(apart, 3_000, 12_000) < 0.1);
  assert.deepEqual(
    apart
      .filter(({ tMs }) => tMs === 2_950 || tMs === 5_950 || tMs === 6_000)
      .map(({ isPlaying }) => isPlaying),
    [false, true, false],
  );
});

test("after a skipped block it jumps, and where loading takes long it learns to aim ahead and waits there", () => {
  const skipAtMs = 5_000;
  const classAt = (tMs: number) => [tMs / 1000 + (tMs < skipAtMs ? 0 : 300), true] as const;
  const quick = play({ loadsMs: 200 }, 30_000, classAt);
  assert.deepEqual(quick.jumps, [skipAtMs]);
  assert.ok(within(quick.apart, 25_000, 30_000) <= 0.05);
  const slow = play({ loadsMs: 1_600 }, 30_000, classAt);
  assert.equal(slow.jumps.length, 2, "one that comes late, one that aims ahead");
  assert.ok((slow.jumps[1] ?? 0) - (slow.jumps[0] ?? 0) >= jumpAgainAfterMs - tickMs);
  assert.ok(within(slow.apart, 15_000, 30_000) <= 0.1);
});

test("a film that is shorter than the class ends and stays ended", () => {
  const { apart, jumps } = play({ durationS: 10 }, 30_000, (tMs) => [tMs / 1000, true]);
  assert.deepEqual(jumps, []);
  assert.ok(apart.every(({ tMs, isPlaying }) => tMs < 10_000 || !isPlaying));
  const begunAfter = play({ durationS: 10 }, 5_000, (tMs) => [20 + tMs / 1000, true]);
  assert.ok(begunAfter.apart.every(({ isPlaying }) => !isPlaying));
  assert.deepEqual(begunAfter.jumps, []);
});
