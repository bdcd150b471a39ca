/** Puts together how other machines are served: over TLS, with a certificate of the server's own small authority. */
import type { Server } from "node:https";
import { hostname } from "node:os";
import { folderAuthority } from "./adapters/ca/authority-folder.ts";
import { createAuthority, openAuthority } from "./adapters/ca/authority.ts";
import { peerCertificates } from "./adapters/ca/peer-certificate.ts";
import { hostNamesFor, isLoopbackHost, reachableHosts, systemClock } from "./adapters/system.ts";
import { renewCertificate, type SecureContext } from "./adapters/tls/secure-server.ts";
import type { CertificateAuthority } from "./ports/certificates.ts";
import type { Trust } from "./http/routes/trust.ts";
import { createServerCertificate } from "./use-cases/server-certificate.ts";

/** A machine that got another address is reachable by it after at most this long. */
const refreshEveryMs = 60_000;

/** The authority of a keystore, made if `make` and there is none; null while there is none. */
async function authorityOf(keysDir: string, make: boolean): Promise<CertificateAuthority | null> {
  const records = folderAuthority(keysDir);
  const kept = await openAuthority(records);
  if (kept !== null || !make) return kept;
  return createAuthority(records, { machine: hostname(), names: [], nowMs: systemClock.nowMs() });
}

interface TlsPartOptions {
  readonly host: string;
  readonly keysDir: string;
  /** Known once the server listens. */
  readonly port: () => number;
}

export async function assembleTls({ host, keysDir, port }: TlsPartOptions) {
  const isLoopbackOnly = isLoopbackHost(host);
  let authority = await authorityOf(keysDir, !isLoopbackOnly);
  const ownNames = authority?.root.names ?? [];
  const hostNames = new Set<string>();
  const readNames = (): readonly string[] => {
    const names = [...hostNamesFor(host), ...ownNames];
    hostNames.clear();
    for (const name of names) hostNames.add(name);
    return names;
  };
  readNames();
  const peerCertificate = peerCertificates(() => authority);
  /** One that was made by a command meanwhile is found too. */
  const current = async () => (authority ??= await authorityOf(keysDir, false));
  const shared = { authority: current, peerCertificate };
  if (isLoopbackOnly || authority === null) {
    const forApp = { hostNames, peerCertificate, secureContext: null, trust: null };
    return { ...shared, forApp, keepCurrent: () => () => {} };
  }
  const ca = authority;
  const { root } = ca;
  const certificate = createServerCertificate({ authority, hosts: readNames, clock: systemClock });
  const secureContext = (): SecureContext => ({ ...certificate.current(), rootPem: root.pem });
  const trust: Trust = {
    root,
    hosts: () =>
      reachableHosts(host, ownNames)
        .filter((name) => ca.coverable([name]).length > 0)
        .map((name) => `${name}:${port()}`),
  };
  return {
    ...shared,
    forApp: { hostNames, peerCertificate, secureContext: secureContext(), trust },
    /** Renews the certificate while the server runs; answers how to stop that. */
    keepCurrent(server: Server): () => void {
      const timer = setInterval(() => {
        if (certificate.refresh()) renewCertificate(server, secureContext());
      }, refreshEveryMs);
      return () => clearInterval(timer);
    },
  };
}
