/** Certificates of the small CA (RFC 5280): P-256 keys, ECDSA with SHA-256, X.509 version 3. */
import {
  X509Certificate,
  createHash,
  createPublicKey,
  generateKeyPairSync,
  sign,
  type KeyObject,
} from "node:crypto";
import { bits, explicit, integer, octets, oid, sequence, set, tagged, time, utf8, yes } from "./der.ts";

const ecdsaWithSha256 = sequence(oid("1.2.840.10045.4.3.2"));
const use = { server: "1.3.6.1.5.5.7.3.1", client: "1.3.6.1.5.5.7.3.2" } as const;
/** Clocks of phones are wrong by minutes; what is valid begins a little earlier. */
const clockSlackMs = 3_600_000;

/** What a certificate stands for: names and addresses of a machine, or an identifier as a URI. */
export type Subject =
  | { readonly kind: "dns"; readonly name: string }
  | { readonly kind: "ip"; readonly address: string }
  | { readonly kind: "uri"; readonly uri: string };

export interface KeyAndCertificate {
  readonly key: KeyObject;
  readonly certificate: X509Certificate;
}

interface Validity {
  readonly nowMs: number;
  readonly untilMs: number;
  /** 16 random bytes. */
  readonly serial: Uint8Array;
}

export function newKey(): KeyObject {
  return generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey;
}

/** The bytes of an IP address in text: four or sixteen. */
export function addressBytes(address: string): Buffer {
  if (!address.includes(":")) return Buffer.from(address.split(".").map(Number));
  const [head = "", tail] = address.split("::");
  const words = (part: string): string[] => part.split(":").filter((word) => word !== "");
  const left = words(head);
  const right = words(tail ?? "");
  const zeros = Array.from({ length: 8 - left.length - right.length }, () => "0");
  return Buffer.from([...left, ...zeros, ...right].map((word) => word.padStart(4, "0")).join(""), "hex");
}

function generalName(subject: Subject): Buffer {
  if (subject.kind === "dns") return tagged(2, Buffer.from(subject.name, "ascii"));
  if (subject.kind === "uri") return tagged(6, Buffer.from(subject.uri, "ascii"));
  return tagged(7, addressBytes(subject.address));
}

function extension(id: string, critical: boolean, value: Uint8Array): Buffer {
  return critical ? sequence(oid(id), yes, octets(value)) : sequence(oid(id), octets(value));
}

const keyUsage = (flags: number, unused: number): Buffer =>
  extension("2.5.29.15", true, bits(Buffer.from([flags]), unused));
const basicConstraints = (isCa: boolean): Buffer =>
  extension("2.5.29.19", true, isCa ? sequence(yes, integer(Buffer.from([0]))) : sequence());

function spkiOf(key: KeyObject): Buffer {
  return createPublicKey(key).export({ type: "spki", format: "der" });
}

/** Names a key within certificates: 20 bytes of its hash (RFC 7093). */
function keyId(key: KeyObject): Buffer {
  return createHash("sha256").update(spkiOf(key)).digest().subarray(0, 20);
}

const commonName = (name: string): Buffer => sequence(set(sequence(oid("2.5.4.3"), utf8(name))));

interface Fields extends Validity {
  readonly issuer: string;
  readonly name: string;
  readonly key: KeyObject;
  readonly signedBy: KeyObject;
  readonly extensions: readonly Uint8Array[];
}

function certificate({
  nowMs,
  untilMs,
  serial,
  issuer,
  name,
  key,
  signedBy,
  extensions,
}: Fields): X509Certificate {
  const body = sequence(
    explicit(0, integer(Buffer.from([2]))),
    integer(serial),
    ecdsaWithSha256,
    commonName(issuer),
    sequence(time(nowMs - clockSlackMs), time(untilMs)),
    commonName(name),
    spkiOf(key),
    explicit(
      3,
      sequence(
        ...extensions,
        extension("2.5.29.14", false, octets(keyId(key))),
        extension("2.5.29.35", false, sequence(tagged(0, keyId(signedBy)))),
      ),
    ),
  );
  const signature = sign("sha256", body, { key: signedBy, dsaEncoding: "der" });
  return new X509Certificate(sequence(body, ecdsaWithSha256, bits(signature)));
}

/** A network that the CA may vouch for: its address and mask. */
export interface Network {
  readonly address: string;
  readonly mask: string;
}

/**
 * A root that is good for some names and networks only (name constraints, critical): whoever steals its key can still
 * not stand for a bank.
 */
export function makeRoot(
  name: string,
  within: { readonly names: readonly string[]; readonly networks: readonly Network[] },
  validity: Validity,
): KeyAndCertificate {
  const key = newKey();
  const permitted = [
    ...within.names.map((dns) => sequence(generalName({ kind: "dns", name: dns }))),
    ...within.networks.map(({ address, mask }) =>
      sequence(tagged(7, Buffer.concat([addressBytes(address), addressBytes(mask)]))),
    ),
  ];
  const extensions = [
    basicConstraints(true),
    keyUsage(0x06, 1), // keyCertSign and cRLSign
    extension("2.5.29.30", true, sequence(explicit(0, ...permitted))),
  ];
  return {
    key,
    certificate: certificate({ ...validity, issuer: name, name, key, signedBy: key, extensions }),
  };
}

/** A certificate for a machine ("server") or for who asks it ("client"). */
export function makeLeaf(
  root: KeyAndCertificate & { readonly name: string },
  leaf: {
    readonly use: keyof typeof use;
    readonly name: string;
    readonly subjects: readonly Subject[];
  } & Validity,
): KeyAndCertificate {
  const key = newKey();
  const extensions = [
    basicConstraints(false),
    keyUsage(0x80, 7), // digitalSignature
    extension("2.5.29.37", false, sequence(oid(use[leaf.use]))),
    extension("2.5.29.17", false, sequence(...leaf.subjects.map(generalName))),
  ];
  return {
    key,
    certificate: certificate({ ...leaf, issuer: root.name, key, signedBy: root.key, extensions }),
  };
}
