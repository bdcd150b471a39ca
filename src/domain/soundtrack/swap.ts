/**
 * One track in place of another. The tracks around it are planned anew between the others, so that a swap changes a few minutes
 * and not the whole class. Swaps are made one after the other on the plan that nobody touched: the same swaps give the
 * same soundtrack.
 */
import type { Swap } from "../soundtrack.ts";
import type { Instance } from "./instance.ts";
import { replanRange, usedOutside, type PlanPart, type Range } from "./improve.ts";
import { trueCost } from "./label-search.ts";
import { closeTracksOfPart, closest, planPart } from "./part.ts";
import type { Segment } from "./relaxation.ts";

/** Segments on each side that are planned anew with the one that is swapped. */
const reach = 3;
/** Rounds of price adjustment for them. */
const rounds = 24;
/** Tracks planned with, of which the cheapest are offered. */
const tried = 12;

/** This track sounds in this cell. */
interface Pin {
  readonly cell: number;
  readonly track: number;
}

/** A soundtrack with some swaps made. */
export interface Swapped {
  readonly path: readonly Segment[];
  readonly swaps: readonly Swap[];
  readonly pins: readonly Pin[];
  /** Tracks that were swapped away: they do not come back by themselves. */
  readonly gone: ReadonlySet<number>;
}

export function unswapped(path: readonly Segment[]): Swapped {
  return { path, swaps: [], pins: [], gone: new Set() };
}

/** The part with other tracks kept out of pinned cells: they may end before such a cell or start after it. */
function pinned(part: Instance, pins: readonly Pin[]): Instance {
  const { stride } = part;
  const earliest = part.earliest.slice();
  for (const { cell, track } of pins) {
    for (let other = 0; other < part.tracks.length; other += 1) {
      if (other === track) continue;
      for (let end = cell + 1; end < stride; end += 1) {
        const at = other * stride + end;
        earliest[at] = Math.max(earliest[at]!, cell + 1);
      }
    }
  }
  return { ...part, earliest };
}

/** Plans a part so that pinned tracks sound in their cells. */
function withPins(pins: readonly Pin[]): PlanPart {
  return (part, tracks, first) => {
    const inside = pins
      .map(({ cell, track }) => ({ cell: cell - first, track: tracks.indexOf(track) }))
      .filter(({ cell, track }) => cell >= 0 && cell < part.cells && track !== -1);
    const active = new Set([...closest(part, closeTracksOfPart), ...inside.map(({ track }) => track)]);
    const prices = new Float64Array(tracks.length);
    return planPart(pinned(part, inside), Int32Array.from(active).sort(), prices, rounds);
  };
}

function segmentAt(path: readonly Segment[], cell: number): number {
  return path.findIndex(({ start, end }) => start <= cell && cell < end);
}

function replanAround(
  instance: Instance,
  path: readonly Segment[],
  at: number,
  { pins, gone }: Pick<Swapped, "pins" | "gone">,
): readonly Segment[] | null {
  const range: Range = [Math.max(0, at - reach), Math.min(path.length, at + reach + 1)];
  const span = { start: path[range[0]]!.start, end: path[range[1] - 1]!.end };
  const kept = new Set(pins.filter(({ cell }) => covers(span, cell)).map(({ track }) => track));
  const elsewhere = usedOutside(path, range);
  const free: number[] = [];
  for (let track = 0; track < instance.tracks.length; track += 1) {
    if (kept.has(track) || !(elsewhere.has(track) || gone.has(track))) free.push(track);
  }
  return replanRange(instance, path, range, free, withPins(pins));
}

/** The cell that holds a moment of the class; -1 for one outside the plan. */
function cellAt({ boundaries, cells }: Instance, atS: number): number {
  if (!(atS >= boundaries[0]! && atS < boundaries[cells]!)) return -1;
  return boundaries.findLastIndex((boundaryS) => boundaryS <= atS);
}

/** Takes a track out of where it sounds elsewhere, where there is a way without it. */
function cleared(instance: Instance, state: Swapped, track: number, cell: number): readonly Segment[] {
  const at = state.path.findIndex(
    (segment) => segment.track === track && !state.pins.some((pin) => covers(segment, pin.cell)),
  );
  if (at === -1 || covers(state.path[at]!, cell)) return state.path;
  const without = { pins: state.pins, gone: new Set([...state.gone, track]) };
  return replanAround(instance, state.path, at, without) ?? state.path;
}

function covers({ start, end }: Pick<Segment, "start" | "end">, cell: number): boolean {
  return start <= cell && cell < end;
}

/** The soundtrack with one more swap; null where its track is not there, or cannot sound then. */
export function swapIn(instance: Instance, state: Swapped, swap: Swap): Swapped | null {
  const cell = cellAt(instance, swap.atS);
  const track = instance.tracks.findIndex(({ id }) => id === swap.trackId);
  const before = state.path[segmentAt(state.path, cell)];
  if (track === -1 || before === undefined) return null;
  const pins = [...state.pins.filter((pin) => !covers(before, pin.cell)), { cell, track }];
  const swaps = [...state.swaps, swap];
  if (before.track === track) return { ...state, pins, swaps };
  const gone = new Set([...state.gone, before.track]);
  gone.delete(track);
  const path = cleared(instance, { ...state, gone }, track, cell);
  const replanned = replanAround(instance, path, segmentAt(path, cell), { pins, gone });
  return replanned === null ? null : { path: replanned, swaps, pins, gone };
}

/** All swaps that can be made, in turn. */
export function swapAll(instance: Instance, path: readonly Segment[], swaps: readonly Swap[]): Swapped {
  return swaps.reduce((state, swap) => swapIn(instance, state, swap) ?? state, unswapped(path));
}

/** What a track would cost in the place of another, its changes included, for as long as the other lasts. */
function costInPlace(instance: Instance, path: readonly Segment[], at: number, track: number): number {
  const neighbours = path.slice(Math.max(0, at - 1), at + 2);
  const { start, end } = path[at]!;
  return trueCost(
    instance,
    neighbours.map((segment) => (segment.start === start ? { track, start, end } : segment)),
  );
}

/**
 * The cheapest soundtracks with another track at `atS` than `present` has there, cheapest first; tracks that it has elsewhere
 * only where there are no others. `found` is the soundtrack without swaps.
 */
export function alternativesAt(
  instance: Instance,
  { found, present }: { found: readonly Segment[]; present: Swapped },
  atS: number,
  most: number,
): readonly Swapped[] {
  const cell = cellAt(instance, atS);
  const now = present.path[segmentAt(present.path, cell)];
  if (now === undefined) return [];
  const staying = present.swaps.filter((swap) => !covers(now, cellAt(instance, swap.atS)));
  const state = swapAll(instance, found, staying);
  const at = segmentAt(state.path, cell);
  const used = new Set([...state.path.map(({ track }) => track), now.track]);
  const others = instance.tracks.map((_, track) => track).filter((track) => !state.gone.has(track));
  const fresh = others.filter((track) => !used.has(track));
  const offered = fresh.length > 0 ? fresh : others.filter((track) => track !== now.track);
  const costs = new Map(offered.map((track) => [track, costInPlace(instance, state.path, at, track)]));
  return offered
    .sort((a, b) => costs.get(a)! - costs.get(b)! || a - b)
    .slice(0, tried)
    .map((track) => swapIn(instance, state, { atS, trackId: instance.tracks[track]!.id }))
    .filter((swapped) => swapped !== null)
    .map((swapped) => ({ swapped, cost: trueCost(instance, swapped.path) }))
    .sort((a, b) => a.cost - b.cost)
    .slice(0, most)
    .map(({ swapped }) => swapped);
}
