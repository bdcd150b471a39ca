import type { OwnClassRow, OwnClassStore } from "#server/ports/own-classes.ts";

export function memoryOwnClasses(): OwnClassStore & { forget(personId: string): void } {
  const rows = new Map<string, Map<string, OwnClassRow>>();
  return {
    async putOwnClass(row) {
      const ofPerson = rows.get(row.personId) ?? new Map<string, OwnClassRow>();
      rows.set(row.personId, ofPerson);
      ofPerson.set(row.id, { ...row, sealed: row.sealed.slice() });
    },
    ownClassesOf: async (personId) => [...(rows.get(personId)?.values() ?? [])],
    async removeOwnClass(personId, id) {
      rows.get(personId)?.delete(id);
    },
    forget(personId) {
      rows.delete(personId);
    },
    earlierClasses: async () => [],
    forgetEarlierClasses: async () => undefined,
  };
}
