/** What to do today, from what was done lately, and why. */
import type { Workout } from "#protocol/api/schemas.ts";
import type { ClassFilter } from "../../api/paths.ts";

export interface Suggestion {
  readonly filter: ClassFilter;
  readonly why: string;
}

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** From this load on a workout asks for an easy day; about an hour at 80 % of threshold. */
const hardLoad = 60;
/** Less than this says nothing about the day after. */
const slightLoad = 5;
const longPauseDays = 7;

/** @param workouts newest first */
export function suggest(workouts: readonly Workout[], nowMs: number): Suggestion {
  const last = workouts.find(({ finished }) => finished);
  if (last === undefined) {
    return {
      filter: { sport: "cycling", intensity: "easy", maxMinutes: 25 },
      why: "Short and easy: enough to hear how the music moves with you. No sensor needed.",
    };
  }
  const agoMs = nowMs - last.startedAtMs;
  const { sport } = last;
  const load = last.facts?.load ?? null;
  if (load !== null && load >= hardLoad && agoMs < 36 * hourMs) {
    return {
      filter: { sport, intensity: "easy", maxMinutes: 45 },
      why: `Your last workout carried a load of ${Math.round(load)}. Easy today lets it settle.`,
    };
  }
  const days = Math.floor(agoMs / dayMs);
  if (days >= longPauseDays) {
    return {
      filter: { sport, intensity: "moderate", maxMinutes: 35 },
      why: `Your last workout is ${days} days ago. Half an hour, moderate, gets you going again.`,
    };
  }
  return {
    filter: { sport, intensity: "moderate", minMinutes: 25, maxMinutes: 50 },
    why:
      load === null || load < slightLoad
        ? "Steady work keeps the week in balance."
        : `Your last load was ${Math.round(load)}, so there is room for steady work.`,
  };
}

/** One of `items`, another one each day. */
export function pickOfDay<T>(items: readonly T[], nowMs: number): T | undefined {
  return items[Math.floor(nowMs / dayMs) % Math.max(1, items.length)];
}

export interface DayOfWeek {
  readonly startMs: number;
  readonly seconds: number;
  readonly today: boolean;
}

/** The seven days up to now, oldest first, in the person's own time zone. */
export function lastSevenDays(workouts: readonly Workout[], nowMs: number): readonly DayOfWeek[] {
  return Array.from({ length: 7 }, (_, index) => {
    const day = new Date(nowMs);
    day.setHours(0, 0, 0, 0);
    day.setDate(day.getDate() - (6 - index));
    const next = new Date(day);
    next.setDate(next.getDate() + 1);
    const done = workouts.filter(
      ({ startedAtMs }) => startedAtMs >= day.getTime() && startedAtMs < next.getTime(),
    );
    return {
      startMs: day.getTime(),
      seconds: done.reduce((sum, { durationS }) => sum + durationS, 0),
      today: index === 6,
    };
  });
}
