import { randomBytes } from "node:crypto";
import { chmod, link, mkdir, open, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { SealError, type Keystore } from "#server/ports/sealer.ts";

const keyBytes = 32;
const personIdPattern = /^[0-9a-f-]{1,64}$/;

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/**
 * Keys as files of 32 bytes, one per person, readable by the server's user only (0600 in a 0700 folder). The folder
 * lies outside the data folder, so that a copy of the data alone opens nothing.
 */
export function fileKeystore(folder: string): Keystore {
  const pathOf = (personId: string): string => {
    if (!personIdPattern.test(personId)) throw new SealError(`"${personId}" is not a person's id.`);
    return join(folder, `${personId}.key`);
  };

  const get = async (personId: string): Promise<Uint8Array | null> => {
    let key: Uint8Array;
    try {
      key = await readFile(pathOf(personId));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
      throw error;
    }
    if (key.byteLength !== keyBytes) throw new SealError(`${pathOf(personId)} is damaged.`);
    return key;
  };

  const create = async (personId: string): Promise<Uint8Array> => {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await chmod(folder, 0o700);
    const path = pathOf(personId);
    const temporary = `${path}.${randomBytes(6).toString("hex")}`;
    const handle = await open(temporary, "wx", 0o600);
    try {
      await handle.writeFile(randomBytes(keyBytes));
      await handle.sync();
    } finally {
      await handle.close();
    }
    try {
      // Unlike a rename, a link never replaces a key that another process has just made.
      await link(temporary, path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    } finally {
      await rm(temporary);
    }
    await syncFolder(folder);
    const key = await get(personId);
    if (key === null) throw new SealError(`${path} could not be kept.`);
    return key;
  };

  return {
    get,
    getOrCreate: async (personId) => (await get(personId)) ?? create(personId),
    async destroy(personId) {
      await rm(pathOf(personId), { force: true });
      await syncFolder(folder);
    },
  };
}
