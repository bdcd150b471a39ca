import type { Slot, Soundtrack } from "../soundtrack.ts";
import type { PlannerTrack } from "../track.ts";
import type { Seconds } from "../units.ts";
import { alignToBars, type Placed } from "./align.ts";
import { layOut, type Instance, type InstanceInput } from "./instance.ts";
import { metricsOf } from "./metrics.ts";
import { missingMusic } from "./missing-music.ts";
import { shortestSlotS, type SoundtrackClass } from "./objective.ts";
import { findSoundtrack, type Effort, type Found } from "./search.ts";
import { sourceLengthS } from "./timeline.ts";
import { reasonsFor } from "./why.ts";

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
}

/** Nothing to plan with: the library is empty, or no track in it lasts 15 s. */
export class NoTracksError extends RangeError {
  override name = "NoTracksError";
}

/** Slots may be shorter only where the library leaves no other way. */
const shortestTried: readonly Seconds[] = [shortestSlotS, 30, 15];

function search(input: InstanceInput, effort: Effort): { instance: Instance; found: Found } {
  const restS = input.plan.durationS - input.fromS;
  for (const shortestS of shortestTried) {
    const instance = layOut(input, Math.min(shortestS, restS));
    const found = instance.tracks.length === 0 ? null : findSoundtrack(instance, effort);
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

/**
 * Plans which tracks of a library sound when over a class (see objective.ts for what counts). Slots touch; the first starts
 * at `fromS`, the last ends with the class; every slot starts on a downbeat of its track and ends on a bar line of it, except the last.
 * `cost` and `lowerBound` are of the plan on the grid, before changes move to bar lines. Bounded work, no clock, deterministic.
 * Throws `NoTracksError` when there is nothing to plan with.
 */
export function planSoundtrack(input: PlanInput): Soundtrack {
  const { plan, tracks, seed, fromS = 0, exclude = [], previousTrackId, budget = "full" } = input;
  if (tracks.length === 0) throw new NoTracksError("There are no tracks to plan a soundtrack with.");
  if (!(plan.durationS > fromS)) {
    return {
      classId: plan.id,
      slots: [],
      metrics: metricsOf([]),
      missing: [],
      cost: 0,
      lowerBound: 0,
      gapPct: 0,
    };
  }
  const previous = tracks.find(({ id }) => id === previousTrackId);
  const { instance, found } = search(
    {
      plan,
      tracks: withoutExcluded(tracks, exclude),
      seed,
      fromS: Math.max(0, fromS),
      ...(previous === undefined ? {} : { previousKey: previous.key }),
    },
    efforts[budget],
  );
  const placed = alignToBars(instance, found.path);
  const metrics = metricsOf(placed);
  const { cost, lowerBound } = found;
  return {
    classId: plan.id,
    slots: toSlots(placed, plan),
    metrics,
    missing: missingMusic(plan.sport, instance.pieces.flat(), instance.tracks, metrics.repeats),
    cost,
    lowerBound,
    gapPct: lowerBound > 0 ? (100 * (cost - lowerBound)) / lowerBound : 0,
  };
}
