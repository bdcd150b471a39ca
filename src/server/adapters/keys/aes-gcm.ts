/** AES-256-GCM (NIST SP 800-38D) with 96-bit IVs and 128-bit tags. Layout: IV, ciphertext, tag. */
import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { SealError } from "#server/ports/sealer.ts";

const cipher = "aes-256-gcm";
export const keyBytes = 32;
const ivBytes = 12;
const tagBytes = 16;
/** What encryption adds to its plaintext. */
export const overheadBytes = ivBytes + tagBytes;

/** Encrypts under a fresh random IV: fit for 2^32 messages a key (SP 800-38D, 8.3). */
export function encrypt(key: Uint8Array, associatedData: Uint8Array, plain: Uint8Array): Buffer {
  return encryptWithIv(key, randomBytes(ivBytes), associatedData, plain);
}

/** For test vectors. An IV must never be used twice with one key; use `encrypt`. */
export function encryptWithIv(
  key: Uint8Array,
  iv: Uint8Array,
  associatedData: Uint8Array,
  plain: Uint8Array,
): Buffer {
  const sealing = createCipheriv(cipher, key, iv, { authTagLength: tagBytes });
  sealing.setAAD(associatedData);
  return Buffer.concat([iv, sealing.update(plain), sealing.final(), sealing.getAuthTag()]);
}

/** Throws `SealError` when key, associated data or any bit differ from what was encrypted. */
export function decrypt(key: Uint8Array, associatedData: Uint8Array, sealed: Uint8Array): Buffer {
  if (sealed.byteLength < overheadBytes) throw new SealError("The sealed bytes have an unknown form.");
  const tagAt = sealed.byteLength - tagBytes;
  const opening = createDecipheriv(cipher, key, sealed.subarray(0, ivBytes), { authTagLength: tagBytes });
  opening.setAAD(associatedData);
  opening.setAuthTag(sealed.subarray(tagAt));
  try {
    return Buffer.concat([opening.update(sealed.subarray(ivBytes, tagAt)), opening.final()]);
  } catch {
    throw new SealError("The sealed bytes were changed or belong elsewhere.");
  }
}
