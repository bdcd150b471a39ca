import { mkdir, open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";

/** What unfinished files end with; they may be deleted at any time nobody writes. */
const unfinishedSuffix = ".unfinished";

/**
 * Writes a file so that, after a crash at any moment, it is there whole or not at all: under another name first, synced,
 * renamed, and the folder synced.
 */
export async function writeWholeFile(path: string, bytes: Uint8Array, mode = 0o666): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const unfinished = path + unfinishedSuffix;
  try {
    const file = await open(unfinished, "w", mode);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
  await syncFolder(dirname(path));
}

/** Makes a rename durable; Windows neither needs nor allows it. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === "win32") return;
  const folder = await open(path, "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
