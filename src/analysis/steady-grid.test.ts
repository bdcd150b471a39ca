import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { steadyGrid } from "./steady-grid.ts";

/** Deterministic jitter in -1..1. */
const wobble = (i: number): number => Math.sin(i * 12.9898) * Math.cos(i * 4.1414);

describe("a track made to a click", () => {
  test("its tempo and phase come back exactly from jittery, gappy beats", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 55, max: 200, noNaN: true }),
        fc.double({ min: 0, max: 0.3, noNaN: true }),
        (tempoBpm, startS) => {
          const beatS = 60 / tempoBpm;
          const durationS = 200;
          const tracked = Array.from({ length: Math.floor((durationS - 2) / beatS) }, (_, i) => i)
            .filter((i) => i < 40 || i > 52)
            .map((i) => startS + i * beatS + 0.01 * wobble(i));
          const grid = steadyGrid(tracked, durationS) ?? assert.fail("no grid");
          assert.ok(Math.abs(grid.tempoBpm - tempoBpm) < 0.02, `${grid.tempoBpm} for ${tempoBpm}`);
          for (const beat of grid.beatsS) {
            const number = Math.round((beat - startS) / beatS);
            assert.ok(beat === 0 || Math.abs(beat - startS - number * beatS) < 0.005, `beat at ${beat}`);
          }
          assert.ok(Math.abs(grid.beatsS.length - durationS / beatS) < 2);
          assert.ok(
            grid.beatsS.every(
              (beat, i) => beat >= 0 && beat <= durationS && (i === 0 || beat > grid.beatsS[i - 1]),
            ),
          );
        },
      ),
      { numRuns: 60, seed: 3 },
    );
  });

  test("a stretch of wrong beats does not bend it", () => {
    const tracked = Array.from({ length: 300 }, (_, i) => i * 0.5 + (i > 100 && i < 130 ? 0.2 : 0));
    const grid = steadyGrid(tracked, 150) ?? assert.fail("no grid");
    assert.ok(Math.abs(grid.tempoBpm - 120) < 0.01);
    assert.ok(Math.abs(grid.steadiness - 0.9) < 0.02);
  });
});

test("played by people: the grid follows the drift, without the jitter", () => {
  const truth: number[] = [0];
  for (let i = 1; i < 400; i++) truth.push(truth[i - 1] + 0.5 * (1 + 0.06 * Math.sin(i / 40)));
  const grid =
    steadyGrid(
      truth.map((beat, i) => Math.max(0, beat + 0.008 * wobble(i))),
      210,
    ) ?? assert.fail("no grid");
  assert.ok(grid.steadiness < 0.5);
  const errors = grid.beatsS
    .map((beat) => Math.min(...truth.map((other) => Math.abs(other - beat))))
    .toSorted((a, b) => a - b);
  assert.ok(errors[Math.floor(errors.length * 0.95)] < 0.012, `${errors[Math.floor(errors.length * 0.95)]}`);
});

test("too few beats are no grid", () => {
  assert.equal(steadyGrid([], 10), null);
  assert.equal(steadyGrid([1, 2], 10), null);
});
