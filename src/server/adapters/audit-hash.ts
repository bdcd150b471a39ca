import { createHash } from "node:crypto";
import type { AuditEntry } from "#server/ports/audit.ts";

/** The hash of a line: chained to the one before, bound to its person. A JSON list, so that no two lines give the same text. */
export function auditHash(
  previousHash: string,
  personId: string,
  { sequence, atMs, purpose, category }: Omit<AuditEntry, "hash">,
): string {
  const text = JSON.stringify([previousHash, personId, sequence, atMs, purpose, category]);
  return createHash("sha256").update(text).digest("hex");
}
