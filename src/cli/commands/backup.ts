import { resolve } from "node:path";
import type { Command } from "commander";
import { BackupError, restoreBackup, writeBackup } from "#server/backup.ts";
import { defaultDataDir, defaultKeysDir } from "#server/open-data-folder.ts";
import { withDataFolder } from "../data-folder.ts";
import { UserError, printLine } from "../output.ts";

interface BackupOptions {
  readonly data: string;
}

async function asUserError(work: Promise<void>): Promise<void> {
  try {
    await work;
  } catch (error) {
    throw error instanceof BackupError ? new UserError(error.message) : error;
  }
}

async function backup(file: string, { data }: BackupOptions): Promise<void> {
  const path = resolve(file);
  await withDataFolder(data, {
    throughServer: async (server) => {
      await server.request("POST", "/v1/control/backup", { path });
    },
    directly: ({ store }) => asUserError(writeBackup(store, path)),
  });
  printLine(`Backup written: ${path}`);
  printLine(`It does not hold the keys. Keep ${defaultKeysDir()} safe, apart from it.`);
}

async function restore(file: string, { data }: BackupOptions): Promise<void> {
  await asUserError(restoreBackup(file, data));
  printLine(`Restored into ${resolve(data)}.`);
}

export function registerBackup(program: Command): void {
  program
    .command("backup")
    .description("Write a consistent copy of the data folder to one file")
    .argument("<file>", "file to write; must not exist")
    .option("--data <folder>", "data folder", defaultDataDir())
    .action(backup);
  program
    .command("restore")
    .description("Make a data folder from a backup")
    .argument("<file>", "file that backup wrote")
    .option("--data <folder>", "data folder; must be empty or absent", defaultDataDir())
    .action(restore);
}
