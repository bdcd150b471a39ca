/** What a person did, as far as recommendations look at it, and the habits in it. */
import type { ClassPlan, Intensity, Sport } from "../class-plan.ts";
import type { Milliseconds, Seconds, Share } from "../units.ts";

export interface PastWorkout {
  readonly classId: string;
  readonly sport: Sport;
  /** Null for a class that is not here any more. */
  readonly family: string | null;
  readonly intensity: Intensity | null;
  readonly durationS: Seconds;
  readonly startedAtMs: Milliseconds;
  /** Measured where that may be used, otherwise what the class asked for (`plannedLoad`). */
  readonly load: number;
  /** Done to its end. */
  readonly finished: boolean;
}

/** Now, and where on the clock that is for the person. */
export interface Moment {
  readonly nowMs: Milliseconds;
  /** Local time minus UTC. */
  readonly utcOffsetMinutes: number;
}

export const hourMs = 3_600_000;
export const dayMs = 24 * hourMs;
/** A workout says half as much about habits after four weeks. */
const habitHalfLifeMs = 28 * dayMs;
/** Workouts at a time of day this far off say 60 % as much about now. */
const timeOfDaySpreadH = 2.5;
/** Weeks repeat themselves: a workout of another day says less, one of the other kind of day (work, weekend) least. */
const otherDayWeight = 0.3;
const otherKindOfDayWeight = 0.2;

function localMs({ utcOffsetMinutes }: Moment, atMs: Milliseconds): Milliseconds {
  return atMs + utcOffsetMinutes * 60_000;
}

/** Calendar days between a moment of the past and now, in the person's own time. */
export function daysAgo(moment: Moment, atMs: Milliseconds): number {
  return Math.floor(localMs(moment, moment.nowMs) / dayMs) - Math.floor(localMs(moment, atMs) / dayMs);
}

function hourOf(moment: Moment, atMs: Milliseconds): number {
  return (localMs(moment, atMs) % dayMs) / hourMs;
}

/** Hours between two times of day, 0..12. */
export function hoursApart(moment: Moment, atMs: Milliseconds): number {
  const apart = Math.abs(hourOf(moment, atMs) - hourOf(moment, moment.nowMs));
  return Math.min(apart, 24 - apart);
}

/** 0 is Monday: the first of January 1970 was a Thursday. */
function weekdayOf(moment: Moment, atMs: Milliseconds): number {
  return (Math.floor(localMs(moment, atMs) / dayMs) + 3) % 7;
}

function likenessOfDay(moment: Moment, atMs: Milliseconds): Share {
  const [then, now] = [weekdayOf(moment, atMs), weekdayOf(moment, moment.nowMs)];
  if (then === now) return 1;
  return then >= 5 === now >= 5 ? otherDayWeight : otherKindOfDayWeight;
}

/** How much a workout of then says about now: recent ones, and those at this time of this day of the week, say more. */
export function habitWeight(moment: Moment, atMs: Milliseconds): number {
  const recency = 0.5 ** (Math.max(0, moment.nowMs - atMs) / habitHalfLifeMs);
  const timeOfDay = Math.exp(-0.5 * (hoursApart(moment, atMs) / timeOfDaySpreadH) ** 2);
  return recency * (0.1 + 0.9 * timeOfDay) * likenessOfDay(moment, atMs);
}

/** Each value's share of the weight, the keys that were never seen left out. */
export function weightedShares<K>(
  past: readonly PastWorkout[],
  keyOf: (workout: PastWorkout) => K | null,
  weightOf: (workout: PastWorkout) => number,
): Map<K, Share> {
  const sums = new Map<K, number>();
  let total = 0;
  for (const workout of past) {
    const key = keyOf(workout);
    if (key === null) continue;
    const weight = weightOf(workout);
    sums.set(key, (sums.get(key) ?? 0) + weight);
    total += weight;
  }
  return new Map([...sums].map(([key, sum]) => [key, total > 0 ? sum / total : 0]));
}

/** The length this person usually trains for at a moment like this: a weighted geometric mean; null without a past. */
export function usualDurationS(past: readonly PastWorkout[], moment: Moment): Seconds | null {
  let sum = 0;
  let total = 0;
  for (const { durationS, startedAtMs } of past) {
    if (durationS < 60) continue;
    const weight = habitWeight(moment, startedAtMs);
    sum += weight * Math.log(durationS);
    total += weight;
  }
  return total > 0 ? Math.exp(sum / total) : null;
}

/** Exertion at threshold on the CR10 scale; a class without power targets is weighed by it. */
const thresholdRpe = 7;

/** The load a class asks for in its first `durationS` seconds: hours x intensity^2 x 100, intensity as share of FTP or of threshold exertion. */
export function plannedLoad(plan: Pick<ClassPlan, "blocks">, durationS: Seconds): number {
  return plan.blocks.reduce((sum, block) => {
    const doneS = Math.min(block.durationS, Math.max(0, durationS - block.startS));
    const power = block.power === null ? null : (block.power.from + block.power.to) / 2;
    const intensity = power ?? (block.rpe ?? 0) / thresholdRpe;
    return sum + (doneS / 3600) * intensity ** 2 * 100;
  }, 0);
}
