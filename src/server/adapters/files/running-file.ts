/**
 * `running.json` in the data folder says who has it open, so that a second server can name the first and a command can
 * work through it. The lock itself is the database's; this file may be left over from a process that was killed.
 */
import { readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

export interface RunningProcess {
  readonly pid: number;
  /** Where its server answers, e.g. "http://127.0.0.1:8120"; null for a command without a server. */
  readonly address: string | null;
  /** What a command shows to be let in; readable by the server's user only. */
  readonly token: string;
}

function pathIn(dataDir: string): string {
  return join(dataDir, "running.json");
}

export async function writeRunning(dataDir: string, running: RunningProcess): Promise<void> {
  const temporary = `${pathIn(dataDir)}.${running.pid}`;
  await writeFile(temporary, JSON.stringify(running), { mode: 0o600 });
  await rename(temporary, pathIn(dataDir));
}

/** What the file says, whether or not that process still lives; null when there is none. */
export async function readRunning(dataDir: string): Promise<RunningProcess | null> {
  try {
    return JSON.parse(await readFile(pathIn(dataDir), "utf8")) as RunningProcess;
  } catch {
    return null;
  }
}

export async function removeRunning(dataDir: string): Promise<void> {
  await rm(pathIn(dataDir), { force: true });
}
