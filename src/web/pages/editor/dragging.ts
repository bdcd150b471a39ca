/** What a drag on the timeline means: pure, from where it began and where it is to the changed block. */
import type { Ramp } from "#domain/class-plan.ts";
import type { EditBlock, PlacedBlock } from "#domain/class-edit/class-edit.ts";
import { withExertion, withPower } from "#domain/class-edit/effort-block.ts";
import { clamp } from "#domain/units.ts";
import {
  boxHeight,
  boxWidth,
  cornersOf,
  effortAtY,
  targetsAtEffort,
  xOf,
  type Frame,
} from "../../ui/class-profile/shapes.ts";

export const shortestS = 5;
const powerStep = 0.01;
const lowestPower = 0.05;
const exertionStep = 0.5;

/** Lengths snap to this, in seconds: finer than can be aimed at is of no use. */
export function snapS(secondsPerPixel: number): number {
  return [5, 10, 15, 30, 60].find((step) => step >= secondsPerPixel) ?? 60;
}

/** One press of a key changes a block of this length by that much. */
export function keyStepS(durationS: number): number {
  if (durationS < 120) return 5;
  return durationS < 600 ? 15 : 30;
}

export function withDuration(block: EditBlock, durationS: number): EditBlock {
  return { ...block, durationS: Math.max(shortestS, durationS) };
}

/**
 * The block after its right edge was dragged. In a repeat every round before grows as well, so that the edge goes with the
 * pointer only when each takes its part.
 */
export function draggedLength(
  { block, pass }: PlacedBlock,
  movedPixels: number,
  secondsPerPixel: number,
): EditBlock {
  const snap = snapS(secondsPerPixel);
  const wantedS = block.durationS + (movedPixels * secondsPerPixel) / (pass + 1);
  return withDuration(block, Math.round(wantedS / snap) * snap);
}

/** Which end of the top is dragged; both for a block that holds. */
export type TopEnd = "from" | "to" | "both";

function rounded(value: number, step: number): number {
  return Math.round(value / step) / Math.round(1 / step);
}

function moved(ramp: Ramp, end: TopEnd, value: number): Ramp {
  if (end === "both") return { from: value, to: value };
  return { ...ramp, [end]: value };
}

/** The block with a power, or where it has none an exertion, of this much. */
export function withTarget(block: EditBlock, end: TopEnd, target: { power: number; rpe: number }): EditBlock {
  if (block.power === null) return withExertion(block, clamp(rounded(target.rpe, exertionStep), 0.5, 10));
  const power = Math.max(lowestPower, rounded(target.power, powerStep));
  return withPower(block, moved(block.power, end, power));
}

/** One step harder (1) or easier (-1), both ends alike. */
export function nudged(block: EditBlock, by: number): EditBlock {
  if (block.power === null)
    return withTarget(block, "both", { power: 0, rpe: (block.rpe ?? 3) + by * exertionStep });
  const shift = (value: number) => Math.max(lowestPower, rounded(value + by * powerStep, powerStep));
  return withPower(block, { from: shift(block.power.from), to: shift(block.power.to) });
}

/** The block after its top was dragged to `y` in the drawing. */
export function draggedTop(block: EditBlock, end: TopEnd, frame: Frame, y: number): EditBlock {
  return withTarget(block, end, targetsAtEffort(effortAtY(frame, y)));
}

/** A block as the profile draws it, where it stands. */
export function drawn({ block, startS }: PlacedBlock) {
  return { ...block, startS };
}

/** Where a block's handles lie, in shares of the drawing (0..1). */
export function handlesOf(frame: Frame, placed: PlacedBlock) {
  const { x1, x2, y1, y2 } = cornersOf(frame, drawn(placed));
  const flat = placed.block.power === null || placed.block.power.from === placed.block.power.to;
  const tops: { end: TopEnd; x: number; y: number }[] = flat
    ? [{ end: "both", x: (x1 + x2) / 2 / boxWidth, y: y1 / boxHeight }]
    : [
        { end: "from", x: x1 / boxWidth, y: y1 / boxHeight },
        { end: "to", x: x2 / boxWidth, y: y2 / boxHeight },
      ];
  return { edge: { x: x2 / boxWidth, y: 0.5 * (y2 / boxHeight + frame.baseY / boxHeight) }, tops };
}

export type Grip = { readonly kind: "edge" } | { readonly kind: "top"; readonly end: TopEnd };

/** How near the pointer must be to an edge or a top to take hold of it, in pixels. */
const gripPixels = 6;

/** What a mouse at (x, y) pixels over a block takes hold of; null: the block itself. */
export function gripAt(
  frame: Frame,
  placed: PlacedBlock,
  at: { readonly x: number; readonly y: number },
  box: { readonly width: number; readonly height: number },
): Grip | null {
  const endX = (xOf(frame, placed.startS + placed.block.durationS) / boxWidth) * box.width;
  if (Math.abs(at.x - endX) <= gripPixels) return { kind: "edge" };
  const { x1, x2, y1, y2 } = cornersOf(frame, drawn(placed));
  const share = clamp(((at.x / box.width) * boxWidth - x1) / Math.max(1, x2 - x1), 0, 1);
  const topY = ((y1 + (y2 - y1) * share) / boxHeight) * box.height;
  if (Math.abs(at.y - topY) > gripPixels) return null;
  if (y1 === y2) return { kind: "top", end: "both" };
  return { kind: "top", end: share < 0.5 ? "from" : "to" };
}
