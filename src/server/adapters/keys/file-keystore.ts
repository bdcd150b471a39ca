import { randomBytes } from "node:crypto";
import { chmod, link, mkdir, open, readdir, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { SealError, type Keystore } from "#server/ports/sealer.ts";
import { keyBytes } from "./aes-gcm.ts";
import { unwrapKey, wrapKey } from "./key-wrap.ts";

const personIdPattern = /^[0-9a-f-]{1,64}$/;

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).code;
}

async function readKey(path: string): Promise<Uint8Array | null> {
  let key: Uint8Array;
  try {
    key = await readFile(path);
  } catch (error) {
    if (codeOf(error) === "ENOENT") return null;
    throw error;
  }
  if (key.byteLength !== keyBytes) throw new SealError(`${path} is damaged.`);
  return key;
}

/** Writes noise over a key before its file goes; the best a file system offers (flash may keep old blocks). */
async function shred(path: string): Promise<void> {
  try {
    const handle = await open(path, "r+");
    try {
      await handle.write(randomBytes(keyBytes), 0, keyBytes, 0);
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (codeOf(error) !== "ENOENT") throw error;
  }
  await rm(path, { force: true });
}

class FileKeystore implements Keystore {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async wrap(personId: string, label: string, dataKey: Uint8Array): Promise<Uint8Array> {
    const path = this.#path(personId);
    const key = (await readKey(path)) ?? (await this.#put(path, randomBytes(keyBytes)));
    return wrapKey(key, personId, label, dataKey);
  }

  async unwrap(personId: string, label: string, wrapped: Uint8Array): Promise<Uint8Array> {
    const keys = [await readKey(this.#path(personId)), await readKey(this.#oldPath(personId))];
    return unwrapKey(keys, personId, label, wrapped);
  }

  async beginRotation(personId: string): Promise<void> {
    const path = this.#path(personId);
    const key = await readKey(path);
    if (key === null) return;
    try {
      await link(path, this.#oldPath(personId));
    } catch (error) {
      if (codeOf(error) !== "EEXIST") throw error;
      const old = await readKey(this.#oldPath(personId));
      // Begun before. Where both are still the same key, it ended before the new one was there.
      if (old === null || !Buffer.from(old).equals(key)) return;
    }
    await rename(await this.#write(path, randomBytes(keyBytes)), path);
    await syncFolder(this.#folder);
  }

  async endRotation(personId: string): Promise<void> {
    await shred(this.#oldPath(personId));
  }

  async isRotating(personId: string): Promise<boolean> {
    return (await readKey(this.#oldPath(personId))) !== null;
  }

  async destroy(personId: string): Promise<void> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    const path = this.#path(personId);
    // What an interrupted write left beside it may be a second name of the same key.
    for (const name of await readdir(this.#folder)) {
      if (join(this.#folder, name).startsWith(path)) await shred(join(this.#folder, name));
    }
    await syncFolder(this.#folder);
  }

  exportKey(personId: string): Promise<Uint8Array | null> {
    return readKey(this.#path(personId));
  }

  async importKey(personId: string, key: Uint8Array): Promise<void> {
    if (key.byteLength !== keyBytes) throw new SealError("That is not a key.");
    const there = await this.#put(this.#path(personId), key);
    if (!Buffer.from(there).equals(key)) throw new SealError("Another key is there already.");
  }

  #path(personId: string): string {
    if (!personIdPattern.test(personId)) throw new SealError(`"${personId}" is not a person's id.`);
    return join(this.#folder, `${personId}.key`);
  }

  #oldPath(personId: string): string {
    return `${this.#path(personId)}.old`;
  }

  /** Writes a new file beside `path`, on the disk when it resolves. */
  async #write(path: string, key: Uint8Array): Promise<string> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    await chmod(this.#folder, 0o700);
    const temporary = `${path}.${randomBytes(6).toString("hex")}`;
    const handle = await open(temporary, "wx", 0o600);
    try {
      await handle.writeFile(key);
      await handle.sync();
    } finally {
      await handle.close();
    }
    return temporary;
  }

  /** Puts a key where none is, and answers the one that is there then. */
  async #put(path: string, key: Uint8Array): Promise<Uint8Array> {
    const temporary = await this.#write(path, key);
    try {
      // Unlike a rename, a link never replaces a key that another process has just made.
      await link(temporary, path);
    } catch (error) {
      if (codeOf(error) !== "EEXIST") throw error;
    } finally {
      await rm(temporary);
    }
    await syncFolder(this.#folder);
    const there = await readKey(path);
    if (there === null) throw new SealError(`${path} could not be kept.`);
    return there;
  }
}

/** Ids of the people whose keys lie in a folder, in order. */
export async function peopleWithKeys(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch(() => []);
  return names
    .filter((name) => /^[0-9a-f-]{36}\.key$/.test(name))
    .map((name) => name.slice(0, -".key".length))
    .toSorted();
}

/**
 * Keys as files of 32 bytes, one per person, readable by the server's user only (0600 in a 0700 folder). The folder
 * lies outside the data folder, so that a copy of the data alone opens nothing.
 */
export function fileKeystore(folder: string): Keystore {
  return new FileKeystore(folder);
}
