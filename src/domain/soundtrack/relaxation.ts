/**
 * The planning problem without "no track twice", where every use of a track pays its price instead: a shortest path over
 * (boundary, key), solved exactly. For prices from 0 to the least cost of coming back, path cost minus the sum of prices is a lower bound on
 * every soundtrack (Lagrangian relaxation; Fisher 1981): with n uses, repeatCost x max(0, n - 1) >= price x (n - 1).
 */
import { keyCount, type Instance } from "./instance.ts";
import { clashCost } from "./objective.ts";

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
  readonly arrivedFrom: Int16Array;
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
    arrivedFrom: new Int16Array(size),
    onward: new Float64Array(size),
  };
}

/** Adds the cheapest change of key to the costs of having arrived at one boundary. */
function enterFrom(relaxation: Relaxation, boundary: number): void {
  const { instance, arrived, entering } = relaxation;
  const { changeCosts, stride } = instance;
  const row = boundary * keyCount;
  let cheapest = Infinity;
  for (let key = 0; key < keyCount; key += 1) cheapest = Math.min(cheapest, arrived[row + key]!);
  for (let key = 0; key < keyCount; key += 1) entering[key * stride + boundary] = Infinity;
  for (let before = 0; before < keyCount; before += 1) {
    const reached = arrived[row + before]!;
    // From the cheapest key even a clash is better than anything from here.
    if (reached > cheapest + clashCost || reached === Infinity) continue;
    for (let key = 0; key < keyCount; key += 1) {
      const cost = reached + changeCosts[before * keyCount + key]!;
      const at = key * stride + boundary;
      if (cost < entering[at]!) entering[at] = cost;
    }
  }
}

/**
 * Ends of one track from `first` to `last`, none of which can be a start of another: cheapest start for each. Answers what
 * its cheapest start costs at `last`, the row's running cost there not included: no later end has a cheaper one among these.
 */
function arriveAt(relaxation: Relaxation, track: number, first: number, last: number): number {
  const { instance, prices, entering, arrived, arrivedTrack, arrivedFrom } = relaxation;
  const { stride, keyOf, prefix, earliest, latestStart } = instance;
  const row = track * stride;
  const key = keyOf[track]!;
  const keyRow = key * stride;
  // Starts that serve all of these ends are compared once.
  const low = earliest[row + last]!;
  const high = latestStart[first]!;
  let shared = Infinity;
  let sharedFrom = -1;
  for (let start = low; start <= high; start += 1) {
    const cost = entering[keyRow + start]! - prefix[row + start]!;
    if (cost < shared) {
      shared = cost;
      sharedFrom = start;
    }
  }
  let best = shared;
  for (let end = first; end <= last; end += 1) {
    best = shared;
    let from = sharedFrom;
    const latest = latestStart[end]!;
    for (let start = earliest[row + end]!; start <= latest; start += 1) {
      if (start >= low && start <= high) {
        start = high;
        continue;
      }
      const cost = entering[keyRow + start]! - prefix[row + start]!;
      if (cost < best) {
        best = cost;
        from = start;
      }
    }
    const cost = best + prefix[row + end]! + prices[track]!;
    const state = end * keyCount + key;
    if (cost < arrived[state]!) {
      arrived[state] = cost;
      arrivedTrack[state] = track;
      arrivedFrom[state] = from;
    }
  }
  return best;
}

/** Arrives at the ends `first` to `last` with every track; `floors` has what each one's starts before `fresh` cost at least. */
function arriveWith(
  relaxation: Relaxation,
  active: Int32Array,
  floors: Float64Array,
  [first, last, fresh]: readonly [number, number, number],
): void {
  const { instance, prices, entering, arrived } = relaxation;
  const { stride, keyOf, prefix, latestStart } = instance;
  const latest = latestStart[last]!;
  for (let at = 0; at < active.length; at += 1) {
    const track = active[at]!;
    const row = track * stride;
    const key = keyOf[track]!;
    let floor = floors[at]!;
    for (let start = fresh; start <= latest; start += 1) {
      const cost = entering[key * stride + start]! - prefix[row + start]!;
      if (cost < floor) floor = cost;
    }
    floors[at] = floor;
    // Most tracks are nowhere near the cheapest: that is told without a look at their starts one by one.
    const price = prices[track]!;
    for (let end = first; end <= last; end += 1) {
      if (floor + prefix[row + end]! + price >= arrived[end * keyCount + key]!) continue;
      floors[at] = arriveAt(relaxation, track, first, last);
      break;
    }
  }
}

/** Solves the relaxation over the tracks `active`, from the start on. Answers its cost, prices included; Infinity when nothing fits. */
export function passForward(relaxation: Relaxation, active: Int32Array): number {
  const { instance, entering, arrived } = relaxation;
  const { stride, cells, entryCosts, exitCosts, shortestCells, latestStart } = instance;
  arrived.fill(Infinity);
  for (let key = 0; key < keyCount; key += 1) entering[key * stride] = entryCosts[key]!;
  const floors = new Float64Array(active.length).fill(Infinity);
  for (let first = 1, fresh = 0; first <= cells; first += shortestCells) {
    const last = Math.min(cells, first + shortestCells - 1);
    arriveWith(relaxation, active, floors, [first, last, fresh]);
    fresh = latestStart[last]! + 1;
    for (let end = first; end <= last; end += 1) enterFrom(relaxation, end);
  }
  let best = Infinity;
  for (let key = 0; key < keyCount; key += 1) {
    best = Math.min(best, arrived[cells * keyCount + key]! + exitCosts[key]!);
  }
  return best;
}

/** The same as `enterFrom`, backwards: from what it costs to go on with a key to what it costs to come from one. */
function leaveFor(instance: Instance, starting: Float64Array, onward: Float64Array, boundary: number): void {
  const { changeCosts, stride } = instance;
  let cheapest = Infinity;
  for (let key = 0; key < keyCount; key += 1) {
    cheapest = Math.min(cheapest, starting[key * stride + boundary]!);
    onward[key * stride + boundary] = Infinity;
  }
  for (let next = 0; next < keyCount; next += 1) {
    const going = starting[next * stride + boundary]!;
    if (going > cheapest + clashCost || going === Infinity) continue;
    for (let key = 0; key < keyCount; key += 1) {
      const cost = going + changeCosts[key * keyCount + next]!;
      const at = key * stride + boundary;
      if (cost < onward[at]!) onward[at] = cost;
    }
  }
}

/** The first end of a segment from each boundary; cells + 1 where there is none. */
export function firstEnds({ stride, cells, latestStart }: Instance): Int32Array {
  const first = new Int32Array(stride);
  for (let start = 0, end = 0; start < stride; start += 1) {
    while (end <= cells && latestStart[end]! < start) end += 1;
    first[start] = end;
  }
  return first;
}

interface Backward {
  readonly relaxation: Relaxation;
  readonly firstEnd: Int32Array;
  /** Cheapest way on with a track of a key entering at a boundary: `[key * stride + boundary]`. */
  readonly starting: Float64Array;
  /** What each track's ends looked at so far cost at least, with the way on from there. */
  readonly floors: Float64Array;
}

/** The same as `arriveAt`, backwards: starts of one track from `low` to `high`, none of which can be an end of another. */
function startAt(
  { relaxation, firstEnd, starting }: Backward,
  track: number,
  low: number,
  high: number,
): number {
  const { instance, prices, onward } = relaxation;
  const { stride, cells, keyOf, prefix, earliest } = instance;
  const row = track * stride;
  const keyRow = keyOf[track]! * stride;
  const price = prices[track]!;
  const restAt = (end: number) => onward[keyRow + end]! + prefix[row + end]! + price;
  const firstShared = firstEnd[high]!;
  let shared = Infinity;
  let afterShared = firstShared;
  for (; afterShared <= cells && earliest[row + afterShared]! <= low; afterShared += 1)
    shared = Math.min(shared, restAt(afterShared));
  let best = shared;
  for (let start = high; start >= low; start -= 1) {
    best = shared;
    for (let end = firstEnd[start]!; end < firstShared && earliest[row + end]! <= start; end += 1)
      best = Math.min(best, restAt(end));
    for (let end = afterShared; end <= cells && earliest[row + end]! <= start; end += 1)
      best = Math.min(best, restAt(end));
    const cost = best - prefix[row + start]!;
    if (cost < starting[keyRow + start]!) starting[keyRow + start] = cost;
  }
  return best;
}

/** Starts from `low` to `high` with every track; `known` is the first end that the floors hold already. */
function startWith(
  backward: Backward,
  active: Int32Array,
  [low, high, known]: readonly [number, number, number],
): void {
  const { relaxation, firstEnd, starting, floors } = backward;
  const { instance, prices, onward } = relaxation;
  const { stride, keyOf, prefix } = instance;
  for (let at = 0; at < active.length; at += 1) {
    const track = active[at]!;
    const row = track * stride;
    const keyRow = keyOf[track]! * stride;
    const price = prices[track]!;
    let floor = floors[at]!;
    for (let end = firstEnd[low]!; end < known; end += 1) {
      const rest = onward[keyRow + end]! + prefix[row + end]! + price;
      if (rest < floor) floor = rest;
    }
    floors[at] = floor;
    for (let start = low; start <= high; start += 1) {
      if (floor - prefix[row + start]! >= starting[keyRow + start]!) continue;
      floors[at] = startAt(backward, track, low, high);
      break;
    }
  }
}

/** The same from the end backwards: fills `onward`. */
export function passBackward(relaxation: Relaxation, active: Int32Array): void {
  const { instance, onward } = relaxation;
  const { stride, cells, exitCosts, shortestCells } = instance;
  const starting = new Float64Array(stride * keyCount).fill(Infinity);
  const floors = new Float64Array(active.length).fill(Infinity);
  const firstEnd = firstEnds(instance);
  const backward = { relaxation, firstEnd, starting, floors };
  for (let key = 0; key < keyCount; key += 1) onward[key * stride + cells] = exitCosts[key]!;
  for (let high = cells - 1, known = cells + 1; high >= 0; high -= shortestCells) {
    const low = Math.max(0, high - shortestCells + 1);
    startWith(backward, active, [low, high, known]);
    known = firstEnd[low]!;
    for (let boundary = high; boundary >= low; boundary -= 1) leaveFor(instance, starting, onward, boundary);
  }
}

/** The path behind the last forward pass. */
export function relaxedPath(relaxation: Relaxation): Segment[] {
  const { instance, arrived, arrivedTrack, arrivedFrom } = relaxation;
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
    const start = arrivedFrom[state]!;
    path.push({ track, start, end });
    nextKey = keyOf[track]!;
    end = start;
  }
  return path.reverse();
}

/** Cost of the cheapest relaxed path through each track, prices included; needs both passes. */
export function throughCosts(relaxation: Relaxation, tracks: Int32Array): Float64Array {
  const { instance, prices, entering, onward } = relaxation;
  const { stride, cells, keyOf, prefix, earliest, latestStart } = instance;
  return Float64Array.from(tracks, (track) => {
    const row = track * stride;
    const keyRow = keyOf[track]! * stride;
    let best = Infinity;
    let floor = Infinity;
    for (let end = 1, fresh = 0; end <= cells; end += 1) {
      const last = latestStart[end]!;
      for (; fresh <= last; fresh += 1) {
        const cost = entering[keyRow + fresh]! - prefix[row + fresh]!;
        if (cost < floor) floor = cost;
      }
      const rest = prefix[row + end]!;
      const on = onward[keyRow + end]!;
      if (floor + rest + on >= best) continue;
      floor = Infinity;
      for (let start = earliest[row + end]!; start <= last; start += 1) {
        const cost = entering[keyRow + start]! - prefix[row + start]!;
        if (cost < floor) floor = cost;
      }
      best = Math.min(best, floor + rest + on);
    }
    return best + prices[track]!;
  });
}
