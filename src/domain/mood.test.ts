import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { CamelotKey } from "./track.ts";
import { moodOf, moodWords } from "./mood.ts";

const track = { tempoBpm: 120, energy: 0.5, key: null, keyConfidence: 0 };

test("more energy and a faster beat are more driving", () => {
  const calm = moodOf({ ...track, tempoBpm: 66, energy: 0.1 });
  const usual = moodOf(track);
  const driving = moodOf({ ...track, tempoBpm: 174, energy: 0.9 });
  assert.ok(calm.arousal < usual.arousal && usual.arousal < driving.arousal);
  assert.ok(moodOf({ ...track, tempoBpm: 170 }).arousal > usual.arousal);
});

test("major is brighter than minor, the more so the clearer the key", () => {
  const valence = (key: CamelotKey | null, keyConfidence: number) =>
    moodOf({ ...track, key, keyConfidence }).valence;
  const order = [
    valence("8A", 0.9),
    valence("8A", 0.2),
    valence(null, 0),
    valence("8B", 0.2),
    valence("8B", 0.9),
  ];
  assert.deepEqual(
    order.toSorted((a, b) => a - b),
    order,
  );
  assert.equal(new Set(order).size, 5);
});

test("without a grid, energy speaks alone; no key is neither dark nor bright", () => {
  const { arousal } = moodOf({ ...track, tempoBpm: 0, energy: 0.37 });
  assert.equal(arousal, 0.37);
  assert.deepEqual(moodWords({ valence: 0.5, arousal: 0.2 }), ["calm"]);
});

test("words", () => {
  assert.deepEqual(moodWords({ valence: 0.8, arousal: 0.9 }), ["euphoric", "bright"]);
  assert.deepEqual(moodWords({ valence: 0.2, arousal: 0.5 }), ["steady", "dark"]);
});

test("always shares, whatever the profile", () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(
      fc.double({ min: 0, max: 400, noNaN: true }),
      share,
      share,
      fc.constantFrom<CamelotKey | null>("1A", "12B", null),
      (tempoBpm, energy, keyConfidence, key) => {
        for (const value of Object.values(moodOf({ tempoBpm, energy, keyConfidence, key })))
          assert.ok(value >= 0 && value <= 1, `${value}`);
      },
    ),
  );
});
