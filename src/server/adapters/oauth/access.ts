/**
 * Who sends a request to /v1 with a token. A token that is bound to a key (DPoP, RFC 9449) or to a certificate (mutual
 * TLS, RFC 8705) is worth nothing without it.
 */
import { createHash } from "node:crypto";
import { EmbeddedJWK, calculateJwkThumbprint, jwtVerify } from "jose";
import type { Provider } from "oidc-provider";
import { parseScopes } from "#domain/access.ts";
import { AccessRefused, type AppAccess } from "#server/ports/authorisations.ts";
import type { Clock } from "#server/ports/environment.ts";

export interface AccessRequest {
  readonly method: string;
  /** Address without query and fragment. */
  readonly url: string;
  readonly authorization: string;
  readonly dpop: string | null;
  /** SHA-256 of the certificate that the connection was made with, base64url. */
  readonly certificateThumbprint: string | null;
}

/** A proof is made for one request; clocks may differ by this much. */
export const proofWindowS = 60;
const proofAlgorithms = ["ES256", "EdDSA", "Ed25519"];

const sha256 = (bytes: string): string => createHash("sha256").update(bytes).digest("base64url");

/** Proofs seen within the window. A proof from before the start of this process is refused: it may have been used. */
function usedProofs(clock: Clock): (jti: string, iatS: number) => boolean {
  const startS = Math.floor(clock.nowMs() / 1000);
  const seen = new Map<string, number>();
  return (jti, iatS) => {
    const nowS = clock.nowMs() / 1000;
    for (const [key, untilS] of seen) {
      if (untilS > nowS) break;
      seen.delete(key);
    }
    if (seen.has(jti) || iatS < startS - 1) return false;
    seen.set(jti, nowS + 2 * proofWindowS);
    return true;
  };
}

export function accessCheck(
  provider: () => Provider,
  clock: Clock,
): (request: AccessRequest) => Promise<AppAccess> {
  const isFresh = usedProofs(clock);

  /** Answers the thumbprint of the key that made the proof. */
  const proofKey = async (request: AccessRequest, token: string): Promise<string> => {
    const bad = (why: string): AccessRefused => new AccessRefused("DPoP", why, "invalid_dpop_proof");
    if (request.dpop === null) throw bad("The proof of the key is missing.");
    const { payload, protectedHeader } = await jwtVerify(request.dpop, EmbeddedJWK, {
      algorithms: proofAlgorithms,
      typ: "dpop+jwt",
      currentDate: new Date(clock.nowMs()),
    }).catch(() => {
      throw bad("The proof is not signed by the key inside it.");
    });
    const { iat, jti, htm, htu, ath } = payload;
    if (typeof iat !== "number" || Math.abs(clock.nowMs() / 1000 - iat) > proofWindowS)
      throw bad("The proof is too old.");
    if (htm !== request.method || htu !== request.url) throw bad("The proof is for another request.");
    if (ath !== sha256(token)) throw bad("The proof is for another token.");
    if (typeof jti !== "string" || jti.length > 256 || !isFresh(jti, iat))
      throw bad("The proof was used before.");
    if (protectedHeader.jwk === undefined) throw bad("The proof names no key.");
    return calculateJwkThumbprint(protectedHeader.jwk);
  };

  return async (request) => {
    const [, scheme, value] = /^(Bearer|DPoP) ([A-Za-z0-9_-]{20,200})$/i.exec(request.authorization) ?? [];
    const given = scheme?.toLowerCase() === "dpop" ? "DPoP" : "Bearer";
    if (value === undefined) throw new AccessRefused(given, "The token is not valid.");
    const { AccessToken, ClientCredentials, Client } = provider();
    const token = (await AccessToken.find(value)) ?? (await ClientCredentials.find(value));
    if (
      token === undefined ||
      token.clientId === undefined ||
      (await Client.find(token.clientId)) === undefined
    ) {
      throw new AccessRefused(given, "The token is not known, or has ended.");
    }
    const { jkt, "x5t#S256": thumbprint } = token as { jkt?: string; "x5t#S256"?: string };
    if ((jkt !== undefined) !== (given === "DPoP")) {
      throw new AccessRefused(
        given,
        jkt === undefined ? "The token is not bound to a key." : "The token needs its key.",
      );
    }
    if (jkt !== undefined && (await proofKey(request, value)) !== jkt) {
      throw new AccessRefused("DPoP", "The proof is made with another key.", "invalid_dpop_proof");
    }
    if (thumbprint !== undefined && request.certificateThumbprint !== thumbprint) {
      throw new AccessRefused(given, "The token needs its certificate.");
    }
    const personId = "accountId" in token ? (token.accountId ?? null) : null;
    return { appId: token.clientId, personId, scopes: parseScopes(token.scope ?? "") };
  };
}
