import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { SealError, type Keystore } from "#server/ports/sealer.ts";
import { fileKeystore, peopleWithKeys } from "./file-keystore.ts";
import { pkcs11Keystore } from "./pkcs11-keystore.ts";

/** Lies in the keystore folder when a token holds the keys of people: `{library, token, pinFile}`. */
export const tokenFileName = "token.json";

interface TokenFile {
  readonly library: string;
  readonly token: string;
  /** Relative to the keystore folder. */
  readonly pinFile: string;
}

async function readTokenFile(folder: string): Promise<TokenFile | null> {
  let text: string;
  try {
    text = await readFile(join(folder, tokenFileName), "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
  try {
    const { library, token, pinFile } = JSON.parse(text) as Record<string, unknown>;
    if (typeof library === "string" && typeof token === "string" && typeof pinFile === "string") {
      return { library, token, pinFile };
    }
  } catch {
    // Said below.
  }
  throw new SealError(`${join(folder, tokenFileName)} is not {"library", "token", "pinFile"}.`);
}

/** Keys of people as files in the folder, or in the token that the folder names. @throws SealError */
export async function openKeystore(folder: string): Promise<Keystore> {
  const named = await readTokenFile(folder);
  if (named === null) return fileKeystore(folder);
  if ((await peopleWithKeys(folder)).length > 0) {
    throw new SealError(
      `${folder} names a token, but holds keys as files. Move them: upbeat keys move --to pkcs11`,
    );
  }
  return openToken(folder, named);
}

async function openToken(folder: string, named: TokenFile): Promise<Keystore> {
  const pinPath = resolve(folder, named.pinFile);
  const pin = await readFile(pinPath, "utf8").catch(() => {
    throw new SealError(`The token's PIN cannot be read from ${pinPath}.`);
  });
  return pkcs11Keystore({ ...named, pin: pin.trim() });
}

/**
 * Moves the keys that lie as files in a folder into the token that the folder names. Each file goes once the token has been seen to
 * hold its key; interrupted, it can be run again. Answers how many moved. @throws SealError
 */
export async function moveKeysToToken(folder: string): Promise<number> {
  const named = await readTokenFile(folder);
  if (named === null) {
    throw new SealError(
      `${folder} names no token yet. Put a ${tokenFileName} there: {"library", "token", "pinFile"}.`,
    );
  }
  const files = fileKeystore(folder);
  const token = await openToken(folder, named);
  const people = await peopleWithKeys(folder);
  for (const personId of people) {
    if (await files.isRotating(personId)) {
      throw new SealError("A rotation was interrupted. End it first: upbeat keys rotate, without the token.");
    }
  }
  for (const personId of people) {
    const key = await files.exportKey(personId);
    if (key === null) continue;
    await token.importKey(personId, key);
    await files.destroy(personId);
  }
  return people.length;
}
