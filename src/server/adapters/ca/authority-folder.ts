/** An authority as files of the keystore: root.key (0600), root.crt, authority.json. */
import { mkdir, open, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { AuthorityRecords, IssuedCertificate, KeptAuthority } from "#server/ports/certificates.ts";
import { writeWholeFile } from "../files/write-whole-file.ts";

const keyName = "root.key";
const certificateName = "root.crt";
const listName = "authority.json";
const secretMode = 0o600;

interface ListFile {
  readonly names: readonly string[];
  readonly issued: readonly IssuedCertificate[];
}

async function textOf(path: string): Promise<string | null> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}

/** Writes a secret that must not be there yet, readable by the server's user only. */
export async function writeSecret(path: string, text: string): Promise<void> {
  const file = await open(path, "wx", secretMode);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** The folder of the authority within a keystore. */
export function authorityFolder(keysDir: string): string {
  return join(keysDir, "ca");
}

export function folderAuthority(keysDir: string): AuthorityRecords {
  const folder = authorityFolder(keysDir);
  const path = (name: string): string => join(folder, name);
  const putList = (list: ListFile): Promise<void> =>
    writeWholeFile(path(listName), Buffer.from(JSON.stringify(list, null, 2)), secretMode);
  const list = async (): Promise<ListFile> =>
    JSON.parse((await textOf(path(listName))) ?? `{"names":[],"issued":[]}`) as ListFile;
  return {
    async read(): Promise<KeptAuthority | null> {
      const [keyPem, certificatePem] = await Promise.all([
        textOf(path(keyName)),
        textOf(path(certificateName)),
      ]);
      if (keyPem === null || certificatePem === null) return null;
      return { keyPem, certificatePem, ...(await list()) };
    },
    async create({ keyPem, certificatePem, names, issued }) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      // The key last: with it there is an authority, before it there is none.
      if ((await textOf(path(keyName))) !== null)
        throw new Error(`There is an authority in ${folder} already.`);
      await putList({ names, issued });
      await writeWholeFile(path(certificateName), Buffer.from(certificatePem));
      await writeSecret(path(keyName), keyPem);
    },
    async putIssued(issued) {
      await putList({ ...(await list()), issued });
    },
  };
}
