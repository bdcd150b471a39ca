import type { ReadPurpose } from "#domain/consent.ts";

/**
 * What was read: summaries and figures, second by second, the training profile, or all of it (an export). "retention" reads
 * nothing: the person changed how long workouts are kept.
 */
export type AuditCategory = "workouts" | "series" | "profile" | "everything" | "retention";

/** One line of a person's trail: who read what of theirs, and when. */
export interface AuditEntry {
  /** From 0, without a gap. */
  readonly sequence: number;
  readonly atMs: number;
  /** Why, and so who: "recommend" is this server, "share:<app>" that app, "own" the person. */
  readonly purpose: ReadPurpose;
  readonly category: AuditCategory;
  /** SHA-256 (hex) over the hash before it and all of the above: a changed or missing line breaks the chain after it. */
  readonly hash: string;
}

export interface AuditStore {
  /** Adds a line to the person's chain. There is no way to change one. */
  appendAudit(personId: string, line: Pick<AuditEntry, "atMs" | "purpose" | "category">): Promise<AuditEntry>;
  /** At most `limit` lines, newest first, before a sequence number. */
  auditBefore(personId: string, sequence: number, limit: number): Promise<readonly AuditEntry[]>;
  /** Oldest first. */
  auditOf(personId: string): Promise<readonly AuditEntry[]>;
}
