import { randomBytes } from "node:crypto";
import { SealError, type Keystore } from "#server/ports/sealer.ts";
import { unwrapKey, wrapKey } from "../keys/key-wrap.ts";

const keyBytes = 32;

/** The keystore's twin in memory, for tests. */
export function memoryKeystore(): Keystore {
  const keys = new Map<string, Uint8Array>();
  const old = new Map<string, Uint8Array>();
  return {
    async wrap(personId, label, dataKey) {
      const key = keys.get(personId) ?? randomBytes(keyBytes);
      keys.set(personId, key);
      return wrapKey(key, personId, label, dataKey);
    },
    async unwrap(personId, label, wrapped) {
      return unwrapKey([keys.get(personId) ?? null, old.get(personId) ?? null], personId, label, wrapped);
    },
    async beginRotation(personId) {
      const key = keys.get(personId);
      if (key === undefined || old.has(personId)) return;
      old.set(personId, key);
      keys.set(personId, randomBytes(keyBytes));
    },
    async endRotation(personId) {
      old.delete(personId);
    },
    isRotating: async (personId) => old.has(personId),
    async destroy(personId) {
      keys.delete(personId);
      old.delete(personId);
    },
    exportKey: async (personId) => keys.get(personId) ?? null,
    async importKey(personId, key) {
      if (key.byteLength !== keyBytes) throw new SealError("That is not a key.");
      const there = keys.get(personId) ?? key;
      if (!Buffer.from(there).equals(key)) throw new SealError("Another key is there already.");
      keys.set(personId, key);
    },
  };
}
