/** What Upbeat suggests to a person, and why. */
import { Type, type Static } from "typebox";
import { ClassSummary, Page } from "./schemas.ts";

const Hardness = Type.Enum(["easy", "moderate", "hard"]);

/** GET /v1/recommendations?hardness=&utcOffsetMinutes=&limit= */
export const RecommendationQuery = Type.Object({
  /** How hard today shall be; left out, what the day asks for. */
  hardness: Type.Optional(Hardness),
  /** Local time minus UTC: habits go by the clock on the wall. */
  utcOffsetMinutes: Type.Optional(Type.Integer({ minimum: -840, maximum: 840 })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 24 })),
});

/** A class with music of one mood; its id opens, plans and starts it like any class. */
export const Mix = Type.Object({
  mood: Type.Enum(["calm", "steady", "driving", "euphoric"]),
  text: Type.String(),
  class: ClassSummary,
});

/** The reasons of a class are its `why`, the weightiest first; every one is true of the person's history. */
export const Recommendations = Type.Object({
  ...Page(ClassSummary).properties,
  mixes: Type.Array(Mix),
  hardness: Hardness,
  /** What the day asks for, and why. */
  day: Type.Object({ hardness: Hardness, text: Type.String() }),
  /** False while the person has not allowed "recommend": then nothing here knows a workout. */
  usesWorkouts: Type.Boolean(),
});
export type Recommendations = Static<typeof Recommendations>;
