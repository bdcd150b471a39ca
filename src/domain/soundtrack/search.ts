/** Finds a cheap soundtrack and proves how cheap one could be at best. Work is counted in rounds, never in time. */
import { coarsen, refined } from "./coarse.ts";
import { improve, spreadRepeats } from "./improve.ts";
import type { Instance } from "./instance.ts";
import { trueCost } from "./label-search.ts";
import { boundWithMemory } from "./memory-bound.ts";
import { closeTracksOfPart, closest, planPart, searchBelow, tolerance } from "./part.ts";
import { passBackward, passForward, throughCosts } from "./passes.ts";
import { adjustPrices, priceSum } from "./prices.ts";
import { relax, type Relaxation, type Segment } from "./relaxation.ts";

export interface Effort {
  /** Rounds of price adjustment on grids of 4, 2 and 1 cells. */
  readonly rounds: readonly [number, number, number];
  /** Labels kept per boundary in the searches for whole soundtracks. */
  readonly width: number;
  /** Steps looked at from each boundary in these searches, and how many of them go on from one label. */
  readonly branches: number;
  readonly fan: number;
  /** Tracks looked at closely; the others only take part in the proof. */
  readonly closeTracks: number;
  /** Times over the whole soundtrack in which parts of it are planned anew. */
  readonly improvements: number;
  /** Steps of the last proof and search (see memory-bound.ts); 0 leaves it out. */
  readonly memoryWork: number;
}

export interface Found {
  readonly path: readonly Segment[];
  readonly cost: number;
  readonly lowerBound: number;
}

interface State {
  readonly relaxation: Relaxation;
  readonly effort: Effort;
  active: Int32Array;
  path: readonly Segment[];
  cost: number;
}

function take(state: State, path: readonly Segment[] | null): void {
  if (path === null) return;
  const cost = trueCost(state.relaxation.instance, path);
  if (cost >= state.cost) return;
  state.path = path;
  state.cost = cost;
}

/** The tracks that a soundtrack below the known cost could use, as this relaxation tells; the most promising ones where there are too many. */
function mattering(relaxation: Relaxation, tracks: Int32Array, cost: number, most: number): Int32Array {
  const through = throughCosts(relaxation, tracks);
  const limit = cost + priceSum(relaxation);
  const rank = Int32Array.from(tracks, (_, index) => index).filter((index) => through[index]! < limit);
  const kept = rank.sort((a, b) => through[a]! - through[b]! || a - b).subarray(0, most);
  return kept.map((index) => tracks[index]!).sort();
}

/** Prices, soundtracks and the tracks that matter, from the same problem on a coarser grid. */
function learnFromCoarse(state: State, tracks: Int32Array, factor: number, rounds: number): void {
  const { relaxation, effort } = state;
  if (rounds === 0 || relaxation.instance.cells < 4 * factor) return;
  const coarse = coarsen(relaxation.instance, tracks, factor);
  const onCoarse = { ...relax(coarse.instance), prices: relaxation.prices };
  if (!Number.isFinite(passForward(onCoarse, state.active))) return;
  const bound = adjustPrices(onCoarse, state.active, rounds, state.cost);
  passForward(onCoarse, state.active);
  const { path } = searchBelow(onCoarse, state.active, effort, { bound, cost: state.cost });
  take(state, path === null ? null : refined(path, coarse));
  if (!Number.isFinite(state.cost)) return;
  passForward(onCoarse, tracks);
  passBackward(onCoarse, tracks);
  state.active = mattering(onCoarse, tracks, state.cost, effort.closeTracks);
}

/** What every soundtrack costs at least. */
function boundOverAll({ relaxation }: State, all: Int32Array): number {
  return passForward(relaxation, all) - priceSum(relaxation);
}

/** Makes the tracks that can still matter the active ones; needs the forward pass over all. */
function keepMattering(state: State, all: Int32Array): void {
  passBackward(state.relaxation, all);
  state.active = mattering(state.relaxation, all, state.cost, Infinity);
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
    take(state, result.path);
    if (result.bound < below && result.bound <= bound) break;
    bound = Math.max(bound, result.bound);
    if (result.bound < below) break;
  }
  return bound;
}

function spreadIfRepeated(state: State): void {
  const { instance } = state.relaxation;
  if (new Set(state.path.map(({ track }) => track)).size === state.path.length) return;
  const all = Int32Array.from(instance.tracks, (_, track) => track);
  take(state, spreadRepeats(instance, state.path, all));
}

/** Rounds of price adjustment for a part: its prices come from the whole. */
const partRounds = 6;

function improveParts(state: State): void {
  const { relaxation, effort } = state;
  if (state.path.length === 0 || effort.improvements === 0) return;
  const planned = (part: Instance, tracks: readonly number[]) => {
    const prices = Float64Array.from(tracks, (track) => relaxation.prices[track]!);
    return planPart(part, closest(part, closeTracksOfPart), prices, partRounds);
  };
  take(state, improve(relaxation.instance, state.path, state.active, planned, effort.improvements));
}

/** Proves how much cheaper a soundtrack could be, and finds a better one where the proof comes across it. */
function prove(state: State, all: Int32Array, looked: Int32Array): Found {
  const { relaxation, effort } = state;
  const found = (bound: number): Found => {
    const { path, cost } = state;
    return { path, cost, lowerBound: Math.min(bound, cost) };
  };
  let bound = boundOverAll(state, all);
  if (effort.memoryWork === 0) return found(bound);
  keepMattering(state, all);
  if (state.active.some((track) => !looked.includes(track))) {
    // Tracks that were not looked at closely do matter: look again with them.
    adjustPrices(relaxation, state.active, effort.rounds[2], state.cost);
    bound = Math.max(bound, boundOverAll(state, all));
    keepMattering(state, all);
  }
  const { path, isBest } = searchBelow(relaxation, state.active, effort, { bound, cost: state.cost });
  take(state, path);
  if (isBest) return found(state.cost);
  state.active = mattering(relaxation, state.active, state.cost, Infinity);
  return found(raiseBound(state, bound, effort.memoryWork));
}

/** The best soundtrack for an instance within an effort, or null when no soundtrack is possible. */
export function findSoundtrack(instance: Instance, effort: Effort): Found | null {
  const relaxation = relax(instance);
  const all = Int32Array.from(instance.tracks, (_, track) => track);
  let active = closest(instance, effort.closeTracks);
  if (!Number.isFinite(passForward(relaxation, active))) active = all;
  const state: State = { relaxation, effort, active, path: [], cost: Infinity };
  learnFromCoarse(state, effort.memoryWork === 0 ? active : all, 4, effort.rounds[0]);
  learnFromCoarse(state, state.active, 2, effort.rounds[1]);
  active = state.active;
  const bound = adjustPrices(relaxation, active, effort.rounds[2], state.cost);
  passForward(relaxation, active);
  take(state, searchBelow(relaxation, active, effort, { bound, cost: state.cost }).path);
  if (state.path.length === 0) return null;
  spreadIfRepeated(state);
  improveParts(state);
  return prove(state, all, active);
}
