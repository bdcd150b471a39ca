/** A token of SoftHSM, as Debian packages it, in a folder of its own; where it or pkcs11js is missing, the reason. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openKeystore, tokenFileName } from "#server/adapters/keys/open-keystore.ts";
import { installCommand, loadPkcs11 } from "#server/adapters/keys/pkcs11-module.ts";
import type { Keystore } from "#server/ports/sealer.ts";

const library = "/usr/lib/softhsm/libsofthsm2.so";
const pin = "a pin of the test";

interface SoftToken {
  readonly missing: string | false;
  /** The keystore of a folder that names the token; opened once. */
  keystore(): Promise<Keystore>;
}

async function whatIsMissing(): Promise<string | false> {
  if (!existsSync(library)) return "needs SoftHSM: apt-get install softhsm2";
  return loadPkcs11().then(
    () => false as const,
    () => `needs pkcs11js: ${installCommand}`,
  );
}

export async function softToken(folder: string): Promise<SoftToken> {
  const missing = await whatIsMissing();
  if (missing !== false) return { missing, keystore: () => Promise.reject(new Error(missing)) };
  const tokens = join(folder, "tokens");
  const keysDir = join(folder, "token-keys");
  mkdirSync(tokens);
  mkdirSync(keysDir, { mode: 0o700 });
  const config = join(folder, "softhsm2.conf");
  writeFileSync(config, `directories.tokendir = ${tokens}\nlog.level = ERROR\n`);
  process.env.SOFTHSM2_CONF = config;
  const args = ["--init-token", "--free", "--label", "upbeat test", "--pin", pin, "--so-pin", pin];
  const { status, stderr } = spawnSync("softhsm2-util", args, { encoding: "utf8" });
  if (status !== 0) throw new Error(`softhsm2-util: ${stderr}`);
  writeFileSync(join(keysDir, "pin"), `${pin}\n`, { mode: 0o600 });
  writeFileSync(
    join(keysDir, tokenFileName),
    JSON.stringify({ library, token: "upbeat test", pinFile: "pin" }),
  );
  let opened: Promise<Keystore> | null = null;
  return {
    missing,
    keystore: () => (opened ??= openKeystore(keysDir)),
  };
}
