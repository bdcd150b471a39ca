import type { Passkey, PasskeyStore } from "#server/ports/passkeys.ts";
import { StoreError } from "#server/ports/store.ts";
import { compareText } from "../cursor.ts";

export function memoryPasskeys(): PasskeyStore & { forget(personId: string): void } {
  const passkeys = new Map<string, Passkey>();
  return {
    async putPasskey(passkey) {
      const other = [...passkeys.values()].find(({ credentialId }) => credentialId === passkey.credentialId);
      if (other !== undefined && other.id !== passkey.id) {
        throw new StoreError("other", "That credential is another passkey's.");
      }
      const known = passkeys.get(passkey.id) ?? passkey;
      const { name, counter, lastUsedAtMs } = passkey;
      passkeys.set(passkey.id, { ...known, name, counter, lastUsedAtMs });
    },
    passkeyOfCredential: async (credentialId) =>
      [...passkeys.values()].find((passkey) => passkey.credentialId === credentialId) ?? null,
    passkeysOf: async (personId) =>
      [...passkeys.values()]
        .filter((passkey) => passkey.personId === personId)
        .toSorted((a, b) => compareText(a.id, b.id)),
    async removePasskey(personId, id) {
      if (passkeys.get(id)?.personId === personId) passkeys.delete(id);
    },
    forget(personId) {
      for (const [id, passkey] of passkeys) if (passkey.personId === personId) passkeys.delete(id);
    },
  };
}
