/**
 * Seals bytes with the data key of a person and category: compressed, then AES-256-GCM. Person, category, row and
 * generation are the associated data, so sealed bytes cannot be moved to another row, category or person.
 *
 * Envelope: version byte 2, generation of the data key (u32, big-endian), 12 bytes IV, ciphertext, 16 bytes tag. The
 * plaintext is zstd-compressed.
 */
import { randomBytes } from "node:crypto";
import { constants, zstdCompressSync, zstdDecompressSync } from "node:zlib";
import type { DataKeyStore } from "#server/ports/data-keys.ts";
import { SealError, type Keystore, type SealContext, type Sealer } from "#server/ports/sealer.ts";
import { decrypt, encrypt, keyBytes, overheadBytes } from "./aes-gcm.ts";

const version = 2;
const headBytes = 5;
const compressionLevel = 9;
/** Nothing sealed is larger when opened; bounds what a crafted row could ask for. */
const maxPlainBytes = 64 * 1024 * 1024;

/** A JSON list, so that no two contexts give the same bytes. */
function associatedData({ personId, category, rowId }: SealContext, generation: number): Buffer {
  return Buffer.from(JSON.stringify(["upbeat", version, personId, category, rowId, generation]), "utf8");
}

function labelOf(category: string, generation: number): string {
  return JSON.stringify([category, generation]);
}

/** The data keys of one person, by category; the index is the generation. */
type Ring = ReadonlyMap<string, readonly Uint8Array[]>;

class AesSealer implements Sealer {
  readonly #keystore: Keystore;
  readonly #store: DataKeyStore;
  /** Unwrapped once, and kept while the server runs. */
  readonly #rings = new Map<string, Promise<Ring>>();
  /** Keys are made, rotated and destroyed one after the other. */
  #changes: Promise<unknown> = Promise.resolve();

  constructor(keystore: Keystore, store: DataKeyStore) {
    this.#keystore = keystore;
    this.#store = store;
  }

  async seal(context: SealContext, plain: Uint8Array): Promise<Uint8Array> {
    const { personId, category } = context;
    const keys = (await this.#ring(personId)).get(category) ?? (await this.#addFirst(personId, category));
    const generation = keys.length - 1;
    const key = keys[generation];
    if (key === undefined) throw new SealError("There is no data key.");
    const packed = zstdCompressSync(plain, {
      params: { [constants.ZSTD_c_compressionLevel]: compressionLevel },
    });
    const head = Buffer.alloc(headBytes);
    head.writeUInt8(version, 0);
    head.writeUInt32BE(generation, 1);
    return Buffer.concat([head, encrypt(key, associatedData(context, generation), packed)]);
  }

  async open(context: SealContext, sealed: Uint8Array): Promise<Uint8Array> {
    if (sealed.byteLength < headBytes + overheadBytes || sealed[0] !== version) {
      throw new SealError("The sealed bytes have an unknown form.");
    }
    const generation = Buffer.from(sealed.subarray(0, headBytes)).readUInt32BE(1);
    const key = (await this.#ring(context.personId)).get(context.category)?.[generation];
    if (key === undefined) throw new SealError("The key is not in the keystore.");
    const packed = decrypt(key, associatedData(context, generation), sealed.subarray(headBytes));
    try {
      return zstdDecompressSync(packed, { maxOutputLength: maxPlainBytes });
    } catch {
      throw new SealError("The sealed bytes hold something else.");
    }
  }

  rotate(personId: string): Promise<void> {
    return this.#inTurn(() => this.#rotate(personId));
  }

  async finishRotation(personId: string): Promise<void> {
    if (await this.#keystore.isRotating(personId)) await this.rotate(personId);
  }

  destroy(personId: string): Promise<void> {
    return this.#inTurn(async () => {
      await this.#keystore.destroy(personId);
      this.#rings.delete(personId);
    });
  }

  #inTurn<T>(change: () => Promise<T>): Promise<T> {
    const done = this.#changes.then(change);
    this.#changes = done.catch(() => undefined);
    return done;
  }

  async #rotate(personId: string): Promise<void> {
    await this.#keystore.beginRotation(personId);
    const ring = await this.#read(personId);
    for (const [category, keys] of ring) {
      for (const [generation, key] of keys.entries()) {
        const wrapped = await this.#keystore.wrap(personId, labelOf(category, generation), key);
        await this.#store.rewrapDataKey({ personId, category, generation, wrapped });
      }
      await this.#add(personId, category, keys.length);
    }
    await this.#keystore.endRotation(personId);
    this.#rings.delete(personId);
  }

  #ring(personId: string): Promise<Ring> {
    const known = this.#rings.get(personId);
    if (known !== undefined) return known;
    const ring = this.#read(personId);
    this.#rings.set(personId, ring);
    ring.catch(() => this.#rings.delete(personId)); // a key that comes back (recovery) is found
    return ring;
  }

  async #read(personId: string): Promise<Ring> {
    const ring = new Map<string, Uint8Array[]>();
    for (const { category, generation, wrapped } of await this.#store.dataKeysOf(personId)) {
      const key = await this.#keystore.unwrap(personId, labelOf(category, generation), wrapped);
      const keys = ring.get(category) ?? [];
      keys[generation] = key;
      ring.set(category, keys);
    }
    return ring;
  }

  async #addFirst(personId: string, category: string): Promise<readonly Uint8Array[]> {
    await this.#inTurn(() => this.#add(personId, category, 0));
    this.#rings.delete(personId);
    return (await this.#ring(personId)).get(category) ?? [];
  }

  async #add(personId: string, category: string, generation: number): Promise<void> {
    const label = labelOf(category, generation);
    const wrapped = await this.#keystore.wrap(personId, label, randomBytes(keyBytes));
    await this.#store.addDataKey({ personId, category, generation, wrapped });
  }
}

export function aesSealer(keystore: Keystore, dataKeys: DataKeyStore): Sealer {
  return new AesSealer(keystore, dataKeys);
}
