import assert from "node:assert/strict";
import { test } from "node:test";
import { melBands } from "./mel.ts";
import { levelCandidates, likeliestLevel } from "./metrical-level.ts";
import { onsetRate } from "./onsets.ts";

const seconds = 30;
const frames = seconds * onsetRate;
const every = (stepS: number, fromS = 0) =>
  Array.from({ length: Math.floor((seconds - fromS) / stepS) }, (_, i) => fromS + i * stepS);

/** A bass drum on every beat, a snare on every other one, and the network sure of all of them. */
function rock(beatS: number) {
  const mel = new Float32Array(frames * melBands).fill(0.2);
  const chances = {
    beat: new Float32Array(frames).fill(0.02),
    downbeat: new Float32Array(frames).fill(0.01),
  };
  for (const [i, timeS] of every(beatS).entries()) {
    const at = Math.round(timeS * onsetRate);
    chances.beat[at] = 0.9;
    if (i % 4 === 0) chances.downbeat[at] = 0.9;
    const [from, to] = i % 2 === 0 ? [0, 8] : [20, 60];
    for (let t = at; t < Math.min(frames, at + 8); t++)
      for (let band = from; band < to; band++) mel[t * melBands + band] = 2 - (t - at) * 0.2;
  }
  return { mel, chances };
}

test("levels are ratios of the tempo of the beats, within what is music", () => {
  const { mel, chances } = rock(0.5);
  const found = levelCandidates(every(0.5), chances, mel);
  assert.deepEqual(
    found.map(({ ratio, tempoBpm }) => [ratio, Math.round(tempoBpm)]),
    [
      [1.5, 180],
      [1, 120],
      [0.75, 90],
      [6 / 9, 80],
      [0.5, 60],
    ],
  );
  for (const { features } of found) assert.ok(features.every(Number.isFinite));
});

test("the likeliest level is one of those weighed, with a chance", () => {
  const { mel, chances } = rock(0.5);
  const weighed = levelCandidates(every(0.5), chances, mel);
  const level = likeliestLevel(weighed) ?? assert.fail("no level");
  assert.ok(weighed.some(({ ratio }) => ratio === level.ratio));
  assert.ok(level.chance >= 1 / weighed.length && level.chance <= 1);
});

test("too few beats say nothing", () => {
  const { mel, chances } = rock(0.5);
  assert.equal(likeliestLevel(levelCandidates([], chances, mel)), null);
  assert.equal(likeliestLevel(levelCandidates([1, 1.5], chances, mel)), null);
});
