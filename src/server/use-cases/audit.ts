/** Who read what of whose, and when: noted before it is read, chained, and shown to the person. */
import type { ReadPurpose } from "#domain/consent.ts";
import type { AuditCategory, AuditEntry, AuditStore } from "#server/ports/audit.ts";
import type { Clock } from "#server/ports/environment.ts";
import type { PageWish } from "#server/ports/page.ts";

/** Reads of one purpose and category within this time are one line: an app that pages through a list reads once. */
const sameReadMs = 60_000;

export interface AuditCheck {
  readonly entries: number;
  /** Sequence number of the first line that does not follow from those before it; null when all do. */
  readonly brokenAt: number | null;
  /** The end of the chain: kept elsewhere, it shows later whether lines at the end have gone. */
  readonly lastHash: string;
}

export interface AuditTrail {
  /** Resolves once the line is kept: what cannot be noted is not read. */
  note(personId: string, purpose: ReadPurpose, category: AuditCategory): Promise<void>;
  entries(personId: string): Promise<readonly AuditEntry[]>;
  /** Newest first; on after a sequence number. */
  newest(personId: string, wish: PageWish): Promise<readonly AuditEntry[]>;
  check(personId: string): Promise<AuditCheck>;
}

export type AuditHash = (previousHash: string, personId: string, line: Omit<AuditEntry, "hash">) => string;

export function createAuditTrail(store: AuditStore, clock: Clock, hashOf: AuditHash): AuditTrail {
  const noted = new Map<string, number>();
  return {
    async note(personId, purpose, category) {
      const nowMs = clock.nowMs();
      const read = JSON.stringify([personId, purpose, category]);
      if (nowMs - (noted.get(read) ?? -Infinity) < sameReadMs) return;
      await store.appendAudit(personId, { atMs: nowMs, purpose, category });
      noted.set(read, nowMs);
    },
    entries: (personId) => store.auditOf(personId),
    newest: (personId, { after, limit }) =>
      store.auditBefore(personId, after?.at ?? Number.MAX_SAFE_INTEGER, limit),
    async check(personId) {
      const entries = await store.auditOf(personId);
      const broken = entries.findIndex((entry, index) => {
        const before = entries[index - 1]?.hash ?? "";
        return entry.sequence !== index || entry.hash !== hashOf(before, personId, entry);
      });
      return {
        entries: entries.length,
        brokenAt: broken === -1 ? null : broken,
        lastHash: entries.at(-1)?.hash ?? "",
      };
    },
  };
}
