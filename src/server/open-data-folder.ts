import { randomBytes } from "node:crypto";
import { mkdir, open } from "node:fs/promises";
import { homedir } from "node:os";
import { isAbsolute, join, relative, resolve, sep } from "node:path";
import { readRunning, removeRunning, writeRunning } from "./adapters/files/running-file.ts";
import { openSqliteStore } from "./adapters/sqlite/sqlite-store.ts";
import { StoreError, type Store } from "./ports/store.ts";

/** Where Upbeat keeps things when it is not told (XDG Base Directory Specification). */
export function defaultDataDir(): string {
  return join(process.env.XDG_DATA_HOME ?? join(homedir(), ".local", "share"), "upbeat");
}

export function defaultKeysDir(): string {
  return join(process.env.XDG_CONFIG_HOME ?? join(homedir(), ".config"), "upbeat", "keys");
}

export const databaseName = "upbeat.db";

export interface DataFolder {
  readonly dataDir: string;
  readonly store: Store;
  /** Lets the commands of this machine in, while this process has the folder. */
  readonly controlToken: string;
  /** Says where the server of this process answers. */
  announce(address: string): Promise<void>;
  close(): Promise<void>;
}

/** Somebody else has the folder open. */
export class FolderInUseError extends Error {
  override name = "FolderInUseError";
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function openStore(dataDir: string): Promise<Store> {
  try {
    await mkdir(dataDir, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new StoreError("read-only", `${dataDir} cannot be made: ${(error as Error).message}`);
  }
  const store = await openSqliteStore(join(dataDir, databaseName));
  await syncFolder(dataDir);
  return store;
}

/**
 * Opens a data folder as its only user; `close` lets it go.
 * @throws FolderInUseError naming the process that has it; StoreError when it cannot be used.
 */
export async function openDataFolder(dir: string): Promise<DataFolder> {
  const dataDir = resolve(dir);
  let store: Store;
  try {
    store = await openStore(dataDir);
  } catch (error) {
    if (!(error instanceof StoreError) || error.reason !== "in-use") throw error;
    const running = await readRunning(dataDir);
    const who = running === null ? "another process" : `process ${running.pid}`;
    const where = running?.address ? ` (${running.address})` : "";
    throw new FolderInUseError(
      `${dataDir} is in use by ${who}${where}. Stop it first, or choose another --data.`,
    );
  }
  const controlToken = randomBytes(32).toString("base64url");
  await writeRunning(dataDir, { pid: process.pid, address: null, token: controlToken });
  return {
    dataDir,
    store,
    controlToken,
    announce: (address) => writeRunning(dataDir, { pid: process.pid, address, token: controlToken }),
    async close() {
      await removeRunning(dataDir);
      await store.close();
    },
  };
}

/** Whether `folder` is `outer` or lies in it. */
export function isInside(folder: string, outer: string): boolean {
  const path = relative(resolve(outer), resolve(folder));
  return path === "" || (path !== ".." && !path.startsWith(`..${sep}`) && !isAbsolute(path));
}
