/**
 * The planning problem without "no track twice", where every use of a track pays its price instead: a shortest path over
 * (boundary, key), solved exactly. For prices from 0 to the least cost of coming back, path cost minus the sum of prices is a lower bound on
 * every soundtrack (Lagrangian relaxation; Fisher 1981): with n uses, repeatCost x max(0, n - 1) >= price x (n - 1).
 */
import { keyCount, type Instance } from "./instance.ts";

export interface Segment {
  readonly track: number;
  readonly start: number;
  readonly end: number;
}

export interface Relaxation {
  readonly instance: Instance;
  /** One price per track. */
  readonly prices: Float64Array;
  /** Cheapest way to be at a boundary and enter a track in a key, its change included: `[key * stride + boundary]`. */
  readonly entering: Float64Array;
  /** Cheapest way to end a track in a key at a boundary: `[boundary * keyCount + key]`. */
  readonly arrived: Float64Array;
  readonly arrivedTrack: Int32Array;
  /** Cheapest way on from a boundary after a track in a key: `[key * stride + boundary]`; at the end its exit cost. */
  readonly onward: Float64Array;
}

export function relax(instance: Instance): Relaxation {
  const size = instance.stride * keyCount;
  return {
    instance,
    prices: new Float64Array(instance.keyOf.length),
    entering: new Float64Array(size),
    arrived: new Float64Array(size),
    arrivedTrack: new Int32Array(size),
    onward: new Float64Array(size),
  };
}

/** The cheapest start of a track for an end; among equals the first that serves all ends of its block of the shortest length. */
function startOf({ instance, entering }: Relaxation, track: number, end: number): number {
  const { stride, cells, keyOf, prefix, earliest, latestStart, shortestCells } = instance;
  const row = track * stride;
  const keyRow = keyOf[track]! * stride;
  const first = end - ((end - 1) % shortestCells);
  const low = earliest[row + Math.min(cells, first + shortestCells - 1)]!;
  const high = latestStart[first]!;
  let best = Infinity;
  let from = -1;
  const look = (start: number, last: number) => {
    for (let at = start; at <= last; at += 1) {
      const cost = entering[keyRow + at]! - prefix[row + at]!;
      if (cost >= best) continue;
      best = cost;
      from = at;
    }
  };
  look(low, high);
  look(earliest[row + end]!, latestStart[end]!);
  return from;
}

/** The path behind the last forward pass. */
export function relaxedPath(relaxation: Relaxation): Segment[] {
  const { instance, arrived, arrivedTrack } = relaxation;
  const { keyOf, changeCosts, exitCosts, cells } = instance;
  const path: Segment[] = [];
  let end = cells;
  let nextKey = -1;
  while (end > 0) {
    let state = -1;
    let best = Infinity;
    for (let key = 0; key < keyCount; key += 1) {
      const change = nextKey === -1 ? exitCosts[key]! : changeCosts[key * keyCount + nextKey]!;
      const cost = arrived[end * keyCount + key]! + change;
      if (cost < best) {
        best = cost;
        state = end * keyCount + key;
      }
    }
    if (state === -1) return [];
    const track = arrivedTrack[state]!;
    const start = startOf(relaxation, track, end);
    path.push({ track, start, end });
    nextKey = keyOf[track]!;
    end = start;
  }
  return path.reverse();
}
