/** Accounts of machines: each is a client certificate of this server's authority, and acts for nobody. */
import { scopeWords, type Scope } from "#domain/access.ts";
import type { Authorisations } from "#server/ports/authorisations.ts";
import type { CertificateAuthority } from "#server/ports/certificates.ts";
import type { Clock } from "#server/ports/environment.ts";
import { Refusal } from "./refusal.ts";

export interface IssuedAccount {
  /** Also its OAuth client id. */
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly serial: string;
  readonly expiresAtMs: number;
  readonly certificatePem: string;
  readonly keyPem: string;
  readonly rootPem: string;
}

export interface RevokedAccount {
  readonly name: string;
  readonly serials: readonly string[];
  /** Whether the account itself ended, because no certificate is left. */
  readonly ended: boolean;
}

export interface ServiceAccounts {
  /** A certificate for a new account, or another one for an account that is there; its scopes become these. */
  issue(name: string, scopes: readonly Scope[]): Promise<IssuedAccount>;
  /** Takes back every certificate of a name, or the one of a serial number; tokens end with them. */
  revoke(nameOrSerial: string): Promise<RevokedAccount>;
}

interface Parts {
  readonly authority: () => Promise<CertificateAuthority | null>;
  readonly authorisations: Pick<Authorisations, "app" | "putServiceAccount" | "removeApp">;
  readonly clock: Clock;
}

const accountName = /^[a-z0-9][a-z0-9-]{0,39}$/;

export function createServiceAccounts({ authority, authorisations, clock }: Parts): ServiceAccounts {
  const existing = async (): Promise<CertificateAuthority> => {
    const ca = await authority();
    if (ca !== null) return ca;
    throw new Refusal("conflict", "There is no certificate authority yet. Make one first: upbeat ca init");
  };
  return {
    async issue(name, scopes) {
      const ca = await existing();
      if (!accountName.test(name))
        throw new Refusal("invalid", "A name is 1 to 40 small letters, digits and hyphens.");
      const personal = scopes.find((scope) => scopeWords[scope].personal);
      if (personal !== undefined)
        throw new Refusal("invalid", `A service account acts for nobody, so it cannot have ${personal}.`);
      if ((await authorisations.app(name))?.isServiceAccount === false)
        throw new Refusal("conflict", "An app has this name already.");
      const { issued, ...pems } = await ca.issueClient(name, clock.nowMs());
      await authorisations.putServiceAccount(name, scopes);
      return { ...pems, name, scopes, serial: issued.serial, rootPem: ca.root.pem };
    },
    async revoke(nameOrSerial) {
      const ca = await existing();
      const isMeant = (text: string): boolean => text.toLowerCase() === nameOrSerial.toLowerCase();
      const good = () => ca.issued().filter(({ revokedAtMs }) => revokedAtMs === null);
      const meant = good().filter(({ name, serial }) => isMeant(name) || isMeant(serial));
      const [first] = meant;
      if (first === undefined)
        throw new Refusal(
          "not-found",
          `No certificate that is good has the name or serial number ${nameOrSerial}.`,
        );
      for (const { serial } of meant) await ca.revoke(serial, clock.nowMs());
      const ended = !good().some(({ name }) => name === first.name);
      if (ended) await authorisations.removeApp(first.name);
      return { name: first.name, serials: meant.map(({ serial }) => serial), ended };
    },
  };
}
