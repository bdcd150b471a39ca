import { text } from "node:stream/consumers";
import { resolve } from "node:path";
import { Option, type Command } from "commander";
import { defaultDataDir, defaultKeysDir } from "#server/open-data-folder.ts";
import { moveKeysToToken } from "#server/adapters/keys/open-keystore.ts";
import { SealError } from "#server/ports/sealer.ts";
import { rotateKeysIn } from "#server/rotate-keys-in.ts";
import { Refusal } from "#server/use-cases/refusal.ts";
import { recoveryKit, restoreFromKit } from "#server/recovery-kit.ts";
import { withDataFolder } from "../data-folder.ts";
import { UserError, printLine } from "../output.ts";

interface KeysOptions {
  readonly keys: string;
}

async function printKit({ keys }: KeysOptions): Promise<void> {
  const lines = await recoveryKit(keys);
  if (lines.length === 0) {
    throw new UserError(`There are no keys in ${resolve(keys)} yet; those in a token cannot leave it.`);
  }
  printLine("UPBEAT RECOVERY KIT");
  printLine("Print it and keep it apart from your backups. Whoever has both can read everything.");
  printLine("Back into a new keystore: upbeat keys restore, then type or paste the lines below.");
  printLine("");
  for (const line of lines) printLine(line);
}

async function restoreKit({ keys }: KeysOptions): Promise<void> {
  let count: number;
  try {
    count = await restoreFromKit(keys, await text(process.stdin));
  } catch (error) {
    throw error instanceof SealError
      ? new UserError(`${error.message} Nothing after it was restored.`)
      : error;
  }
  if (count === 0) throw new UserError("No line of a recovery kit was found in the input.");
  printLine(`${count === 1 ? "One key is" : `${count} keys are`} in ${resolve(keys)}.`);
}

interface MoveOptions extends KeysOptions {
  readonly data: string;
}

/** Nothing may wrap or unwrap meanwhile: the data folder is held, which a running server refuses. */
async function moveKeys({ keys, data }: MoveOptions): Promise<void> {
  const count = await withDataFolder(data, {
    throughServer: () => Promise.reject(new UserError("Stop the server first: its keys are about to move.")),
    directly: async () => {
      try {
        return await moveKeysToToken(keys);
      } catch (error) {
        throw error instanceof SealError ? new UserError(error.message) : error;
      }
    },
  });
  printLine(
    `${count === 1 ? "One key is" : `${count} keys are`} in the token, and no longer in ${resolve(keys)}.`,
  );
  printLine("A recovery kit of before still opens them. Keys that never were outside: upbeat keys rotate.");
}

interface RotateOptions extends KeysOptions {
  readonly data: string;
  readonly person?: string;
}

async function rotateKeys({ keys, data, person }: RotateOptions): Promise<void> {
  const count = await withDataFolder(data, {
    throughServer: async (server) => {
      const answer = await server.request("POST", "/v1/control/keys", { name: person });
      return ((await answer.json()) as { people: number }).people;
    },
    directly: async ({ store }) => {
      try {
        return await rotateKeysIn(store, keys, person ?? null);
      } catch (error) {
        const isClear = error instanceof Refusal || error instanceof SealError;
        throw isClear ? new UserError(error.message) : error;
      }
    },
  });
  printLine(`${count === 1 ? "One person has" : `${count} people have`} a new key.`);
  printLine("Print a new recovery kit: the one of before opens nothing of now.");
}

export function registerKeys(program: Command): void {
  const keys = program
    .command("keys")
    .description("The keys that open sealed data: a kit on paper, and back");
  keys
    .command("kit")
    .description("Print the recovery kit: every person's key")
    .option("--keys <folder>", "keystore", defaultKeysDir())
    .action(printKit);
  keys
    .command("move")
    .description("Move the keys from files into the token that token.json names. Interrupted, run it again")
    .addOption(new Option("--to <place>", "where to").choices(["pkcs11"]).makeOptionMandatory())
    .option("--data <folder>", "data folder", defaultDataDir())
    .option("--keys <folder>", "keystore", defaultKeysDir())
    .action(moveKeys);
  keys
    .command("rotate")
    .description("Make new keys; what is sealed stays readable. Interrupted, run it again")
    .option("--person <name>", "of one person only")
    .option("--data <folder>", "data folder", defaultDataDir())
    .option("--keys <folder>", "keystore", defaultKeysDir())
    .action(rotateKeys);
  keys
    .command("restore")
    .description("Read a recovery kit from standard input into the keystore")
    .option("--keys <folder>", "keystore", defaultKeysDir())
    .action(restoreKit);
}
