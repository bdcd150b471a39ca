import type { Workout } from "#protocol/api/workouts.ts";

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
