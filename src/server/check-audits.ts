import { auditHash } from "./adapters/audit-hash.ts";
import { systemClock } from "./adapters/system.ts";
import type { AuditStore } from "./ports/audit.ts";
import type { PeopleStore } from "./ports/store.ts";
import { createAuditTrail, type AuditCheck } from "./use-cases/audit.ts";

export interface AuditOfPerson extends AuditCheck {
  readonly name: string;
}

/** Checks everybody's audit trail. */
export async function checkAudits(store: {
  readonly audit: AuditStore;
  readonly people: PeopleStore;
}): Promise<readonly AuditOfPerson[]> {
  const trail = createAuditTrail(store.audit, systemClock, auditHash);
  const everybody = await store.people.everybody();
  return Promise.all(everybody.map(async ({ id, name }) => ({ name, ...(await trail.check(id)) })));
}
