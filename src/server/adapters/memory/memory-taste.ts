import type { TasteRow, TasteStore } from "#server/ports/taste-store.ts";
import { compareText } from "../cursor.ts";

export function memoryTaste(): TasteStore & { forget(personId: string): void } {
  const rows = new Map<string, Map<string, TasteRow>>();
  return {
    async putTaste(row) {
      const ofPerson = rows.get(row.personId) ?? new Map<string, TasteRow>();
      rows.set(row.personId, ofPerson);
      ofPerson.set(row.id, { ...row, sealed: row.sealed.slice() });
    },
    tasteOf: async (personId) =>
      [...(rows.get(personId)?.values() ?? [])].toSorted((a, b) => compareText(a.id, b.id)),
    async removeTaste(personId, id) {
      rows.get(personId)?.delete(id);
    },
    forget(personId) {
      rows.delete(personId);
    },
    earlierTaste: async () => [],
    forgetEarlierTaste: async () => undefined,
  };
}
