/** Tokens that are bound to a certificate (RFC 8705), and proofs around a restart. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { SignJWT, calculateJwkThumbprint, exportJWK, generateKeyPair } from "jose";
import type { Provider } from "oidc-provider";
import { AccessRefused } from "#server/ports/authorisations.ts";
import { accessCheck } from "./access.ts";

const value = "t".repeat(43);
const url = "https://upbeat.local/v1/workouts";
const startMs = 1_790_000_000_000;

/** An authorisation server that knows one token. */
function providerWith(binding: Readonly<Record<string, string>>): Provider {
  const token = { clientId: "app", accountId: "p", scope: "workouts:read", ...binding };
  return {
    AccessToken: { find: async (id: string) => (id === value ? token : undefined) },
    ClientCredentials: { find: async () => undefined },
    Client: { find: async () => ({}) },
  } as unknown as Provider;
}

function requestWith(change: object) {
  const request = {
    method: "GET",
    url,
    authorization: `Bearer ${value}`,
    dpop: null,
    certificateThumbprint: null,
  };
  return { ...request, ...change };
}

test("a token bound to a certificate is worth nothing without it, or with another", async () => {
  const check = accessCheck(() => providerWith({ "x5t#S256": "owners" }), { nowMs: () => startMs });
  assert.deepEqual(await check(requestWith({ certificateThumbprint: "owners" })), {
    appId: "app",
    personId: "p",
    scopes: ["workouts:read"],
  });
  for (const certificateThumbprint of [null, "thiefs", ""]) {
    await assert.rejects(check(requestWith({ certificateThumbprint })), AccessRefused);
  }
});

test("a proof from before the start of the server is refused: it may have been used then", async () => {
  const { privateKey, publicKey } = await generateKeyPair("ES256");
  const jwk = await exportJWK(publicKey);
  const jkt = await calculateJwkThumbprint(jwk);
  const check = accessCheck(() => providerWith({ jkt }), { nowMs: () => startMs });
  const ath = createHash("sha256").update(value).digest("base64url");
  const proof = (jti: string, iat: number) =>
    new SignJWT({ jti, iat, htm: "GET", htu: url, ath })
      .setProtectedHeader({ alg: "ES256", typ: "dpop+jwt", jwk })
      .sign(privateKey);
  const nowS = startMs / 1000;
  const authorization = `DPoP ${value}`;
  await assert.rejects(
    check(requestWith({ authorization, dpop: await proof("a", nowS - 30) })),
    /used before/,
  );
  assert.equal((await check(requestWith({ authorization, dpop: await proof("b", nowS) }))).appId, "app");
});
