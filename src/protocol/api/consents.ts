/** The JSON of /v1/consents. */
import { Type, type Static } from "typebox";

/** How one purpose stands, with the words a person reads before deciding. */
export const Consent = Type.Object({
  /** "keep-biometrics", "recommend", "write-text", "federate", "train" or "share:<app>". */
  purpose: Type.String(),
  state: Type.Enum(["granted", "refused", "undecided"]),
  decidedAtMs: Type.Union([Type.Number(), Type.Null()]),
  title: Type.String(),
  sentence: Type.String(),
  withdrawal: Type.String(),
  wordingVersion: Type.Integer(),
});
export type Consent = Static<typeof Consent>;

/** GET /v1/consents/ledger: one decision, as it was made. */
export const ConsentLine = Type.Object({
  sequence: Type.Integer(),
  purpose: Type.String(),
  granted: Type.Boolean(),
  atMs: Type.Number(),
  wordingVersion: Type.Integer(),
});
export type ConsentLine = Static<typeof ConsentLine>;

/** PUT /v1/consents/{purpose}: `wordingVersion` says which words were read; 409 when they are not today's. */
export const ConsentDecision = Type.Object({
  granted: Type.Boolean(),
  wordingVersion: Type.Integer({ minimum: 0 }),
});
export type ConsentDecision = Static<typeof ConsentDecision>;
