import { hkdfSync, randomBytes } from "node:crypto";
import { chmod, link, mkdir, open, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import type { ServerSecrets } from "#server/ports/oauth.ts";
import { SealError } from "#server/ports/sealer.ts";

const rootBytes = 32;
const fileName = "server.secret";

async function create(folder: string, path: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await chmod(folder, 0o700);
  const temporary = `${path}.${randomBytes(6).toString("hex")}`;
  const handle = await open(temporary, "wx", 0o600);
  try {
    await handle.writeFile(randomBytes(rootBytes));
    await handle.sync();
  } finally {
    await handle.close();
  }
  try {
    await link(temporary, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  } finally {
    await rm(temporary);
  }
}

/** Every secret follows from 32 random bytes by HKDF (RFC 5869). */
export function secretsFrom(root: Uint8Array): ServerSecrets {
  return {
    derive: (purpose, bytes) => new Uint8Array(hkdfSync("sha256", root, "upbeat", purpose, bytes)),
  };
}

/** The secrets of the server, from a file in the keystore folder (0600) that is made on the first start. */
export async function fileServerSecrets(folder: string): Promise<ServerSecrets> {
  const path = join(folder, fileName);
  for (let attempt = 0; ; attempt += 1) {
    try {
      const root = await readFile(path);
      if (root.byteLength !== rootBytes) throw new SealError(`${path} is damaged.`);
      return secretsFrom(root);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOENT" || attempt > 0) throw error;
      await create(folder, path);
    }
  }
}
