import assert from "node:assert/strict";
import { test } from "node:test";
import { placedBlocks, type PlacedBlock } from "#domain/class-edit/class-edit.ts";
import { makeRepeat, newClass } from "#domain/class-edit/operations.ts";
import { boxHeight, boxWidth, cornersOf, frameOf } from "../../ui/class-profile/shapes.ts";
import { draggedLength, draggedTop, drawn, gripAt, handlesOf, nudged, snapS } from "./dragging.ts";

/** Warm-up 300 s (ramp), work 180 s at 95 %, cool-down 300 s. */
const edit = newClass("cycling");
const placed = placedBlocks(edit);
const [warmUp, work] = placed as [PlacedBlock, PlacedBlock, PlacedBlock];
const frame = frameOf(1000, true);

test("an edge follows the pointer and snaps", () => {
  // A box of 500 pixels for 1000 s: 2 s a pixel, lengths snap to 5 s.
  assert.equal(draggedLength(work, 30, 2).durationS, 240);
  assert.equal(draggedLength(work, 31, 2).durationS, 240);
  assert.equal(draggedLength(work, -500, 2).durationS, 5, "never nothing");
  assert.equal(snapS(7), 10);
  const repeated = placedBlocks(makeRepeat(edit, work.block.id, 1, 3))[3];
  assert.equal(repeated?.pass, 2);
  assert.equal(draggedLength(repeated, 30, 2).durationS, 200, "three rounds share the 60 s");
});

test("a top dragged to where another power is drawn has that power", () => {
  for (const power of [0.3, 0.62, 0.95, 1.2]) {
    const { y1 } = cornersOf(frame, { ...drawn(work), power: { from: power, to: power } });
    assert.deepEqual(draggedTop(work.block, "both", frame, y1).power, { from: power, to: power });
  }
  const { y1 } = cornersOf(frame, { ...drawn(work), power: { from: 0.5, to: 0.5 } });
  assert.deepEqual(draggedTop(warmUp.block, "to", frame, y1).power, { from: 0.4, to: 0.5 });
  const hard = draggedTop(work.block, "both", frame, 0);
  assert.ok((hard.rpe ?? 0) > (work.block.rpe ?? 0), "what follows power follows it");
});

test("without power a drag sets exertion, in halves", () => {
  const strength = placedBlocks(newClass("strength"))[1];
  assert.ok(strength);
  const { y1 } = cornersOf(frame, { ...drawn(strength), rpe: 8 });
  const dragged = draggedTop(strength.block, "both", frame, y1);
  assert.equal(dragged.rpe, 8);
  assert.equal(dragged.power, null);
  assert.equal(nudged(dragged, 1).rpe, 8.5);
});

test("the mouse takes hold of edges, tops and ends, and of nothing in the middle", () => {
  const box = { width: boxWidth, height: boxHeight * 3 };
  const { x1, x2, y1 } = cornersOf(frame, drawn(work));
  const middle = (x1 + x2) / 2;
  assert.deepEqual(gripAt(frame, work, { x: x2 - 3, y: 150 }, box), { kind: "edge" });
  assert.deepEqual(gripAt(frame, work, { x: middle, y: y1 * 3 + 4 }, box), { kind: "top", end: "both" });
  assert.equal(gripAt(frame, work, { x: middle, y: y1 * 3 + 40 }, box), null);
  const start = cornersOf(frame, drawn(warmUp));
  assert.deepEqual(gripAt(frame, warmUp, { x: start.x1 + 2, y: start.y1 * 3 }, box), {
    kind: "top",
    end: "from",
  });
  assert.equal(handlesOf(frame, warmUp).tops.length, 2);
  assert.equal(handlesOf(frame, work).tops.length, 1);
});
