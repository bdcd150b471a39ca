import { X509Certificate, createPrivateKey, randomBytes, type KeyObject } from "node:crypto";
import type {
  AuthorityRecords,
  CertificateAndKey,
  CertificateAuthority,
  IssuedCertificate,
  KeptAuthority,
  RootCertificate,
} from "#server/ports/certificates.ts";
import { makeLeaf, makeRoot, type KeyAndCertificate, type Subject } from "./certificates.ts";

const dayMs = 86_400_000;
/** Phones are not asked again for as long as they last. */
export const rootMs = 3650 * dayMs;
/** Browsers take at most 398 days; this one is made anew at each start and long before it ends. */
export const serverMs = 90 * dayMs;
export const clientMs = 365 * dayMs;

/** Names that belong to local networks: multicast DNS, what routers hand out, and what is reserved (RFC 6762, RFC 8375). */
const localNames = ["localhost", "local", "lan", "home", "internal", "home.arpa"];
/** Private networks (RFC 1918, RFC 4193), loopback, link-local, and the shared one that private overlays use (RFC 6598). */
const localNetworks = [
  { address: "10.0.0.0", mask: "255.0.0.0" },
  { address: "172.16.0.0", mask: "255.240.0.0" },
  { address: "192.168.0.0", mask: "255.255.0.0" },
  { address: "169.254.0.0", mask: "255.255.0.0" },
  { address: "100.64.0.0", mask: "255.192.0.0" },
  { address: "127.0.0.0", mask: "255.0.0.0" },
  { address: "::1", mask: "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff" },
  { address: "fc00::", mask: "fe00::" },
];
const localAddress =
  /^(10\.|172\.(1[6-9]|2\d|3[01])\.|192\.168\.|169\.254\.|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|127\.|::1$|f[cd][0-9a-f]{2}:)/i;
const hostName = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/;

const isAddress = (host: string): boolean => host.includes(":") || /^\d+(\.\d+){3}$/.test(host);
const plain = (host: string): string => host.replace(/^\[(.*)\]$/, "$1").toLowerCase();

export function isHostName(host: string): boolean {
  return host.length <= 253 && hostName.test(host) && !isAddress(host);
}

function subjectOf(host: string): Subject {
  return isAddress(host) ? { kind: "ip", address: host } : { kind: "dns", name: host };
}

function isWithin(host: string, names: readonly string[]): boolean {
  if (isAddress(host)) return localAddress.test(host) && !host.includes("%");
  return isHostName(host) && names.some((name) => host === name || host.endsWith(`.${name}`));
}

function pemOf(key: KeyObject): string {
  return key.export({ type: "pkcs8", format: "pem" }).toString();
}

/** The common name of a certificate that names nothing else. */
function commonNameOf(certificate: X509Certificate): string {
  return certificate.subject.replace(/^CN=/, "");
}

export function serviceUri(name: string): string {
  return `urn:upbeat:service-account:${name}`;
}

class Authority implements CertificateAuthority {
  readonly root: RootCertificate;
  readonly #key: KeyAndCertificate & { readonly name: string };
  readonly #within: readonly string[];
  readonly #records: AuthorityRecords;
  #issued: readonly IssuedCertificate[];

  constructor({ keyPem, certificatePem, names, issued }: KeptAuthority, records: AuthorityRecords) {
    const certificate = new X509Certificate(certificatePem);
    const name = commonNameOf(certificate);
    this.#key = { key: createPrivateKey(keyPem), certificate, name };
    this.#within = [...localNames, ...names];
    this.#records = records;
    this.#issued = issued;
    this.root = {
      name,
      pem: certificate.toString(),
      fingerprint: certificate.fingerprint256,
      expiresAtMs: certificate.validToDate.getTime(),
      names,
    };
  }

  coverable(hosts: readonly string[]): readonly string[] {
    return [...new Set(hosts.map(plain))].filter((host) => isWithin(host, this.#within)).toSorted();
  }

  issueServer(hosts: readonly string[], nowMs: number): CertificateAndKey {
    const subjects = this.coverable(hosts).map(subjectOf);
    return this.#leaf("server", "Upbeat server", subjects, nowMs + serverMs, nowMs);
  }

  async issueClient(name: string, nowMs: number) {
    const expiresAtMs = Math.min(nowMs + clientMs, this.root.expiresAtMs);
    const subjects = [{ kind: "uri", uri: serviceUri(name) }] as const;
    const made = this.#leaf("client", `Upbeat service account ${name}`, subjects, expiresAtMs, nowMs);
    const { serialNumber: serial } = new X509Certificate(made.certificatePem);
    const issued = { name, serial, issuedAtMs: nowMs, expiresAtMs, revokedAtMs: null };
    await this.#keep([...this.#issued, issued]);
    return { ...made, issued };
  }

  issued(): readonly IssuedCertificate[] {
    return this.#issued;
  }

  async revoke(serial: string, nowMs: number): Promise<void> {
    await this.#keep(
      this.#issued.map((one) =>
        one.serial === serial ? { ...one, revokedAtMs: one.revokedAtMs ?? nowMs } : one,
      ),
    );
  }

  async #keep(issued: readonly IssuedCertificate[]): Promise<void> {
    await this.#records.putIssued(issued);
    this.#issued = issued;
  }

  #leaf(
    use: "server" | "client",
    name: string,
    subjects: readonly Subject[],
    untilMs: number,
    nowMs: number,
  ): CertificateAndKey {
    const expiresAtMs = Math.min(untilMs, this.root.expiresAtMs);
    const serial = randomBytes(16);
    const { key, certificate } = makeLeaf(this.#key, {
      use,
      name,
      subjects,
      nowMs,
      untilMs: expiresAtMs,
      serial,
    });
    return { certificatePem: certificate.toString(), keyPem: pemOf(key), expiresAtMs };
  }
}

/** The authority that is kept; null before there is one. */
export async function openAuthority(records: AuthorityRecords): Promise<CertificateAuthority | null> {
  const kept = await records.read();
  return kept === null ? null : new Authority(kept, records);
}

/**
 * Makes an authority that may vouch for the local network, for this machine's bare name, and for `names` besides.
 * Rejects when there is one already.
 */
export async function createAuthority(
  records: AuthorityRecords,
  {
    machine,
    names,
    nowMs,
  }: { readonly machine: string; readonly names: readonly string[]; readonly nowMs: number },
): Promise<CertificateAuthority> {
  const own = [machine.toLowerCase(), ...names].filter(isHostName);
  const validity = { nowMs, untilMs: nowMs + rootMs, serial: randomBytes(16) };
  const within = { names: [...localNames, ...own], networks: localNetworks };
  const { key, certificate } = makeRoot(`Upbeat on ${machine}`, within, validity);
  const kept = { keyPem: pemOf(key), certificatePem: certificate.toString(), names: own, issued: [] };
  await records.create(kept);
  return new Authority(kept, records);
}
