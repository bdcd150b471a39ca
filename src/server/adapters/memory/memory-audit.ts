import type { AuditEntry, AuditStore } from "#server/ports/audit.ts";
import { auditHash } from "../audit-hash.ts";

export function memoryAudit(): AuditStore & { forget(personId: string): void } {
  const trails = new Map<string, readonly AuditEntry[]>();
  return {
    forget(personId) {
      trails.delete(personId);
    },
    async appendAudit(personId, what) {
      const trail = trails.get(personId) ?? [];
      const line = { ...what, sequence: trail.length };
      const entry = { ...line, hash: auditHash(trail.at(-1)?.hash ?? "", personId, line) };
      trails.set(personId, [...trail, entry]);
      return entry;
    },
    auditBefore: async (personId, sequence, limit) =>
      (trails.get(personId) ?? [])
        .filter((entry) => entry.sequence < sequence)
        .toReversed()
        .slice(0, limit),
    auditOf: async (personId) => trails.get(personId) ?? [],
  };
}
