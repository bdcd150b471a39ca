/** A backup is one file: a consistent copy of the database. Keys are never in it; demo tracks are composed again. */
import { randomBytes } from "node:crypto";
import { access, chmod, copyFile, link, mkdir, open, readdir, rename, rm } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { checkBackup } from "./adapters/sqlite/check-backup.ts";
import { databaseName } from "./open-data-folder.ts";
import type { Store } from "./ports/store.ts";

/** The backup or restore cannot be done; `message` is one clear line. */
export class BackupError extends Error {
  override name = "BackupError";
}

async function syncPath(path: string): Promise<void> {
  const handle = await open(path, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Writes `store` to `path`, which must not exist; a backup that failed leaves nothing there. */
export async function writeBackup(store: Store, path: string): Promise<void> {
  const target = resolve(path);
  if (await exists(target)) throw new BackupError(`${target} is there already. Choose another name.`);
  const temporary = `${target}.${randomBytes(6).toString("hex")}.part`;
  try {
    await store.backup(temporary);
    await chmod(temporary, 0o600);
    await syncPath(temporary);
    await link(temporary, target);
    await syncPath(dirname(target));
  } catch (error) {
    throw new BackupError(`${target} could not be written: ${reasonOf(error)}`);
  } finally {
    await rm(temporary, { force: true });
  }
}

async function isEmptyOrAbsent(folder: string): Promise<boolean> {
  try {
    return (await readdir(folder)).length === 0;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return true;
    throw new BackupError(`${folder} cannot be read: ${reasonOf(error)}`);
  }
}

/** Makes a data folder from a backup. Refuses a folder that holds anything, and a file that is not a whole backup. */
export async function restoreBackup(path: string, dir: string): Promise<void> {
  const dataDir = resolve(dir);
  if (!(await isEmptyOrAbsent(dataDir))) {
    throw new BackupError(`${dataDir} is not empty. Choose another --data, or move what is there away.`);
  }
  const problem = checkBackup(resolve(path));
  if (problem !== null) throw new BackupError(problem);
  const target = join(dataDir, databaseName);
  const temporary = `${target}.part`;
  try {
    await mkdir(dataDir, { recursive: true, mode: 0o700 });
    await copyFile(resolve(path), temporary);
    await chmod(temporary, 0o600);
    await syncPath(temporary);
    await rename(temporary, target);
    await syncPath(dataDir);
  } catch (error) {
    await rm(temporary, { force: true });
    throw new BackupError(`${dataDir} could not be written: ${reasonOf(error)}`);
  }
}
