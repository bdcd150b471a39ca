/** Programmes: classes in an order that builds up, with the progress of whoever asks. */
import { Type, type Static } from "typebox";
import { Page } from "./schemas.ts";

export const ProgrammeSession = Type.Object({
  week: Type.Integer(),
  number: Type.Integer(),
  classId: Type.String(),
  title: Type.String(),
  durationS: Type.Number(),
  intensity: Type.String(),
  doneAtMs: Type.Union([Type.Number(), Type.Null()]),
});

/** One entry of GET /v1/programmes. `next` is null when all sessions are done. */
export const ProgrammeSummary = Type.Object({
  id: Type.String(),
  title: Type.String(),
  sport: Type.String(),
  level: Type.String(),
  description: Type.String(),
  weeks: Type.Integer(),
  sessionCount: Type.Integer(),
  doneCount: Type.Integer(),
  next: Type.Union([ProgrammeSession, Type.Null()]),
});
export type ProgrammeSummary = Static<typeof ProgrammeSummary>;
export const ProgrammeList = Page(ProgrammeSummary);

/** GET /v1/programmes/{id} */
export const ProgrammeDetail = Type.Object({
  ...ProgrammeSummary.properties,
  sessions: Type.Array(ProgrammeSession),
});
export type ProgrammeDetail = Static<typeof ProgrammeDetail>;
