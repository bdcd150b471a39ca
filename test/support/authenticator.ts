/** A device with passkeys, built after the WebAuthn recommendation: P-256 keys, attestation "none", a counter. */
import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from "node:crypto";
import type { PasskeyCreation, PasskeyRequest } from "#protocol/api/passkeys.ts";

type Cbor = number | string | Uint8Array | ReadonlyMap<number | string, Cbor>;

/** CBOR (RFC 8949) of the few forms that passkeys are made of. */
function cbor(value: Cbor): Buffer {
  const head = (major: number, count: number): Buffer => {
    if (count < 24) return Buffer.of((major << 5) | count);
    if (count < 256) return Buffer.of((major << 5) | 24, count);
    return Buffer.of((major << 5) | 25, count >> 8, count & 255);
  };
  if (typeof value === "number") return value >= 0 ? head(0, value) : head(1, -1 - value);
  if (typeof value === "string")
    return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
  if (value instanceof Uint8Array) return Buffer.concat([head(2, value.byteLength), value]);
  const entries = [...value].flatMap(([name, entry]) => [cbor(name), cbor(entry)]);
  return Buffer.concat([head(5, value.size), ...entries]);
}

/** COSE_Key of a P-256 public key, for ES256. */
function coseOf(key: KeyObject): Buffer {
  const { x = "", y = "" } = key.export({ format: "jwk" });
  const of = (text: string) => Buffer.from(text, "base64url");
  return cbor(
    new Map<number, Cbor>([
      [1, 2],
      [3, -7],
      [-1, 1],
      [-2, of(x)],
      [-3, of(y)],
    ]),
  );
}

function sha256(bytes: Uint8Array | string): Buffer {
  return createHash("sha256").update(bytes).digest();
}

/** What may be wrong with an answer: each is a way to cheat, or a device of another kind. */
export interface Bend {
  readonly origin?: string;
  readonly rpId?: string;
  readonly challenge?: string;
  readonly type?: string;
  readonly isPersonKnown?: boolean;
  readonly counter?: number;
  readonly userHandle?: string;
  /** Signed with the key of somebody else. */
  readonly forged?: boolean;
}

const flagPresent = 0x01;
const flagKnown = 0x04;
const flagAttested = 0x40;

export function authenticator(origin: string) {
  const id = randomBytes(24);
  const keys = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const others = generateKeyPairSync("ec", { namedCurve: "P-256" });
  let counter = 0;
  let userHandle = "";
  const clientData = (type: string, challenge: string, bend: Bend): string =>
    JSON.stringify({
      type: bend.type ?? type,
      challenge: bend.challenge ?? challenge,
      origin: bend.origin ?? origin,
      crossOrigin: false,
    });
  const head = (rpId: string, more: number, bend: Bend): Buffer => {
    counter += 1;
    const bytes = Buffer.alloc(37);
    sha256(bend.rpId ?? rpId).copy(bytes);
    bytes.writeUInt8(flagPresent | (bend.isPersonKnown === false ? 0 : flagKnown) | more, 32);
    bytes.writeUInt32BE(bend.counter ?? counter, 33);
    return bytes;
  };
  return {
    make(options: PasskeyCreation, bend: Bend = {}, attestation: ReadonlyMap<string, Cbor> = new Map()) {
      userHandle = options.user.id;
      const length = Buffer.alloc(2);
      length.writeUInt16BE(id.byteLength);
      const authData = Buffer.concat([
        head(options.rp.id, flagAttested, bend),
        Buffer.alloc(16),
        length,
        id,
        coseOf(keys.publicKey),
      ]);
      const format = attestation.size === 0 ? "none" : "packed";
      const object = cbor(
        new Map<string, Cbor>([
          ["fmt", format],
          ["attStmt", attestation],
          ["authData", authData],
        ]),
      );
      return {
        id: id.toString("base64url"),
        response: {
          clientDataJSON: Buffer.from(clientData("webauthn.create", options.challenge, bend)).toString(
            "base64url",
          ),
          attestationObject: object.toString("base64url"),
          transports: ["internal"],
        },
      };
    },
    sign(options: PasskeyRequest, bend: Bend = {}) {
      const client = clientData("webauthn.get", options.challenge, bend);
      const authData = head(options.rpId, 0, bend);
      const key = bend.forged === true ? others.privateKey : keys.privateKey;
      return {
        id: id.toString("base64url"),
        response: {
          clientDataJSON: Buffer.from(client).toString("base64url"),
          authenticatorData: authData.toString("base64url"),
          signature: sign("sha256", Buffer.concat([authData, sha256(client)]), key).toString("base64url"),
          userHandle: bend.userHandle ?? userHandle,
        },
      };
    },
  };
}
