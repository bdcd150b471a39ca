import type { Block } from "../class-plan.ts";
import { rampAt, shareOfBlock } from "../class-plan.ts";
import type { Seconds } from "../units.ts";
import { cellS, shortestSlotS, tempoRatiosOf, type SoundtrackClass, type Wish } from "./objective.ts";

/** A stretch of class time over which the wish for music is taken as constant. */
export interface Piece extends Wish {
  readonly startS: Seconds;
  readonly endS: Seconds;
}

/** Longer classes are planned on a coarser grid, so that planning stays bounded: six hours of 15 s. */
const mostCells = 1440;

/**
 * Where tracks may change: `fromS`, the multiples of 15 s after it, the end. A class of over six hours doubles the step
 * until it fits. A last cell of under half a step joins the one before.
 */
export function cellBoundaries(fromS: Seconds, durationS: Seconds): Seconds[] {
  let stepS = cellS;
  while ((durationS - fromS) / stepS > mostCells) stepS *= 2;
  const boundaries = [fromS];
  for (let at = (Math.floor(fromS / stepS) + 1) * stepS; at < durationS - stepS / 2; at += stepS)
    boundaries.push(at);
  boundaries.push(durationS);
  return boundaries;
}

interface Span {
  readonly startS: Seconds;
  readonly endS: Seconds;
  readonly at: (tS: Seconds) => Wish;
}

function wishOf(block: Block, tS: Seconds): Wish {
  const share = shareOfBlock(block, tS);
  return {
    cadence: block.cadence === null ? null : rampAt(block.cadence, share),
    energy: rampAt(block.energy, share),
  };
}

/** Neighbouring blocks too short for a track of their own become one set, whose wish is the mean over its time. */
function setOf(blocks: readonly Block[]): Span {
  const mean = (pick: (wish: Wish) => number | null) => {
    let sum = 0;
    let weight = 0;
    for (const block of blocks) {
      const value = pick(wishOf(block, block.startS + block.durationS / 2));
      if (value === null) continue;
      sum += value * block.durationS;
      weight += block.durationS;
    }
    return weight > 0 ? sum / weight : null;
  };
  const wish: Wish = { cadence: mean((one) => one.cadence), energy: mean((one) => one.energy) ?? 0.5 };
  const last = blocks.at(-1);
  return {
    startS: blocks[0]?.startS ?? 0,
    endS: last === undefined ? 0 : last.startS + last.durationS,
    at: () => wish,
  };
}

function spansOf(blocks: readonly Block[]): Span[] {
  const spans: Span[] = [];
  let short: Block[] = [];
  const close = () => {
    if (short.length > 0) spans.push(setOf(short));
    short = [];
  };
  for (const block of blocks) {
    if (!(block.durationS > 0)) continue;
    if (block.durationS < shortestSlotS) {
      short.push(block);
      continue;
    }
    close();
    spans.push({
      startS: block.startS,
      endS: block.startS + block.durationS,
      at: (tS) => wishOf(block, tS),
    });
  }
  close();
  return spans;
}

/**
 * What music the class wants over each cell, cut at block edges; ramps are taken at the middle of each piece.
 * Classes of sports without a cadence, and time no block covers, wish for energy alone.
 */
export function piecesOf(plan: SoundtrackClass, boundaries: readonly Seconds[]): Piece[][] {
  const spans = spansOf(plan.blocks);
  const keepsCadence = tempoRatiosOf(plan.sport).length > 0;
  const cells: Piece[][] = [];
  let first = 0;
  for (let cell = 0; cell + 1 < boundaries.length; cell += 1) {
    const startS = boundaries[cell] ?? 0;
    const endS = boundaries[cell + 1] ?? startS;
    while (first < spans.length && (spans[first]?.endS ?? Infinity) <= startS) first += 1;
    const pieces: Piece[] = [];
    let at = startS;
    for (let index = first; at < endS; index += 1) {
      const span = spans[index];
      const untilS = span === undefined ? endS : Math.min(span.endS, endS);
      const wish = span?.at((at + untilS) / 2) ?? { cadence: null, energy: 0.5 };
      const cadence = keepsCadence && wish.cadence !== null && wish.cadence > 0 ? wish.cadence : null;
      if (untilS > at) pieces.push({ startS: at, endS: untilS, cadence, energy: wish.energy });
      at = Math.max(at, untilS);
    }
    cells.push(pieces);
  }
  return cells;
}
