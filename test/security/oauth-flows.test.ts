/** How an app comes to a token: each way that is meant to work does, and gives what the person gave. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import {
  authorize,
  browserOf,
  connect,
  deviceGrant,
  dpopKey,
  form,
  newPkce,
  origin,
  register,
  token,
  tokenHash,
  type Tokens,
} from "#test/support/oauth-client.ts";
import { createTestApp, type TestApp } from "#test/support/test-app.ts";

let server: TestApp;
before(async () => {
  server = await createTestApp();
});
after(() => server.close());

const bearer = (accessToken: string) => ({ authorization: `Bearer ${accessToken}` });

test("an app with a yes reads what it was given, and nothing beside it", async () => {
  const { access_token, token_type, scope } = await connect(server, "workouts:read taste:read");
  assert.equal(token_type, "Bearer");
  assert.equal(scope, "workouts:read taste:read");
  const headers = bearer(access_token);
  assert.equal((await server.visit({ url: "/v1/workouts", headers })).statusCode, 200);
  const refused = await server.visit({ url: "/v1/tracks", headers });
  assert.equal(refused.statusCode, 403);
  assert.match(String(refused.headers["www-authenticate"]), /insufficient_scope.*tracks:read/);
  for (const url of ["/v1/athlete", "/v1/session", "/v1/apps", "/v1/outbound"]) {
    assert.equal((await server.visit({ url, headers })).statusCode, 403, url);
  }
});

test("a person may give less than is asked, and sees the app in their list until they take it back", async () => {
  await server.apps.setRegistration("open");
  const { body } = await register(server, { client_name: "Narrow" });
  const pkce = newPkce();
  const asked = {
    client_id: body.client_id,
    scope: "workouts:read series:read",
    code_challenge: pkce.challenge,
  };
  const back = await authorize(server, asked, () => ["workouts:read"]);
  const exchange = {
    grant_type: "authorization_code",
    code: back.get("code") ?? "",
    client_id: body.client_id,
    redirect_uri: "https://app.example/back",
    code_verifier: pkce.verifier,
  };
  const tokens = (await token(server, exchange)).json<Tokens>();
  assert.equal(tokens.scope, "workouts:read");
  const listed = (await server.ask({ url: "/v1/apps" })).json<{
    items: { app: { id: string; name: string } }[];
  }>();
  assert.equal(listed.items.find(({ app }) => app.id === body.client_id)?.app.name, "Narrow");
  assert.equal((await server.ask({ method: "DELETE", url: `/v1/apps/${body.client_id}` })).statusCode, 204);
  assert.equal(
    (await server.visit({ url: "/v1/workouts", headers: bearer(tokens.access_token) })).statusCode,
    401,
  );
  const refresh = {
    grant_type: "refresh_token",
    refresh_token: tokens.refresh_token,
    client_id: body.client_id,
  };
  assert.equal((await token(server, refresh)).statusCode, 400);
});

test("a yes stands in the person's ledger, and taking it back there ends the tokens before the answer", async () => {
  const { access_token, refresh_token, clientId } = await connect(server, "workouts:read tracks:read");
  const purpose = `share:${clientId}`;
  const standing = async () =>
    (await server.ask({ url: "/v1/consents" }))
      .json<{ items: { purpose: string; state: string; wordingVersion: number }[] }>()
      .items.find((consent) => consent.purpose === purpose);
  const given = await standing();
  assert.equal(given?.state, "granted");
  const payload = { granted: false, wordingVersion: given?.wordingVersion };
  const taken = await server.ask({ method: "PUT", url: `/v1/consents/${purpose}`, payload });
  assert.equal(taken.statusCode, 200);
  for (const url of ["/v1/workouts", "/v1/tracks"]) {
    assert.equal((await server.visit({ url, headers: bearer(access_token) })).statusCode, 401, url);
  }
  const refresh = { grant_type: "refresh_token", refresh_token, client_id: clientId };
  assert.equal((await token(server, refresh)).statusCode, 400);
  assert.equal((await standing())?.state, "refused");
});

test("an app reads workouts only while the person keeps them at all", async () => {
  const other = await createTestApp({ keepsWorkouts: false });
  const { access_token } = await connect(other, "workouts:read");
  assert.equal((await other.visit({ url: "/v1/workouts", headers: bearer(access_token) })).statusCode, 403);
  assert.equal((await other.ask({ url: "/v1/workouts" })).statusCode, 200);
  await other.close();
});

test("a no goes back to the app as a no", async () => {
  await server.apps.setRegistration("open");
  const { body } = await register(server);
  const back = await authorize(
    server,
    { client_id: body.client_id, scope: "workouts:read", code_challenge: newPkce().challenge },
    () => [],
  );
  assert.equal(back.get("error"), "access_denied");
  assert.equal(back.get("code"), null);
});

test("each refresh gives a new token, and the old one used again ends them all", async () => {
  const first = await connect(server, "workouts:read");
  const refresh = (refreshToken: string) =>
    token(server, { grant_type: "refresh_token", refresh_token: refreshToken, client_id: first.clientId });
  const second = (await refresh(first.refresh_token)).json<Tokens>();
  assert.notEqual(second.refresh_token, first.refresh_token);
  const headers = bearer(second.access_token);
  assert.equal((await server.visit({ url: "/v1/workouts", headers })).statusCode, 200);
  assert.equal((await refresh(first.refresh_token)).statusCode, 400, "a stolen refresh token shows itself");
  assert.equal((await refresh(second.refresh_token)).statusCode, 400);
  assert.equal((await server.visit({ url: "/v1/workouts", headers })).statusCode, 401);
});

test("a device without a browser is connected by a code", async () => {
  await server.apps.setRegistration("open");
  const { body } = await register(server, {
    grant_types: [deviceGrant, "refresh_token"],
    redirect_uris: [],
    response_types: [],
  });
  const begun = await server.visit({
    method: "POST",
    url: "/oauth/device-authorization",
    ...form({ client_id: body.client_id, scope: "workouts:read" }),
  });
  const { device_code, user_code } = begun.json<{ device_code: string; user_code: string }>();
  const poll = () => token(server, { grant_type: deviceGrant, device_code, client_id: body.client_id });
  assert.equal((await poll()).json<{ error: string }>().error, "authorization_pending");

  const browser = browserOf(server);
  const xsrfOf = (html: string): string => /name="xsrf" value="([^"]+)"/.exec(html)?.[1] ?? "";
  const page = await browser.send({ url: "/oauth/device" });
  const typed = await browser.send({
    method: "POST",
    url: "/oauth/device",
    ...form({ xsrf: xsrfOf(page.body), user_code }),
  });
  assert.match(typed.body, /Training diary/);
  const confirmed = await browser.send({
    method: "POST",
    url: "/oauth/device",
    ...form({ xsrf: xsrfOf(typed.body), user_code, confirm: "yes" }),
  });
  const interaction = new URL(String(confirmed.headers.location), origin).pathname;
  const decided = await browser.send({
    method: "POST",
    url: `${interaction}/decision`,
    payload: { scopes: ["workouts:read"] },
  });
  const done = await browser.send({
    url: new URL(decided.json<{ continueAt: string }>().continueAt).pathname,
  });
  assert.match(done.body, /is connected/);
  const tokens = (await poll()).json<Tokens>();
  assert.equal(tokens.scope, "workouts:read");
  assert.equal(
    (await server.visit({ url: "/v1/workouts", headers: bearer(tokens.access_token) })).statusCode,
    200,
  );
});

test("a token bound to a key works with its proof", async () => {
  const prove = await dpopKey();
  const proof = await prove({ htm: "POST", htu: `${origin}/oauth/token` });
  const tokens = await connect(server, "workouts:read", { dpop_bound_access_tokens: true }, { dpop: proof });
  assert.equal(tokens.token_type, "DPoP");
  const dpop = await prove({ htm: "GET", htu: `${origin}/v1/workouts`, ath: tokenHash(tokens.access_token) });
  const headers = { authorization: `DPoP ${tokens.access_token}`, dpop };
  assert.equal((await server.visit({ url: "/v1/workouts?limit=1", headers })).statusCode, 200);
});

test("an app may end its token, and ask about its own", async () => {
  const { access_token, clientId } = await connect(server, "workouts:read");
  const about = () =>
    server.visit({
      method: "POST",
      url: "/oauth/introspect",
      ...form({ token: access_token, client_id: clientId }),
    });
  assert.equal((await about()).json<{ active: boolean }>().active, true);
  const end = await server.visit({
    method: "POST",
    url: "/oauth/revoke",
    ...form({ token: access_token, client_id: clientId }),
  });
  assert.equal(end.statusCode, 200);
  assert.equal((await about()).json<{ active: boolean }>().active, false);
  assert.equal((await server.visit({ url: "/v1/workouts", headers: bearer(access_token) })).statusCode, 401);
});

test("the metadata names what there is", async () => {
  const metadata = (await server.visit({ url: "/.well-known/oauth-authorization-server" })).json<
    Record<string, unknown>
  >();
  assert.equal(metadata.issuer, origin);
  assert.deepEqual(metadata.code_challenge_methods_supported, ["S256"]);
  assert.deepEqual(metadata.response_types_supported, ["code"]);
});

test("the store holds no token, code or client in clear", async () => {
  const { access_token, refresh_token } = await connect(server, "workouts:read", {
    client_name: "Plaintext-Probe",
  });
  const records = await Promise.all(
    ["AccessToken", "RefreshToken", "AuthorizationCode", "Grant", "Client"].map((model) =>
      server.store.oauth.listRecords(model, null),
    ),
  );
  const kept = records
    .flat()
    .map((record) => JSON.stringify({ ...record, sealed: Buffer.from(record.sealed).toString("latin1") }))
    .join("\n");
  assert.ok(records.flat().length >= 4);
  for (const secret of [access_token, refresh_token, "Plaintext-Probe"])
    assert.equal(kept.includes(secret), false);
});
