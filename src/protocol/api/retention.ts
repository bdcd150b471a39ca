/** The JSON of /v1/retention. */
import { Type, type Static } from "typebox";
import { maxRetentionMonths } from "#domain/retention.ts";

const Months = Type.Integer({ minimum: 1, maximum: maxRetentionMonths });
const MonthsOrForever = Type.Union([Months, Type.Null()]);

/** PUT /v1/retention: months after a workout began; null keeps for ever. */
export const RetentionChoice = Type.Object({
  seriesMonths: MonthsOrForever,
  workoutsMonths: MonthsOrForever,
});
export type RetentionChoice = Static<typeof RetentionChoice>;

/** Nothing is deleted before `appliesFromMs`. */
export const RetentionAnswer = Type.Object({
  seriesMonths: MonthsOrForever,
  workoutsMonths: MonthsOrForever,
  appliesFromMs: Type.Number(),
});
export type RetentionAnswer = Static<typeof RetentionAnswer>;

/** GET /v1/retention/preview: left out keeps for ever. */
export const RetentionQuery = Type.Object({
  seriesMonths: Type.Optional(Months),
  workoutsMonths: Type.Optional(Months),
});

/** Workouts that would go whole, others that would lose their series, and when the oldest of them began. */
export const RetentionPreviewAnswer = Type.Object({
  workouts: Type.Integer(),
  series: Type.Integer(),
  oldestMs: Type.Union([Type.Number(), Type.Null()]),
});
export type RetentionPreviewAnswer = Static<typeof RetentionPreviewAnswer>;
