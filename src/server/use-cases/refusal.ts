import type { Purpose } from "#domain/consent.ts";

export type RefusalKind =
  | "not-found"
  | "conflict"
  | "invalid"
  | "unauthorised"
  | "forbidden"
  | "too-many"
  | "consent";

interface RefusalDetails {
  readonly missing?: readonly number[];
  readonly retryAfterS?: number;
  readonly purpose?: Purpose;
}

/** A request that cannot be granted; `message` says what happened and what to do, in one line for its sender. */
export class Refusal extends Error {
  override name = "Refusal";
  readonly kind: RefusalKind;
  readonly missing: readonly number[] | null;
  readonly retryAfterS: number | null;
  /** Of "consent": what the person has not allowed. */
  readonly purpose: Purpose | null;

  constructor(kind: RefusalKind, message: string, details: RefusalDetails = {}) {
    super(message);
    this.kind = kind;
    this.missing = details.missing ?? null;
    this.retryAfterS = details.retryAfterS ?? null;
    this.purpose = details.purpose ?? null;
  }
}
