/** The recovery kit: every person's key on paper. With it and a backup everything can be had back; alone it opens nothing. */
import { fileKeystore, peopleWithKeys } from "./adapters/keys/file-keystore.ts";
import { fromRecoveryCode, toRecoveryCode } from "./adapters/keys/recovery-code.ts";

/** One line a person: their id and their key's recovery code. */
export async function recoveryKit(keysDir: string): Promise<readonly string[]> {
  const keystore = fileKeystore(keysDir);
  const lines: string[] = [];
  for (const personId of await peopleWithKeys(keysDir)) {
    const key = await keystore.exportKey(personId);
    if (key !== null) lines.push(`${personId}  ${toRecoveryCode(key)}`);
  }
  return lines;
}

const linePattern = /^\s*([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\s+(.+)$/;

/**
 * Puts the keys of a kit back; lines that are not of a kit are passed over. Answers how many there were.
 * @throws SealError when a code is wrong or another key is there.
 */
export async function restoreFromKit(keysDir: string, text: string): Promise<number> {
  const keystore = fileKeystore(keysDir);
  const entries = text.split("\n").flatMap((line) => {
    const [, personId, code] = linePattern.exec(line) ?? [];
    return personId === undefined || code === undefined ? [] : [{ personId, key: fromRecoveryCode(code) }];
  });
  for (const { personId, key } of entries) await keystore.importKey(personId, key);
  return entries.length;
}
