/** The certificate authority and its service accounts as commands reach them when no server runs. */
import { hostname } from "node:os";
import { authorityFolder, folderAuthority } from "./adapters/ca/authority-folder.ts";
import { createAuthority, isHostName, openAuthority } from "./adapters/ca/authority.ts";
import { fileServerSecrets } from "./adapters/keys/server-secrets.ts";
import { authorisationsOver } from "./adapters/oauth/authorisations.ts";
import { systemClock } from "./adapters/system.ts";
import type { RootCertificate } from "./ports/certificates.ts";
import type { Store } from "./ports/store.ts";
import { Refusal } from "./use-cases/refusal.ts";
import { createServiceAccounts, type ServiceAccounts } from "./use-cases/service-accounts.ts";

/** Makes the authority of a keystore, for the local network and `names`. Rejects with `Refusal` when there is one. */
export async function initAuthority(keysDir: string, names: readonly string[]): Promise<RootCertificate> {
  const records = folderAuthority(keysDir);
  const known = await openAuthority(records);
  if (known !== null) {
    throw new Refusal(
      "conflict",
      `There is an authority in ${authorityFolder(keysDir)} already (SHA-256 ${known.root.fingerprint}). Devices trust it, so it stays.`,
    );
  }
  const lower = names.map((name) => name.toLowerCase());
  const wrong = lower.find((name) => !isHostName(name));
  if (wrong !== undefined) throw new Refusal("invalid", `"${wrong}" is not a host name.`);
  const { root } = await createAuthority(records, {
    machine: hostname(),
    names: lower,
    nowMs: systemClock.nowMs(),
  });
  return root;
}

export async function localServiceAccounts(keysDir: string, store: Store): Promise<ServiceAccounts> {
  return createServiceAccounts({
    authority: () => openAuthority(folderAuthority(keysDir)),
    authorisations: authorisationsOver(store.oauth, await fileServerSecrets(keysDir)),
    clock: systemClock,
  });
}
