import assert from "node:assert/strict";
import { test } from "node:test";
import { seededRandom } from "#domain/seeded-random.ts";
import { barPointerBeats } from "./bar-pointer.ts";

const options = {
  beatParts: 12,
  steadiness: 100,
  slowestBpm: 52,
  fastestBpm: 215,
  tempoPrior: () => 0,
};

/** Chances of 0.7 at these frames and their next, 0.02 elsewhere. */
function chancesAt(beats: readonly number[], frames: number): Float32Array {
  const chances = new Float32Array(frames).fill(0.02);
  for (const beat of beats) chances.fill(0.7, beat, beat + 2);
  return chances;
}

function drifting(): number[] {
  const beats = [20];
  // From 120 to 100 BPM and back, a frame slower or faster every other beat.
  for (let i = 0; beats.length < 80; i++) {
    beats.push((beats.at(-1) ?? 0) + 55 + Math.round(5 * Math.sin(i / 12)));
  }
  return beats;
}

function missed(truth: readonly number[], found: readonly number[]): number {
  return truth.filter((beat) => !found.some((other) => Math.abs(other - beat) <= 3)).length;
}

test("follows a tempo that drifts", () => {
  const truth = drifting();
  const found = barPointerBeats(chancesAt(truth, truth[79] + 60), options);
  assert.equal(missed(truth, found), 0);
  assert.ok(found.length <= truth.length + 2);
});

test("keeps counting where beats are silent and onsets fall between", () => {
  const truth = drifting();
  const random = seededRandom(5);
  const heard = truth.filter((_, i) => i % 5 !== 3 && (i < 40 || i > 46));
  const stray = Array.from({ length: 15 }, () => Math.floor(random() * truth[79]));
  const found = barPointerBeats(chancesAt([...heard, ...stray], truth[79] + 60), options);
  assert.ok(missed(truth, found) <= 2, `${missed(truth, found)} missed`);
});

test("the prior decides between one level and its double when both are heard", () => {
  const every30 = Array.from({ length: 60 }, (_, i) => 10 + 30 * i);
  const chances = chancesAt(every30, 1900);
  const gapOf = (beats: readonly number[]) => beats[11] - beats[10];
  const slow = barPointerBeats(chances, { ...options, tempoPrior: (bpm) => (bpm > 150 ? -20 : 0) });
  assert.equal(gapOf(slow), 60);
  assert.equal(gapOf(barPointerBeats(chances, options)), 30);
});

test("too short for two beats: none", () => {
  assert.deepEqual(barPointerBeats(chancesAt([20, 70], 150), options), []);
});
