export type RefusalKind = "not-found" | "conflict" | "invalid" | "unauthorised" | "forbidden" | "too-many";

/** A request that cannot be granted; `message` says what happened and what to do, in one line for its sender. */
export class Refusal extends Error {
  override name = "Refusal";
  readonly kind: RefusalKind;
  readonly missing: readonly number[] | null;
  readonly retryAfterS: number | null;

  constructor(
    kind: RefusalKind,
    message: string,
    details: { readonly missing?: readonly number[]; readonly retryAfterS?: number } = {},
  ) {
    super(message);
    this.kind = kind;
    this.missing = details.missing ?? null;
    this.retryAfterS = details.retryAfterS ?? null;
  }
}
