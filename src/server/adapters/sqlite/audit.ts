import type { DatabaseSync, SQLOutputValue } from "node:sqlite";
import type { AuditEntry } from "#server/ports/audit.ts";
import { auditHash } from "../audit-hash.ts";
import type { SynchronousParts } from "./methods.ts";

function toEntry(row: Record<string, SQLOutputValue>): AuditEntry {
  return {
    sequence: row.sequence as number,
    atMs: row.at_ms as number,
    purpose: row.purpose as AuditEntry["purpose"],
    category: row.category as AuditEntry["category"],
    hash: row.hash as string,
  };
}

export function sqliteAudit(db: DatabaseSync): SynchronousParts["audit"] {
  const last = db.prepare("SELECT * FROM audit WHERE person_id = ? ORDER BY sequence DESC LIMIT 1");
  const append = db.prepare(
    "INSERT INTO audit (person_id, sequence, at_ms, purpose, category, hash) VALUES (?, ?, ?, ?, ?, ?)",
  );
  const ofPerson = db.prepare("SELECT * FROM audit WHERE person_id = ? ORDER BY sequence");
  const earlier = db.prepare(
    "SELECT * FROM audit WHERE person_id = ? AND sequence < ? ORDER BY sequence DESC LIMIT ?",
  );
  return {
    appendAudit(personId, { atMs, purpose, category }) {
      const row = last.get(personId);
      const before = row === undefined ? null : toEntry(row);
      const line = { sequence: (before?.sequence ?? -1) + 1, atMs, purpose, category };
      const entry = { ...line, hash: auditHash(before?.hash ?? "", personId, line) };
      append.run(personId, entry.sequence, atMs, purpose, category, entry.hash);
      return entry;
    },
    auditBefore: (personId, sequence, limit) => earlier.all(personId, sequence, limit).map(toEntry),
    auditOf: (personId) => ofPerson.all(personId).map(toEntry),
  };
}
