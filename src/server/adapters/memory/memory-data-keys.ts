import type { DataKeyStore, WrappedDataKey } from "#server/ports/data-keys.ts";

export function memoryDataKeys(): DataKeyStore & { forget(personId: string): void } {
  const keys = new Map<string, WrappedDataKey>();
  const idOf = ({ personId, category, generation }: WrappedDataKey): string =>
    JSON.stringify([personId, category, generation]);
  return {
    forget(personId) {
      for (const [id, key] of keys) if (key.personId === personId) keys.delete(id);
    },
    async addDataKey(key) {
      const there = keys.get(idOf(key)) ?? key;
      keys.set(idOf(key), there);
      return there;
    },
    async rewrapDataKey(key) {
      if (keys.has(idOf(key))) keys.set(idOf(key), key);
    },
    dataKeysOf: async (personId) =>
      [...keys.values()]
        .filter((key) => key.personId === personId)
        .toSorted((a, b) => (a.category < b.category ? -1 : 1) || a.generation - b.generation),
  };
}
