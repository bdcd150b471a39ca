/** Passkeys by @simplewebauthn/server. Challenges carry their own proof (HMAC), so that nobody can crowd out another's. */
import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import type { MadePasskey, PasskeyChecks, PasskeyPlace } from "#server/ports/passkeys.ts";

const nonceBytes = 16;
const timeBytes = 6;
const proofBytes = 16;

/** EdDSA, ES256, RS256 (COSE): what `pubKeyCredParams` asks for. */
export const passkeyAlgorithms: readonly number[] = [-8, -7, -257];

function proofOf(key: Uint8Array, use: string, body: Uint8Array): Buffer {
  return createHmac("sha256", key).update(body).update(use).digest().subarray(0, proofBytes);
}

/** Loaded when somebody first uses a passkey: it takes a fifth of a second. */
const library = () => import("@simplewebauthn/server");

/** Attestation certificates are not asked for, and reading them would fetch lists from elsewhere. */
async function hasCertificates({ response }: MadePasskey): Promise<boolean> {
  const { decodeAttestationObject } = await import("@simplewebauthn/server/helpers");
  const decoded = decodeAttestationObject(
    new Uint8Array(Buffer.from(response.attestationObject, "base64url")),
  );
  return decoded.get("attStmt").get("x5c") !== undefined;
}

/** Whatever is wrong with what a browser sent, it is not a proof. */
async function proofOrNull<T>(read: () => Promise<T | null>): Promise<T | null> {
  try {
    return await read();
  } catch {
    return null;
  }
}

function expectedAt({ hostName, origins }: PasskeyPlace) {
  return { expectedRPID: hostName, expectedOrigin: [...origins] };
}

/** `key`: 32 secret bytes. With new ones after a start, challenges from before it do not hold. */
export function webauthnChecks(key: Uint8Array): PasskeyChecks {
  return {
    newChallenge(use, untilMs) {
      const body = Buffer.concat([randomBytes(nonceBytes), Buffer.alloc(timeBytes)]);
      body.writeUIntBE(untilMs, nonceBytes, timeBytes);
      return Buffer.concat([body, proofOf(key, use, body)]).toString("base64url");
    },
    isChallenge(challenge, use, nowMs) {
      const bytes = Buffer.from(challenge, "base64url");
      if (bytes.byteLength !== nonceBytes + timeBytes + proofBytes) return false;
      const body = bytes.subarray(0, nonceBytes + timeBytes);
      if (!timingSafeEqual(bytes.subarray(body.byteLength), proofOf(key, use, body))) return false;
      return nowMs < body.readUIntBE(nonceBytes, timeBytes);
    },
    readMade: (made, place, holds) =>
      proofOrNull(async () => {
        if (await hasCertificates(made)) return null;
        const { verifyRegistrationResponse } = await library();
        const { clientDataJSON, attestationObject } = made.response;
        const { registrationInfo } = await verifyRegistrationResponse({
          response: {
            id: made.id,
            rawId: made.id,
            type: "public-key",
            response: { clientDataJSON, attestationObject },
            clientExtensionResults: {},
          },
          ...expectedAt(place),
          expectedChallenge: holds,
          // A security key without a PIN is good beside a password; alone it does not open anything.
          requireUserVerification: false,
          supportedAlgorithmIDs: [...passkeyAlgorithms],
        });
        if (registrationInfo === undefined) return null;
        const { id, publicKey, counter } = registrationInfo.credential;
        return { credentialId: id, publicKey, counter };
      }),
    readSigned: (signed, passkey, place, { holds, mustKnowPerson }) =>
      proofOrNull(async () => {
        const { verifyAuthenticationResponse } = await library();
        const { verified, authenticationInfo } = await verifyAuthenticationResponse({
          response: {
            id: signed.id,
            rawId: signed.id,
            type: "public-key",
            response: signed.response,
            clientExtensionResults: {},
          },
          ...expectedAt(place),
          expectedChallenge: holds,
          requireUserVerification: mustKnowPerson,
          credential: {
            id: passkey.credentialId,
            publicKey: new Uint8Array(passkey.publicKey),
            counter: passkey.counter,
          },
        });
        return verified ? authenticationInfo.newCounter : null;
      }),
  };
}
