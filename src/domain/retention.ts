/** How long what workouts left is kept: the person's own choice. */
import type { Milliseconds } from "./units.ts";

/** Whole calendar months after a workout began; null keeps for ever. */
export interface RetentionRule {
  /** The series, second by second; summary and figures stay. */
  readonly seriesMonths: number | null;
  /** Whole workouts, with their summaries. */
  readonly workoutsMonths: number | null;
}

export interface Retention extends RetentionRule {
  /** Nothing is deleted before this. */
  readonly appliesFromMs: Milliseconds;
}

export const keepForever: Retention = { seriesMonths: null, workoutsMonths: null, appliesFromMs: 0 };

/** A day to see what a stricter rule would delete and to take it back, since deleting cannot be undone. */
export const retentionGraceMs = 86_400_000;

/** Longer than any history that was begun with this; a choice beyond it is "for ever". */
export const maxRetentionMonths = 120;

/** Whether `next` deletes something that `before` keeps. */
export function isStricter(next: RetentionRule, before: RetentionRule): boolean {
  const shorter = (a: number | null, b: number | null): boolean => (a ?? Infinity) < (b ?? Infinity);
  return (
    shorter(next.seriesMonths, before.seriesMonths) || shorter(next.workoutsMonths, before.workoutsMonths)
  );
}

/** The rule as it holds once it was chosen at `nowMs`: a stricter one waits, another changes no waiting. */
export function retentionAfter(next: RetentionRule, before: Retention, nowMs: Milliseconds): Retention {
  const { seriesMonths, workoutsMonths } = next;
  const appliesFromMs = isStricter(next, before) ? nowMs + retentionGraceMs : before.appliesFromMs;
  return { seriesMonths, workoutsMonths, appliesFromMs };
}

/** The same time of day `months` calendar months earlier (UTC), on the last day of a month that is too short. */
export function monthsBefore(nowMs: Milliseconds, months: number): Milliseconds {
  const date = new Date(nowMs);
  const day = date.getUTCDate();
  date.setUTCMonth(date.getUTCMonth() - months);
  if (date.getUTCDate() !== day) date.setUTCDate(0);
  return date.getTime();
}
