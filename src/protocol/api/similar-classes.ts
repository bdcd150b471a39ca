import { Type, type Static } from "typebox";
import { ClassSummary } from "./schemas.ts";

/** GET /v1/classes/{id}/similar: the nearest first (open without a session). */
export const SimilarClasses = Type.Object({ items: Type.Array(ClassSummary) });
export type SimilarClasses = Static<typeof SimilarClasses>;
