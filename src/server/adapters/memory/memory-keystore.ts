import { randomBytes } from "node:crypto";
import type { Keystore } from "#server/ports/sealer.ts";

/** The keystore's twin in memory, for tests. */
export function memoryKeystore(): Keystore {
  const keys = new Map<string, Uint8Array>();
  return {
    get: async (personId) => keys.get(personId) ?? null,
    async getOrCreate(personId) {
      const key = keys.get(personId) ?? randomBytes(32);
      keys.set(personId, key);
      return key;
    },
    async destroy(personId) {
      keys.delete(personId);
    },
  };
}
