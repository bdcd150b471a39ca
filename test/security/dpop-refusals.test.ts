/** Tokens that are bound to a key are worth nothing to a thief, with or without what else was stolen. */
import assert from "node:assert/strict";
import { after, before } from "node:test";
import { SignJWT } from "jose";
import { connect, dpopKey, origin, tokenHash } from "#test/support/oauth-client.ts";
import { refused } from "#test/support/refused.ts";
import { createTestApp, type TestApp } from "#test/support/test-app.ts";

let server: TestApp;
before(async () => {
  server = await createTestApp();
});
after(() => server.close());

const workouts = (headers: Record<string, string>) => server.visit({ url: "/v1/workouts", headers });

/** A token bound to a key, and what makes proofs with it. */
async function bound() {
  const prove = await dpopKey();
  const proof = await prove({ htm: "POST", htu: `${origin}/oauth/token` });
  const tokens = await connect(server, "workouts:read", { dpop_bound_access_tokens: true }, { dpop: proof });
  const claims = { htm: "GET", htu: `${origin}/v1/workouts`, ath: tokenHash(tokens.access_token) };
  const present = (dpop: string) => workouts({ authorization: `DPoP ${tokens.access_token}`, dpop });
  return { prove, tokens, claims, present };
}
const nowS = (): number => Math.floor(Date.now() / 1000);

refused("a stolen token, as a bearer", async () =>
  workouts({ authorization: `Bearer ${(await bound()).tokens.access_token}` }),
);
refused("a stolen token without a proof", async () =>
  workouts({ authorization: `DPoP ${(await bound()).tokens.access_token}` }),
);
refused("a stolen token with the thief's key", async () => {
  const { claims, present } = await bound();
  return present(await (await dpopKey())(claims));
});
refused("a stolen token with its stolen proof", async () => {
  const { prove, claims, present } = await bound();
  const proof = await prove(claims);
  assert.equal((await present(proof)).statusCode, 200);
  return present(proof);
});
for (const [title, change] of Object.entries({
  "for another address": { htu: `${origin}/v1/tracks` },
  "for another server": { htu: "https://evil.example/v1/workouts" },
  "for another method": { htm: "DELETE" },
  "for another token": { ath: tokenHash("other") },
  "for no token": { ath: undefined },
  "without an id": { jti: undefined },
  "from yesterday": { iat: nowS() - 86_400 },
  "from tomorrow": { iat: nowS() + 86_400 },
  "without a time": { iat: undefined },
})) {
  refused(`a proof ${title}`, async () => {
    const { prove, claims, present } = await bound();
    return present(await prove({ ...claims, ...change }));
  });
}
refused("a proof of another kind", async () => {
  const { prove, claims, present } = await bound();
  return present(await prove(claims, { typ: "JWT" }));
});
refused("a proof signed with a shared secret", async () => {
  const { claims, present } = await bound();
  const jwt = new SignJWT({ ...claims, jti: "x", iat: nowS() });
  return present(await jwt.setProtectedHeader({ alg: "HS256", typ: "dpop+jwt" }).sign(new Uint8Array(32)));
});
refused("a proof that is no proof", async () => (await bound()).present("e30.e30.e30"));
refused("a free token dressed as a bound one", async () => {
  const { access_token } = await connect(server, "workouts:read");
  const prove = await dpopKey();
  const dpop = await prove({ htm: "GET", htu: `${origin}/v1/workouts`, ath: tokenHash(access_token) });
  return workouts({ authorization: `DPoP ${access_token}`, dpop });
});
