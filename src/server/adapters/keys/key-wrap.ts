import { SealError } from "#server/ports/sealer.ts";
import { decrypt, encrypt } from "./aes-gcm.ts";

/** What a wrapped data key is bound to. */
export function wrapContext(personId: string, label: string): Buffer {
  return Buffer.from(JSON.stringify(["upbeat-key", personId, label]), "utf8");
}

/** Wraps a data key under a person's key, bound to both names. */
export function wrapKey(key: Uint8Array, personId: string, label: string, dataKey: Uint8Array): Buffer {
  return encrypt(key, wrapContext(personId, label), dataKey);
}

/** Unwraps with the first of `keys` that fits. Throws `SealError` when none does. */
export function unwrapKey(
  keys: readonly (Uint8Array | null)[],
  personId: string,
  label: string,
  wrapped: Uint8Array,
): Buffer {
  const held = keys.filter((key) => key !== null);
  if (held.length === 0) throw new SealError("The key is not in the keystore.");
  let failure: unknown = null;
  for (const key of held) {
    try {
      return decrypt(key, wrapContext(personId, label), wrapped);
    } catch (error) {
      failure = error;
    }
  }
  throw failure;
}
