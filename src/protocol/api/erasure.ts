/** The JSON of /v1/erasure. */
import { Type, type Static } from "typebox";

/** `dueAtMs` is null while the person has not asked to be erased. */
export const Erasure = Type.Object({ dueAtMs: Type.Union([Type.Number(), Type.Null()]) });
export type Erasure = Static<typeof Erasure>;

/** POST /v1/erasure: after a week, or at once. */
export const ErasureRequest = Type.Object({ when: Type.Enum(["after-grace", "now"]) });
export type ErasureRequest = Static<typeof ErasureRequest>;
