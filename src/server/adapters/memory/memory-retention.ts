import type { Retention } from "#domain/retention.ts";
import type { RetentionStore } from "#server/ports/retention.ts";
import { compareText } from "../cursor.ts";

export function memoryRetention(): RetentionStore & { forget(personId: string): void } {
  const chosen = new Map<string, Retention>();
  return {
    async putRetention(personId, retention) {
      chosen.set(personId, { ...retention });
    },
    retentionOf: async (personId) => chosen.get(personId) ?? null,
    peopleWithRetention: async () => [...chosen.keys()].toSorted(compareText),
    forget(personId) {
      chosen.delete(personId);
    },
  };
}
