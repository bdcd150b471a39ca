import assert from "node:assert/strict";
import { test } from "node:test";
import { seededRandom } from "#domain/seeded-random.ts";
import { barPointerBeats, type BarPointerOptions } from "./bar-pointer.ts";

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

/** The same search by its definition, one path after the other from where each beat can have come. */
function likeliestPath(
  chances: Float32Array,
  { slowestBpm, fastestBpm, ...model }: BarPointerOptions,
): number[] {
  const frames = chances.length;
  const intervals: number[] = [];
  for (let i = Math.round(6000 / fastestBpm); i <= Math.round(6000 / slowestBpm); i++) intervals.push(i);
  const said = (t: number, isBeat: boolean) =>
    isBeat ? Math.log(chances[t]) : Math.log((1 - chances[t]) / (model.beatParts - 1));
  const heard = (from: number, interval: number, to: number) => {
    const beatEnd = from + Math.max(1, Math.round(interval / model.beatParts));
    let sum = 0;
    for (let t = from; t < to; t++) sum += said(t, t < beatEnd);
    return sum;
  };
  const restBefore = (end: number) => {
    let sum = 0;
    for (let t = 0; t < end; t++) sum += said(t, false);
    return sum;
  };
  interface Path {
    readonly score: number;
    readonly beats: readonly number[];
  }
  const known = new Map<string, Path>();
  const pathTo = (t: number, interval: number): Path => {
    const name = `${t} ${interval}`;
    let best = known.get(name);
    if (best !== undefined) return best;
    best = { score: t < interval ? restBefore(t) : -Infinity, beats: [t] };
    for (const before of intervals) {
      if (before > t || Math.abs(before - interval) > 8) continue;
      const path = pathTo(t - before, before);
      const change = -model.steadiness * Math.abs(interval / before - 1);
      const score = path.score + heard(t - before, before, t) + model.tempoPrior(6000 / before) + change;
      if (score > best.score) best = { score, beats: [...path.beats, t] };
    }
    known.set(name, best);
    return best;
  };
  let last: Path = { score: -Infinity, beats: [] };
  for (const interval of intervals) {
    for (let t = frames - interval + 1; t < frames; t++) {
      const path = pathTo(t, interval);
      const score = path.score + heard(t, interval, frames);
      if (score > last.score) last = { ...path, score };
    }
  }
  return [...last.beats];
}

test("finds the likeliest of all paths, for even and odd numbers of intervals", () => {
  const random = seededRandom(9);
  for (const [slowestBpm, fastestBpm] of [
    [150, 215],
    [155, 215],
    [100, 130],
  ]) {
    const some = {
      ...options,
      steadiness: 1,
      slowestBpm,
      fastestBpm,
      tempoPrior: (bpm: number) => -Math.abs(bpm - 170) / 100,
    };
    const chances = Float32Array.from({ length: 420 }, () => 0.02 + 0.6 * random() ** 6);
    assert.deepEqual(barPointerBeats(chances, some), likeliestPath(chances, some));
  }
});
