import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import type { BeatGrid } from "../track.ts";
import { gridFault } from "./check.ts";
import {
  barBegins,
  beatsPerBarChoices,
  beatsPerBarOf,
  doubled,
  evenGrid,
  firstBeatAt,
  halved,
  inRegion,
  movedHalfABeat,
  shifted,
  snapped,
  tempoOf,
  withMetre,
} from "./edit.ts";

/** Ten seconds at 120 BPM in fours: beats at 0, 0.5 ... 9.5, bars at 0, 2 ... 8. */
const track = { fromS: 0, toS: 10 };
const even = evenGrid(track, 0, 0.5, 4);

function near(actual: readonly number[], expected: readonly number[]): void {
  assert.equal(actual.length, expected.length, `${actual.join(" ")} against ${expected.join(" ")}`);
  for (const [index, value] of actual.entries()) assert.ok(Math.abs(value - (expected[index] ?? 0)) < 1e-9);
}

describe("edits of a beat grid", () => {
  test("even beats fill the region and carry a bar line at the anchor", () => {
    near(even.downbeatsS, [0, 2, 4, 6, 8]);
    assert.equal(even.beatsS.length, 20);
    near(evenGrid(track, 4.25, 1, 3).downbeatsS, [1.25, 4.25, 7.25]);
    assert.deepEqual(evenGrid(track, 0, 0.01, 4), { beatsS: [], downbeatsS: [] });
  });

  test("half and double keep the bar's beats and the first bar line", () => {
    const half = halved(barBegins(even, 1.5));
    near(half.beatsS, [0.5, 1.5, 2.5, 3.5, 4.5, 5.5, 6.5, 7.5, 8.5, 9.5]);
    near(half.downbeatsS, [1.5, 5.5, 9.5]);
    const double = doubled(even);
    assert.equal(tempoOf(double), 240);
    near(double.downbeatsS, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    assert.deepEqual(halved(double), even);
  });

  test("a shift moves beats and bars, and the edge fills again", () => {
    const later = shifted(even, track, 0.7);
    near(later.beatsS, evenGrid(track, 0.2, 0.5, 4).beatsS);
    near(later.downbeatsS, [0.7, 2.7, 4.7, 6.7, 8.7]);
    const earlier = shifted(even, track, -0.7);
    near(earlier.beatsS, evenGrid(track, 0.3, 0.5, 4).beatsS);
    near(earlier.downbeatsS, [1.3, 3.3, 5.3, 7.3, 9.3]);
    const intro = { beatsS: [4, 5, 6, 7], downbeatsS: [4] };
    near(shifted(intro, track, 0.5).beatsS, [4.5, 5.5, 6.5, 7.5]);
  });

  test("half a beat later lies between the beats, also where the tempo changes", () => {
    const faster = { beatsS: [0, 1, 2, 2.5, 3], downbeatsS: [0] };
    near(movedHalfABeat(faster, { fromS: 0, toS: 3.2 }).beatsS, [0.5, 1.5, 2.25, 2.75]);
    near(movedHalfABeat(even, track).downbeatsS, [0.25, 2.25, 4.25, 6.25, 8.25]);
  });

  test("a bar begins where it is said, an irregular one too", () => {
    near(barBegins(even, 2.6).downbeatsS, [0.5, 2.5, 4.5, 6.5, 8.5]);
    near(withMetre(even, 3).downbeatsS, [0, 1.5, 3, 4.5, 6, 7.5, 9]);
    for (const beats of beatsPerBarChoices) assert.equal(beatsPerBarOf(withMetre(even, beats)), beats);
    assert.equal(beatsPerBarOf({ beatsS: even.beatsS, downbeatsS: [] }), 4);
    assert.equal(beatsPerBarOf({ beatsS: even.beatsS, downbeatsS: [0, 2, 4, 5, 7] }), 4);
  });

  test("the first beat lies exactly where it is said, and none before it", () => {
    const grid = firstBeatAt(even, track, 3.1);
    near(grid.beatsS, [3.1, 3.6, 4.1, 4.6, 5.1, 5.6, 6.1, 6.6, 7.1, 7.6, 8.1, 8.6, 9.1, 9.6]);
    near(grid.downbeatsS, [3.1, 5.1, 7.1, 9.1]);
  });

  test("snapping takes the nearest onset within reach", () => {
    const grid = { beatsS: [1, 2, 3, 4], downbeatsS: [1, 3] };
    const result = snapped(grid, [0.97, 1.05, 2.2, 3.03], 0.06);
    assert.deepEqual(result, { beatsS: [0.97, 2, 3.03, 4], downbeatsS: [0.97, 3.03] });
  });

  test("in a region only the region changes", () => {
    const result = inRegion(even, { fromS: 2, toS: 4 }, doubled);
    near(
      result.beatsS,
      [0, 0.5, 1, 1.5, 2, 2.25, 2.5, 2.75, 3, 3.25, 3.5, 4, 4.5, 5, 5.5, 6, 6.5, 7, 7.5, 8, 8.5, 9, 9.5],
    );
    near(result.downbeatsS, [0, 2, 3, 4, 6, 8]);
    const tooNear = inRegion(even, { fromS: 2, toS: 4 }, (part) => shifted(part, { fromS: 2, toS: 4 }, 0.4));
    near(tooNear.beatsS.slice(3, 9), [1.5, 2.4, 2.9, 3.4, 4, 4.5]);
  });

  test("whatever is done to a usable grid, it stays usable", () => {
    const steps = fc.array(
      fc.oneof(
        fc.constant(halved),
        fc.constant(doubled),
        fc
          .double({ min: -2, max: 2, noNaN: true })
          .map((byS) => (grid: BeatGrid) => shifted(grid, track, byS)),
        fc.constant((grid: BeatGrid) => movedHalfABeat(grid, track)),
        fc.double({ min: 0, max: 10, noNaN: true }).map((atS) => (grid: BeatGrid) => barBegins(grid, atS)),
        fc
          .double({ min: 0, max: 10, noNaN: true })
          .map((atS) => (grid: BeatGrid) => firstBeatAt(grid, track, atS)),
        fc.constantFrom(...beatsPerBarChoices).map((beats) => (grid: BeatGrid) => withMetre(grid, beats)),
        fc.array(fc.double({ min: 0, max: 10, noNaN: true })).map((onsets) => {
          const sorted = onsets.toSorted((a, b) => a - b);
          return (grid: BeatGrid) => snapped(grid, sorted, 0.07);
        }),
      ),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(steps, fc.double({ min: 0.4, max: 1.5, noNaN: true }), (edits, beatS) => {
        let grid = evenGrid(track, 0.1, beatS, 4);
        for (const edit of edits) {
          // Doubled three times over, beats would be nearer than any edit is offered.
          if (edit === doubled && tempoOf(grid) > 200) continue;
          grid = edit(grid);
          const fault = grid.beatsS.length === 1 ? null : gridFault(grid, 10);
          assert.equal(fault, null, JSON.stringify(grid));
        }
      }),
    );
  });
});

test("what is wrong with a grid is said in one line", () => {
  const fault = (beatsS: number[], downbeatsS: number[] = []) => gridFault({ beatsS, downbeatsS }, 10);
  assert.equal(fault([0, 1, 2], [1]), null);
  assert.equal(fault([]), null);
  assert.match(fault([1, 1.05]) ?? "", /0\.1 s apart/);
  assert.match(fault([2, 1]) ?? "", /ascend/);
  assert.match(fault([1]) ?? "", /one beat/);
  for (const bad of [Number.NaN, Number.POSITIVE_INFINITY, -1, 11])
    assert.match(fault([0, bad]) ?? "", /outside/);
  assert.match(fault([0, 1], [0.5]) ?? "", /none of its beats/);
  assert.match(fault([0, 1], [1, 0]) ?? "", /downbeats do not ascend/);
  assert.match(fault(Array.from({ length: 72_001 }, (_, index) => index)) ?? "", /at most 72000/);
});
