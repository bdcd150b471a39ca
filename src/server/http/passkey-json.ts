/** Passkeys as browsers are asked for them. */
import type { FastifyRequest } from "fastify";
import type { PasskeyCreation, PasskeyEntry, PasskeyRequest } from "#protocol/api/passkeys.ts";
import { passkeyAlgorithms } from "#server/adapters/keys/webauthn-checks.ts";
import type { Passkey, PasskeyPlace } from "#server/ports/passkeys.ts";
import type { Person } from "#server/ports/store.ts";
import { challengeMs, userHandleOf, type PasskeyQuestion } from "#server/use-cases/passkeys.ts";
import { hostNameOf } from "./host-name.ts";

/** Where the browser is, by the Host that the guards have let through; a proxy in front may speak TLS for us. */
export function placeOf(request: FastifyRequest): PasskeyPlace {
  const host = request.headers.host ?? "";
  return { hostName: hostNameOf(host) ?? "", origins: [`https://${host}`, `http://${host}`] };
}

export function toPasskeyEntry({ id, name, hostName, createdAtMs, lastUsedAtMs }: Passkey): PasskeyEntry {
  return { id, name, hostName, createdAtMs, lastUsedAtMs };
}

function toKnown({ credentialId, transports }: Passkey) {
  return { id: credentialId, type: "public-key" as const, transports: [...transports] };
}

export function creationOf(
  { challenge, passkeys }: PasskeyQuestion,
  { id, name }: Person,
  hostName: string,
): PasskeyCreation {
  return {
    rp: { id: hostName, name: "Upbeat" },
    user: { id: userHandleOf(id), name, displayName: name },
    challenge,
    pubKeyCredParams: passkeyAlgorithms.map((alg) => ({ alg, type: "public-key" as const })),
    timeout: challengeMs,
    excludeCredentials: passkeys.map(toKnown),
    authenticatorSelection: { residentKey: "preferred", userVerification: "preferred" },
    attestation: "none",
  };
}

/** Without passkeys named, the device itself has to know who holds it; beside a password having it is enough. */
export function requestOf({ challenge, passkeys }: PasskeyQuestion, hostName: string): PasskeyRequest {
  return {
    challenge,
    rpId: hostName,
    timeout: challengeMs,
    userVerification: passkeys.length === 0 ? "required" : "preferred",
    allowCredentials: passkeys.map(toKnown),
  };
}
