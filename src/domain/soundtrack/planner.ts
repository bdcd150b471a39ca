import type { Alternative, Slot, Soundtrack, Swap } from "../soundtrack.ts";
import type { PlannerTrack } from "../track.ts";
import type { Seconds } from "../units.ts";
import { alignToBars, type Placed } from "./align.ts";
import { layOut, type Instance } from "./instance.ts";
import { trueCost } from "./label-search.ts";
import { metricsOf } from "./metrics.ts";
import { missingMusic } from "./missing-music.ts";
import { shortestSlotS, type SoundtrackClass } from "./objective.ts";
import type { Segment } from "./relaxation.ts";
import { findSoundtrack, type Effort, type Found } from "./search.ts";
import { alternativesAt, swapAll } from "./swap.ts";
import { sourceLengthS } from "./timeline.ts";
import { reasonsFor, worseWords } from "./why.ts";

/** How hard to look: `full` for a class page, `quick` for a new plan while the music plays. */
export type PlanBudget = "full" | "quick";

const efforts: Readonly<Record<PlanBudget, Effort>> = {
  full: {
    rounds: [160, 60, 24],
    width: 48,
    branches: 96,
    fan: 24,
    closeTracks: 250,
    improvements: 4,
    memoryWork: 1_200_000,
  },
  quick: {
    rounds: [60, 8, 0],
    width: 6,
    branches: 48,
    fan: 8,
    closeTracks: 90,
    improvements: 0,
    memoryWork: 0,
  },
};

export interface PlanInput {
  readonly plan: SoundtrackClass;
  readonly tracks: readonly PlannerTrack[];
  /** Decides ties, and nothing else: the same seed gives the same soundtrack. */
  readonly seed: number;
  /** Class time from which to plan; 0 when left out. Earlier time is not covered. */
  readonly fromS?: Seconds;
  /** Tracks not to use: skipped, failed, or heard already. Ignored when nothing else is left. */
  readonly exclude?: Iterable<string>;
  /** The track that sounds before `fromS`: its key counts for the first change. */
  readonly previousTrackId?: string;
  readonly budget?: PlanBudget;
  /** Tracks that shall sound at given times; what cannot be done is left out. */
  readonly swaps?: readonly Swap[];
  /** What the same input gave without swaps, where it is at hand: it is not looked for again. */
  readonly unswapped?: Pick<Soundtrack, "grid" | "lowerBound">;
}

/** Nothing to plan with: the library is empty, or no track in it lasts 15 s. */
export class NoTracksError extends RangeError {
  override name = "NoTracksError";
}

/** Slots may be shorter only where the library leaves no other way. */
const shortestTried: readonly Seconds[] = [shortestSlotS, 30, 15];

interface Planned {
  readonly instance: Instance;
  readonly found: Pick<Found, "path" | "lowerBound">;
}

/** The segments of a plan on the grid; null where the instance is another one. */
function pathOf({ boundaries, tracks }: Instance, { grid }: Pick<Soundtrack, "grid">): Segment[] | null {
  const numberOf = new Map(tracks.map(({ id }, track) => [id, track]));
  const path = grid.map(({ trackId, startS, endS }) => ({
    track: numberOf.get(trackId) ?? -1,
    start: boundaries.indexOf(startS),
    end: boundaries.indexOf(endS),
  }));
  return path.every(({ track, start, end }) => track >= 0 && start >= 0 && end > start) ? path : null;
}

function layOutFor(input: PlanInput, shortestS: Seconds): Instance {
  const { plan, tracks, seed, fromS = 0, exclude = [], previousTrackId } = input;
  const previous = tracks.find(({ id }) => id === previousTrackId);
  const key = previous === undefined ? {} : { previousKey: previous.key };
  const usable = withoutExcluded(tracks, exclude);
  const firstS = Math.max(0, fromS);
  return layOut(
    { plan, tracks: usable, seed, fromS: firstS, ...key },
    Math.min(shortestS, plan.durationS - firstS),
  );
}

/** The soundtrack without swaps. */
function search(input: PlanInput): Planned {
  const { unswapped, budget = "full" } = input;
  for (const shortestS of shortestTried) {
    if (unswapped !== undefined && unswapped.grid.some(({ startS, endS }) => endS - startS < shortestS))
      continue;
    const instance = layOutFor(input, shortestS);
    const known = unswapped === undefined ? null : pathOf(instance, unswapped);
    if (unswapped !== undefined && known !== null)
      return { instance, found: { path: known, lowerBound: unswapped.lowerBound } };
    const found = instance.tracks.length === 0 ? null : findSoundtrack(instance, efforts[budget]);
    if (found !== null) return { instance, found };
  }
  throw new NoTracksError("No track is long enough to plan a soundtrack with: 15 s at least.");
}

/** The tempo ratio that holds for most of a slot; 0 where no cadence is asked for or no tempo is known. */
function mainRatio({ played }: Placed): number {
  const heldS = new Map<number, number>();
  for (const { fit, startS, endS } of played) {
    if (fit !== null) heldS.set(fit.tempoRatio, (heldS.get(fit.tempoRatio) ?? 0) + endS - startS);
  }
  return [...heldS].reduce((best, next) => (next[1] > best[1] ? next : best), [0, 0] as const)[0];
}

function toSlots(placed: readonly Placed[], plan: SoundtrackClass): Slot[] {
  return placed.map((one, index) => {
    const tempoRatio = mainRatio(one);
    return {
      startS: one.startS,
      endS: one.endS,
      trackId: one.track.id,
      sourceStartS: one.sourceStartS,
      tempoRatio,
      stretch: sourceLengthS(one.played) / (one.endS - one.startS),
      why: reasonsFor(placed, index, tempoRatio, plan.sport),
    };
  });
}

function withoutExcluded(
  tracks: readonly PlannerTrack[],
  exclude: Iterable<string>,
): readonly PlannerTrack[] {
  const excluded = new Set(exclude);
  const left = tracks.filter(({ id }) => !excluded.has(id));
  return left.length > 0 ? left : tracks;
}

function gridOf({ boundaries, tracks }: Instance, path: readonly Segment[]): Soundtrack["grid"] {
  return path.map(({ track, start, end }) => ({
    trackId: tracks[track]!.id,
    startS: boundaries[start]!,
    endS: boundaries[end]!,
  }));
}

function nothingLeft(plan: SoundtrackClass): Soundtrack {
  const metrics = metricsOf([]);
  const nothing = { slots: [], missing: [], swaps: [], grid: [] };
  return { classId: plan.id, ...nothing, metrics, cost: 0, lowerBound: 0, gapPct: 0 };
}

/**
 * Plans which tracks of a library sound when over a class (see objective.ts for what counts). Slots touch; the first starts
 * at `fromS`, the last ends with the class; every slot starts on a downbeat of its track and ends on a bar line of it, except the last.
 * `cost` and `lowerBound` are of the plan on the grid, before changes move to bar lines; the bound is that of a plan without
 * swaps. Bounded work, no clock, deterministic. Throws `NoTracksError` when there is nothing to plan with.
 */
export function planSoundtrack(input: PlanInput): Soundtrack {
  const { plan, tracks, fromS = 0, swaps = [] } = input;
  if (tracks.length === 0) throw new NoTracksError("There are no tracks to plan a soundtrack with.");
  if (!(plan.durationS > fromS)) return nothingLeft(plan);
  const { instance, found } = search(input);
  const swapped = swapAll(instance, found.path, swaps);
  const placed = alignToBars(instance, swapped.path);
  const metrics = metricsOf(placed);
  const cost = trueCost(instance, swapped.path);
  const lowerBound = Math.min(found.lowerBound, cost);
  return {
    classId: plan.id,
    slots: toSlots(placed, plan),
    metrics,
    missing: missingMusic(plan.sport, instance.pieces.flat(), instance.tracks, metrics.repeats),
    swaps: swapped.swaps,
    grid: gridOf(instance, swapped.path),
    cost,
    lowerBound,
    gapPct: lowerBound > 0 ? (100 * (cost - lowerBound)) / lowerBound : 0,
  };
}

/** So many other tracks are offered for a slot. */
const mostAlternatives = 5;

/**
 * The next best tracks for the slot that sounds at class time `atS`, cheapest first: what swapping each in would cost, and
 * the slot it would get. A swap of that slot that `swaps` holds already gives way. Empty where the library has no other.
 */
export function alternativeTracks(input: PlanInput, atS: Seconds): Alternative[] {
  const { plan, tracks, fromS = 0, swaps = [] } = input;
  if (tracks.length === 0) throw new NoTracksError("There are no tracks to plan a soundtrack with.");
  if (!(atS >= fromS && atS < plan.durationS)) return [];
  const { instance, found } = search(input);
  const present = swapAll(instance, found.path, swaps);
  const cost = trueCost(instance, present.path);
  return alternativesAt(instance, { found: found.path, present }, atS, mostAlternatives).map(
    ({ path, swaps: all }) => {
      const slots = toSlots(alignToBars(instance, path), plan);
      const at = path.findIndex(({ end }) => instance.boundaries[end]! > atS);
      const extraCost = trueCost(instance, path) - cost;
      const extraPct = cost > 0 ? (100 * extraCost) / cost : 0;
      return { slot: slots[at]!, swaps: all, extraCost, extraPct, words: worseWords(extraPct) };
    },
  );
}
