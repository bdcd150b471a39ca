/**
 * Seals bytes with a person's key: compressed, then AES-256-GCM (NIST SP 800-38D) with a fresh random 96-bit IV.
 * Person, category and row are the associated data, so sealed bytes cannot be moved to another row or person.
 *
 * Envelope: version byte 1, 12 bytes IV, ciphertext, 16 bytes tag. The plaintext is zstd-compressed.
 */
import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { constants, zstdCompressSync, zstdDecompressSync } from "node:zlib";
import { SealError, type Keystore, type SealContext, type Sealer } from "#server/ports/sealer.ts";

const cipher = "aes-256-gcm";
const version = 1;
const ivBytes = 12;
const tagBytes = 16;
const compressionLevel = 9;
/** Nothing sealed is larger when opened; bounds what a crafted row could ask for. */
const maxPlainBytes = 64 * 1024 * 1024;

/** A JSON list, so that no two contexts give the same bytes. */
function associatedData({ personId, category, rowId }: SealContext): Buffer {
  return Buffer.from(JSON.stringify(["upbeat", version, personId, category, rowId]), "utf8");
}

/** A person's key is read once and kept while the server runs. */
function keyCache(keystore: Keystore): (personId: string, create: boolean) => Promise<Uint8Array> {
  const keys = new Map<string, Uint8Array>();
  return async (personId, create) => {
    const known = keys.get(personId);
    if (known !== undefined) return known;
    const key = create ? await keystore.getOrCreate(personId) : await keystore.get(personId);
    if (key === null) throw new SealError("The key is not in the keystore.");
    keys.set(personId, key);
    return key;
  };
}

export function aesSealer(keystore: Keystore): Sealer {
  const keyOf = keyCache(keystore);
  return {
    async seal(context, plain) {
      const key = await keyOf(context.personId, true);
      const iv = randomBytes(ivBytes);
      const sealing = createCipheriv(cipher, key, iv, { authTagLength: tagBytes });
      sealing.setAAD(associatedData(context));
      const packed = zstdCompressSync(plain, {
        params: { [constants.ZSTD_c_compressionLevel]: compressionLevel },
      });
      const body = Buffer.concat([sealing.update(packed), sealing.final()]);
      return Buffer.concat([Buffer.of(version), iv, body, sealing.getAuthTag()]);
    },
    async open(context, sealed) {
      if (sealed.byteLength < 1 + ivBytes + tagBytes || sealed[0] !== version) {
        throw new SealError("The sealed bytes have an unknown form.");
      }
      const key = await keyOf(context.personId, false);
      const opening = createDecipheriv(cipher, key, sealed.subarray(1, 1 + ivBytes), {
        authTagLength: tagBytes,
      });
      opening.setAAD(associatedData(context));
      opening.setAuthTag(sealed.subarray(sealed.byteLength - tagBytes));
      try {
        const body = sealed.subarray(1 + ivBytes, sealed.byteLength - tagBytes);
        const packed = Buffer.concat([opening.update(body), opening.final()]);
        return zstdDecompressSync(packed, { maxOutputLength: maxPlainBytes });
      } catch {
        throw new SealError("The sealed bytes were changed or belong elsewhere.");
      }
    },
  };
}
