/** The JSON of /v1/audit. */
import { Type, type Static } from "typebox";

/** An entry of GET /v1/audit: newest first. */
export const AuditLine = Type.Object({
  sequence: Type.Integer(),
  atMs: Type.Number(),
  /** Why, and so who: "recommend" is this server, "share:<app>" that app, "own" the person (an export, a change of retention). */
  purpose: Type.String(),
  category: Type.Enum(["workouts", "series", "profile", "everything", "retention"]),
  hash: Type.String(),
});
export type AuditLine = Static<typeof AuditLine>;

/** GET /v1/audit/check: whether the chain of hashes holds; `brokenAt` names the first line that does not follow. */
export const AuditCheck = Type.Object({
  entries: Type.Integer(),
  brokenAt: Type.Union([Type.Integer(), Type.Null()]),
  lastHash: Type.String(),
});
export type AuditCheck = Static<typeof AuditCheck>;
