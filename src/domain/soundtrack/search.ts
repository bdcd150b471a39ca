/** Finds a cheap soundtrack and proves how cheap one could be at best. Work is counted in rounds, never in time. */
import type { Instance } from "./instance.ts";
import { searchLabels, trueCost } from "./label-search.ts";
import { boundWithMemory } from "./memory-bound.ts";
import { improve, spreadRepeats } from "./improve.ts";
import {
  passBackward,
  passForward,
  relax,
  relaxedPath,
  throughCosts,
  type Relaxation,
  type Segment,
} from "./relaxation.ts";

export interface Effort {
  /** Rounds of price adjustment. */
  readonly rounds: number;
  /** Labels kept per boundary in the searches for whole soundtracks. */
  readonly width: number;
  /** Steps looked at from each boundary in these searches, and how many of them go on from one label. */
  readonly branches: number;
  readonly fan: number;
  /** Tracks looked at closely; the others only take part in the proof. */
  readonly closeTracks: number;
  /** Steps of the last proof and search (see memory-bound.ts); 0 leaves out all that a new plan in a hurry can do without. */
  readonly memoryWork: number;
}

export interface Found {
  readonly path: readonly Segment[];
  readonly cost: number;
  readonly lowerBound: number;
}

/** Lengths of one track tried from each boundary. */
const lengths = 3;
/** Rounding of sums of some hundred terms stays far below this. */
const tolerance = 1e-6;

interface State {
  readonly relaxation: Relaxation;
  readonly effort: Effort;
  active: Int32Array;
  path: readonly Segment[];
  cost: number;
}

function priceSum(relaxation: Relaxation): number {
  return relaxation.prices.reduce((sum, price) => sum + price, 0);
}

/** How far above the bound soundtracks are looked for while none is known; the last is every soundtrack there is. */
const reaches = [1.1, 1.4, Infinity] as const;

/** Looks for a better soundtrack among the active tracks. Answers whether the one known is proven the best of them. */
function tryLabels(state: State, width: number, bound: number): boolean {
  const { relaxation, active: tracks } = state;
  const { branches, fan } = state.effort;
  passBackward(relaxation, tracks);
  for (const reach of reaches) {
    const below = Math.min(state.cost - tolerance, Math.max(bound, 0) * reach + 1);
    const result = searchLabels(relaxation, { tracks, width, below, branches, lengths, fan });
    if (result.path !== null) {
      state.path = result.path;
      state.cost = result.cost;
    }
    if (Number.isFinite(state.cost)) return result.exhaustive && below >= state.cost - 2 * tolerance;
  }
  return false;
}

/** Rounds between searches for a better soundtrack while prices are still moving. */
const tryEvery = 30;

/** Drops tracks that no better soundtrack can use, as far as the active tracks tell; needs both passes at present prices. */
function dropHopeless(state: State): void {
  const through = throughCosts(state.relaxation, state.active);
  const limit = state.cost + priceSum(state.relaxation);
  state.active = state.active.filter((_, index) => through[index]! < limit);
}

/**
 * Raises the prices of tracks the relaxed path uses more than once and lowers those of tracks it leaves out
 * (subgradient steps, length by Polyak 1969, direction smoothed as in Camerini, Fratta & Maffioli 1975). Leaves the best prices in place.
 */
function adjustPrices(state: State, rounds: number): number {
  const { relaxation } = state;
  const { prices } = relaxation;
  const best = prices.slice();
  const direction = new Float64Array(prices.length);
  let bestBound = -Infinity;
  let boldness = 1;
  let sinceBetter = 0;
  for (let round = 0; round < rounds; round += 1) {
    const bound = passForward(relaxation, state.active) - priceSum(relaxation);
    sinceBetter += 1;
    if (bound > bestBound + 1e-9) {
      bestBound = bound;
      best.set(prices);
      sinceBetter = 0;
    } else if (sinceBetter >= 8) {
      boldness /= 2;
      sinceBetter = 0;
      prices.set(best);
      direction.fill(0);
      continue;
    }
    if (round % tryEvery === tryEvery - 1) {
      tryLabels(state, Math.ceil(state.effort.width / 4), bestBound);
      dropHopeless(state);
    }
    if (state.cost - bestBound < 1e-4 * state.cost) break;
    const uses = new Map<number, number>();
    for (const { track } of relaxedPath(relaxation)) uses.set(track, (uses.get(track) ?? 0) + 1);
    let length = 0;
    for (const track of state.active) {
      const slope = (uses.get(track) ?? 0) - 1;
      const free = prices[track]! > 0 || slope > 0 ? slope : 0;
      direction[track] = free === 0 ? 0 : 0.5 * direction[track]! + free;
      length += direction[track] ** 2;
    }
    if (length === 0) break;
    const goal = Number.isFinite(state.cost) ? state.cost : bound * 1.05 + 1;
    const step = (boldness * Math.max(goal - bound, 0.01 * goal)) / length;
    for (const track of state.active) {
      prices[track] = Math.min(
        relaxation.instance.repeatCost,
        Math.max(0, prices[track]! + step * direction[track]!),
      );
    }
  }
  prices.set(best);
  return bestBound;
}

/** Cells of the windows by which tracks are compared at first: two minutes. */
const windowCells = 8;

/** The tracks that come nearest to the best one anywhere in the class. */
function closest({ tracks, cells, stride, prefix }: Instance, count: number): Int32Array {
  const all = Int32Array.from(tracks, (_, track) => track);
  if (all.length <= count) return all;
  const excess = new Float64Array(all.length).fill(Infinity);
  const width = Math.min(windowCells, cells);
  for (let start = 0; start + width <= cells; start += Math.ceil(width / 4)) {
    let best = Infinity;
    for (const track of all) {
      const row = track * stride + start;
      best = Math.min(best, prefix[row + width]! - prefix[row]!);
    }
    for (const track of all) {
      const row = track * stride + start;
      const over = prefix[row + width]! - prefix[row]! - best;
      if (over < excess[track]!) excess[track] = over;
    }
  }
  return all
    .sort((a, b) => excess[a]! - excess[b]! || a - b)
    .slice(0, count)
    .sort();
}

/** Makes the tracks that can still matter the active ones, with both passes done over all. Answers the proven bound. */
function proveOverAll(state: State, all: Int32Array): number {
  const { relaxation } = state;
  const bound = passForward(relaxation, all) - priceSum(relaxation);
  passBackward(relaxation, all);
  const through = throughCosts(relaxation, all);
  const limit = state.cost + priceSum(relaxation);
  state.active = all.filter((track) => through[track]! < limit);
  return bound;
}

/** The bound is raised by this share at a time: the nearer the limit, the fewer segments there are to look at. */
const raise = 0.015;

/**
 * Shows, limit by limit, that no soundtrack costs less, until the one known is reached or the work is done.
 * Needs both passes over the active tracks, and active tracks that include all that matter.
 */
function raiseBound(state: State, provenBound: number, mostWork: number): number {
  const { relaxation, active: tracks } = state;
  const memory = new Map<number, number>();
  let bound = provenBound;
  let work = mostWork;
  // Remembered tracks never come back: right only while coming back is dearer than the soundtrack known.
  while (work > 0 && bound < state.cost - tolerance && state.cost < bound + relaxation.instance.repeatCost) {
    const below = Math.min(state.cost, bound * (1 + raise) + tolerance);
    const result = boundWithMemory(relaxation, { tracks, below, work, memory });
    work -= result.work + 1;
    const cost = result.path === null ? Infinity : trueCost(relaxation.instance, result.path);
    if (result.path !== null && cost < state.cost) {
      state.path = result.path;
      state.cost = cost;
    }
    if (result.bound < below && result.bound <= bound) break;
    bound = Math.max(bound, result.bound);
    if (result.bound < below) break;
  }
  return bound;
}

const partEffort: Effort = { rounds: 24, width: 16, branches: 60, fan: 16, closeTracks: 90, memoryWork: 0 };

function spreadIfRepeated(state: State): void {
  const { instance } = state.relaxation;
  if (new Set(state.path.map(({ track }) => track)).size === state.path.length) return;
  const all = Int32Array.from(instance.tracks, (_, track) => track);
  state.path = spreadRepeats(instance, state.path, all);
  state.cost = trueCost(instance, state.path);
}

function improveParts(state: State): void {
  if (state.path.length === 0) return;
  const { instance } = state.relaxation;
  const planPart = (part: Instance) => findSoundtrack(part, partEffort)?.path ?? null;
  state.path = improve(instance, state.path, state.active, planPart);
  state.cost = trueCost(instance, state.path);
}

/** One search at the prices found, and the plain bound. */
function quickAnswer(state: State, all: Int32Array): Found | null {
  const { relaxation, effort } = state;
  const bound = passForward(relaxation, state.active) - priceSum(relaxation);
  tryLabels(state, effort.width, bound);
  if (!Number.isFinite(state.cost)) return null;
  spreadIfRepeated(state);
  const lowerBound = passForward(relaxation, all) - priceSum(relaxation);
  return { path: state.path, cost: state.cost, lowerBound: Math.min(lowerBound, state.cost) };
}

/** The best soundtrack for an instance within an effort, or null when no soundtrack is possible. */
export function findSoundtrack(instance: Instance, effort: Effort): Found | null {
  const relaxation = relax(instance);
  const all = Int32Array.from(instance.tracks, (_, track) => track);
  let active = closest(instance, effort.closeTracks);
  if (!Number.isFinite(passForward(relaxation, active))) active = all;
  const state: State = { relaxation, effort, active, path: [], cost: Infinity };
  const bound = adjustPrices(state, effort.rounds);
  if (effort.memoryWork === 0) return quickAnswer(state, all);
  if (!Number.isFinite(state.cost)) tryLabels(state, effort.width, bound);
  if (!Number.isFinite(state.cost) && active === all) return null;
  improveParts(state);
  spreadIfRepeated(state);
  let lowerBound = proveOverAll(state, all);
  if (state.active.some((track) => !active.includes(track))) {
    // Tracks that were not looked at closely do matter: look again with them.
    adjustPrices(state, Math.ceil(effort.rounds / 3));
    lowerBound = Math.max(lowerBound, proveOverAll(state, all));
  }
  if (tryLabels(state, effort.width, lowerBound))
    return { path: state.path, cost: state.cost, lowerBound: state.cost };
  lowerBound = raiseBound(state, lowerBound, effort.memoryWork);
  return { path: state.path, cost: state.cost, lowerBound: Math.min(lowerBound, state.cost) };
}
