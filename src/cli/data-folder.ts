import { FolderInUseError, openDataFolder, type DataFolder } from "#server/open-data-folder.ts";
import { StoreError } from "#server/ports/store.ts";
import { findRunningServer, type RunningServer } from "#server/running-server.ts";
import { UserError } from "./output.ts";

interface Work<T> {
  readonly throughServer: (server: RunningServer) => Promise<T>;
  readonly directly: (folder: DataFolder) => Promise<T>;
}

async function open(dataDir: string): Promise<DataFolder> {
  try {
    return await openDataFolder(dataDir);
  } catch (error) {
    const isClear = error instanceof FolderInUseError || error instanceof StoreError;
    throw isClear ? new UserError(error.message) : error;
  }
}

/** Does something with a data folder: through the server that runs on it, or by opening it when there is none. */
export async function withDataFolder<T>(dataDir: string, work: Work<T>): Promise<T> {
  const server = await findRunningServer(dataDir);
  if (server !== null) {
    try {
      return await work.throughServer(server);
    } catch (error) {
      throw error instanceof Error ? new UserError(error.message) : error;
    }
  }
  const folder = await open(dataDir);
  try {
    return await work.directly(folder);
  } finally {
    await folder.close();
  }
}
