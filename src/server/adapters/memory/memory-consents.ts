import type { ConsentEntry } from "#domain/consent.ts";
import type { ConsentStore } from "#server/ports/consents.ts";

export function memoryConsents(): ConsentStore & { forget(personId: string): void } {
  const ledgers = new Map<string, readonly ConsentEntry[]>();
  return {
    forget(personId) {
      ledgers.delete(personId);
    },
    async appendConsent(personId, line) {
      const ledger = ledgers.get(personId) ?? [];
      const entry = { ...line, sequence: ledger.length };
      ledgers.set(personId, [...ledger, entry]);
      return entry;
    },
    consentsOf: async (personId) => ledgers.get(personId) ?? [],
  };
}
