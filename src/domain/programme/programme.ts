/** Programmes: classes in an order that builds up, week by week; and how far a person is in one. */
import type { Level, Sport } from "../class-plan.ts";
import type { Milliseconds, Seconds } from "../units.ts";

export interface Programme {
  readonly id: string;
  readonly title: string;
  readonly sport: Sport;
  readonly level: Level;
  readonly description: string;
  /** Class ids, week by week, in the order they are done. */
  readonly weeks: readonly (readonly string[])[];
}

/** A workout as far as a programme cares. */
export interface DoneClass {
  readonly classId: string;
  readonly startedAtMs: Milliseconds;
  readonly durationS: Seconds;
  readonly isWhole: boolean;
}

export interface Session {
  /** Both from 1. */
  readonly week: number;
  readonly number: number;
  readonly classId: string;
  readonly doneAtMs: Milliseconds | null;
}

export interface Progress {
  readonly sessions: readonly Session[];
  readonly done: number;
  /** Index of the first session that is not done; null when all are. */
  readonly next: number | null;
}

/** Whoever ends a class early, but not by much, has done it. */
const enoughShare = 0.8;
/** Workouts longer before the latest of a programme belong to an earlier attempt. */
export const countedMs: Milliseconds = 26 * 7 * 86_400_000;

/** Whether a workout counts as the class done, given how long the class is. */
export function countsAsDone(workout: DoneClass, classDurationS: Seconds): boolean {
  return workout.isWhole || workout.durationS >= enoughShare * classDurationS;
}

/**
 * How far somebody is, from workouts that count. Sessions are done in their order: a class that comes again is done again by
 * the next workout of it, and each workout counts once.
 */
export function progressOf(programme: Programme, workouts: readonly DoneClass[]): Progress {
  const wanted = new Set(programme.weeks.flat());
  const own = workouts.filter(({ classId }) => wanted.has(classId));
  const latestMs = Math.max(...own.map(({ startedAtMs }) => startedAtMs));
  const counted = own
    .filter(({ startedAtMs }) => startedAtMs > latestMs - countedMs)
    .toSorted((one, other) => one.startedAtMs - other.startedAtMs);
  const timesOf = Map.groupBy(counted, ({ classId }) => classId);
  const sessions = programme.weeks.flatMap((classIds, week) =>
    classIds.map((classId, index): Session => {
      const workout = timesOf.get(classId)?.shift();
      return { week: week + 1, number: index + 1, classId, doneAtMs: workout?.startedAtMs ?? null };
    }),
  );
  const next = sessions.findIndex(({ doneAtMs }) => doneAtMs === null);
  return {
    sessions,
    done: sessions.filter(({ doneAtMs }) => doneAtMs !== null).length,
    next: next < 0 ? null : next,
  };
}
