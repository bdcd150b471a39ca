import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { InvalidArgumentError, type Command } from "commander";
import { isScope, scopes, scopeWords, type Scope } from "#domain/access.ts";
import { authorityFolder, writeSecret } from "#server/adapters/ca/authority-folder.ts";
import { initAuthority, localServiceAccounts } from "#server/local-authority.ts";
import { defaultDataDir, defaultKeysDir } from "#server/open-data-folder.ts";
import { Refusal } from "#server/use-cases/refusal.ts";
import type { IssuedAccount, RevokedAccount, ServiceAccounts } from "#server/use-cases/service-accounts.ts";
import { withDataFolder } from "../data-folder.ts";
import { UserError, printJson, printLine } from "../output.ts";

interface CaOptions {
  readonly keys: string;
  readonly json?: boolean;
}

interface AccountOptions extends CaOptions {
  readonly data: string;
}

interface IssueOptions extends AccountOptions {
  readonly scopes: readonly Scope[];
  readonly out?: string;
}

async function clearly<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw error instanceof Refusal ? new UserError(error.message) : error;
  }
}

const day = (atMs: number): string => new Date(atMs).toISOString().slice(0, 10);

async function init(names: readonly string[], { keys, json }: CaOptions): Promise<void> {
  const root = await clearly(initAuthority(keys, names));
  const certificatePath = join(resolve(authorityFolder(keys)), "root.crt");
  if (json === true) {
    printJson({ ...root, pem: undefined, expiresAt: day(root.expiresAtMs), certificatePath });
    return;
  }
  printLine(
    `${root.name}: good for the local network${names.length === 0 ? "" : ` and ${names.join(", ")}`}.`,
  );
  printLine(`Certificate: ${certificatePath}, until ${day(root.expiresAtMs)}`);
  printLine(`SHA-256: ${root.fingerprint}`);
  printLine("Serve other machines with: upbeat serve --host 0.0.0.0");
}

/** The same work through the server that runs, or on the folder itself. */
async function onAccounts<T>(
  { data, keys }: AccountOptions,
  request: { readonly method: string; readonly path: string; readonly body?: unknown },
  directly: (accounts: ServiceAccounts) => Promise<T>,
): Promise<T> {
  return withDataFolder(data, {
    throughServer: async (server) =>
      (await (await server.request(request.method, request.path, request.body)).json()) as T,
    directly: async ({ store }) => clearly(directly(await localServiceAccounts(keys, store))),
  });
}

async function issue(name: string, options: IssueOptions): Promise<void> {
  const folder = resolve(options.out ?? join(authorityFolder(options.keys), "issued"));
  const at = (ending: string): string => join(folder, ending);
  const paths = {
    certificatePath: at(`${name}.crt`),
    keyPath: at(`${name}.key`),
    rootPath: at("upbeat-root.crt"),
  };
  if (existsSync(paths.keyPath))
    throw new UserError(
      `${paths.keyPath} is there already. Move it away, or choose another folder with --out.`,
    );
  const made = await onAccounts<IssuedAccount>(
    options,
    { method: "POST", path: "/v1/control/service-accounts", body: { name, scopes: options.scopes } },
    (accounts) => accounts.issue(name, options.scopes),
  );
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeSecret(paths.keyPath, made.keyPem);
  await writeFile(paths.certificatePath, made.certificatePem);
  await writeFile(paths.rootPath, made.rootPem);
  const { serial, expiresAtMs } = made;
  if (options.json === true) {
    printJson({
      name,
      clientId: name,
      scopes: options.scopes,
      serial,
      expiresAtMs,
      expiresAt: day(expiresAtMs),
      ...paths,
    });
    return;
  }
  printLine(`Service account ${name} may: ${options.scopes.join(", ")}`);
  printLine(`Certificate: ${paths.certificatePath}, until ${day(expiresAtMs)}, serial ${serial}`);
  printLine(`Key: ${paths.keyPath}`);
  printLine(
    `It asks for a token with both at /oauth/token, grant_type=client_credentials, client_id=${name}`,
  );
}

async function revoke(nameOrSerial: string, options: AccountOptions): Promise<void> {
  const revoked = await onAccounts<RevokedAccount>(
    options,
    { method: "DELETE", path: `/v1/control/service-accounts/${encodeURIComponent(nameOrSerial)}` },
    (accounts) => accounts.revoke(nameOrSerial),
  );
  if (options.json === true) {
    printJson(revoked);
    return;
  }
  printLine(`Revoked: ${revoked.serials.join(", ")} of ${revoked.name}.`);
  if (revoked.ended) printLine("It was the last one: the account and its tokens have ended.");
}

function toScopes(text: string): readonly Scope[] {
  const wanted = text.split(/[\s,]+/).filter((part) => part !== "");
  const open = scopes.filter((scope) => !scopeWords[scope].personal);
  if (wanted.length === 0 || !wanted.every((scope) => isScope(scope) && open.includes(scope)))
    throw new InvalidArgumentError(`A service account may have: ${open.join(", ")}.`);
  return wanted.filter(isScope);
}

export function registerCa(program: Command): void {
  const ca = program.command("ca").description("The server's own small certificate authority");
  const keys = ["--keys <folder>", "keystore", defaultKeysDir()] as const;
  const data = ["--data <folder>", "data folder", defaultDataDir()] as const;
  ca.command("init")
    .description("Make the authority: devices that trust it trust this server")
    .argument("[names...]", "host names of yours beside those of the local network, e.g. upbeat.example.org")
    .option(...keys)
    .option("--json", "print one JSON document")
    .action(init);
  ca.command("issue")
    .description("Make a service account and its client certificate")
    .argument("<name>", "its name: small letters, digits and hyphens")
    .option("--scopes <list>", "what it may read", toScopes, ["classes:read"] as const)
    .option("--out <folder>", "where certificate and key are written; by default in the keystore")
    .option(...data)
    .option(...keys)
    .option("--json", "print one JSON document")
    .action(issue);
  ca.command("revoke")
    .description("Take certificates back; tokens end with them")
    .argument("<name-or-serial>", "every certificate of a name, or one by its serial number")
    .option(...data)
    .option(...keys)
    .option("--json", "print one JSON document")
    .action(revoke);
}
