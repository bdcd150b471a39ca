import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";
import type { Command } from "commander";
import { setPasswordIn } from "#server/set-password.ts";
import { defaultDataDir } from "#server/open-data-folder.ts";
import { Refusal } from "#server/use-cases/refusal.ts";
import { withDataFolder } from "../data-folder.ts";
import { UserError, printLine } from "../output.ts";

/** Asks on the terminal without showing what is typed. */
async function askHidden(question: string): Promise<string> {
  process.stderr.write(question);
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: silent, terminal: true });
  try {
    return await lines.question("");
  } finally {
    lines.close();
    process.stderr.write("\n");
  }
}

async function firstLineOfInput(): Promise<string> {
  for await (const line of createInterface({ input: process.stdin })) return line;
  return "";
}

async function askPassword(): Promise<string> {
  if (!process.stdin.isTTY) return firstLineOfInput();
  const password = await askHidden("New password: ");
  const again = await askHidden("Once more: ");
  if (password !== again) throw new UserError("The two differ. Nothing was changed.");
  return password;
}

interface PasswordOptions {
  readonly data: string;
  readonly person?: string;
}

async function setPassword({ data, person }: PasswordOptions): Promise<void> {
  const password = await askPassword();
  await withDataFolder(data, {
    throughServer: async (server) => {
      await server.request("PUT", "/v1/control/password", {
        password,
        ...(person !== undefined && { name: person }),
      });
    },
    directly: async ({ store }) => {
      try {
        await setPasswordIn(store, password, person ?? null);
      } catch (error) {
        throw error instanceof Refusal ? new UserError(error.message) : error;
      }
    },
  });
  printLine("The password is set. Every browser has to sign in again.");
}

export function registerPassword(program: Command): void {
  program
    .command("password")
    .description(
      "Set a password, asked for here or read from standard input; no passkey is asked for beside it",
    )
    .option("--person <name>", "a member's instead of the owner's")
    .option("--data <folder>", "data folder", defaultDataDir())
    .action(setPassword);
}
