/** What must not work. Each case is an attempt; the last test holds that there are enough of them. */
import assert from "node:assert/strict";
import { after, before, mock, test } from "node:test";
import {
  authorize,
  authorizeUrl,
  browserOf,
  connect,
  deviceGrant,
  dpopKey,
  form,
  newPkce,
  origin,
  redirectUri,
  register,
  token,
  type Tokens,
} from "#test/support/oauth-client.ts";
import { casesRefused, refused } from "#test/support/refused.ts";
import { createTestApp, type TestApp } from "#test/support/test-app.ts";

let server: TestApp;
before(async () => {
  server = await createTestApp();
});
after(() => server.close());

const workouts = (headers: Record<string, string>) => server.visit({ url: "/v1/workouts", headers });
const bearer = (accessToken: string) => ({ authorization: `Bearer ${accessToken}` });

async function registered(metadata: Readonly<Record<string, unknown>> = {}) {
  await server.apps.setRegistration("open");
  return (await register(server, metadata)).body;
}

async function registration(metadata: Readonly<Record<string, unknown>>) {
  await server.apps.setRegistration("open");
  const { status, body } = await register(server, metadata);
  return { statusCode: status, body: JSON.stringify(body) };
}

/** A code on its way, and all that it is exchanged with. */
async function codeFor(metadata: Readonly<Record<string, unknown>> = {}) {
  const client = await registered(metadata);
  const pkce = newPkce();
  const back = await authorize(server, {
    client_id: client.client_id,
    scope: "workouts:read",
    code_challenge: pkce.challenge,
  });
  return {
    client,
    exchange: {
      grant_type: "authorization_code",
      code: back.get("code") ?? "",
      client_id: client.client_id,
      redirect_uri: redirectUri,
      code_verifier: pkce.verifier,
    },
  };
}

/** Null when the authorisation is refused: by a page, or by an error at the app. */
async function authorization(fields: object): Promise<string | null> {
  const { client_id } = await registered();
  const answer = await browserOf(server).send({
    url: authorizeUrl({ client_id, scope: "workouts:read", code_challenge: newPkce().challenge, ...fields }),
  });
  if (answer.statusCode >= 400) return null;
  const location = new URL(String(answer.headers.location), origin);
  return /[?#&]error=/.test(location.href) ? null : location.href;
}

for (const [title, metadata] of Object.entries({
  "an app that names no way back": { redirect_uris: [] },
  "a way back without TLS": { redirect_uris: ["http://app.example/back"] },
  "a way back that is a script": { redirect_uris: ["javascript:alert(1)"] },
  "a way back with a fragment": { redirect_uris: ["https://app.example/#x"] },
  "a way back that is no address": { redirect_uris: ["not an address"] },
  "an app that wants tokens in the address": { response_types: ["token"], grant_types: ["implicit"] },
  "an app that wants passwords": { grant_types: ["password"] },
  "an app that makes itself a service account": {
    grant_types: ["client_credentials"],
    token_endpoint_auth_method: "client_secret_basic",
  },
  "a service account with a certificate, by itself": {
    grant_types: ["client_credentials"],
    token_endpoint_auth_method: "self_signed_tls_client_auth",
    tls_client_certificate_bound_access_tokens: true,
    jwks: { keys: [] },
  },
  "an unknown way to sign in": { token_endpoint_auth_method: "trust_me" },
  "a scope that there is not": { scope: "workouts:read everything" },
})) {
  refused(title, () => registration(metadata));
}

refused("an app at a server that is closed to new ones", async () => {
  await server.apps.setRegistration("closed");
  const { status, body } = await register(server);
  return { statusCode: status, body: JSON.stringify(body) };
});

for (const [title, fields] of Object.entries({
  "an unknown app": { client_id: "nobody" },
  "another way back": { redirect_uri: "https://evil.example/back" },
  "a way back that only begins alike": { redirect_uri: `${redirectUri}/../evil` },
  "a way back with more parameters": { redirect_uri: `${redirectUri}?x=1` },
  "a token in the address": { response_type: "token" },
  "no challenge": { code_challenge: "" },
  "a plain challenge": { code_challenge_method: "plain" },
  "a short challenge": { code_challenge: "short" },
  "no question to the person": { prompt: "none" },
  "a request inside a JWT": { request: "e30.e30." },
  "a request fetched from elsewhere": { request_uri: "https://evil.example/request" },
})) {
  refused(title, () => authorization(fields));
}

refused("a scope that there is not", async () => {
  const { client_id } = await registered();
  const asked = { client_id, scope: "everything admin", code_challenge: newPkce().challenge };
  return (await authorize(server, asked, () => ["workouts:read"])).get("code");
});

async function interaction() {
  const { client_id } = await registered();
  const browser = browserOf(server);
  const start = await browser.send({
    url: authorizeUrl({ client_id, scope: "workouts:read", code_challenge: newPkce().challenge }),
  });
  return { browser, path: new URL(String(start.headers.location), origin).pathname, resume: client_id };
}
const yes = { scopes: ["workouts:read"] };

refused("another browser that reads the request", async () => {
  const { path } = await interaction();
  return browserOf(server).send({ url: `${path}/request` });
});
refused("another browser that decides", async () => {
  const { path } = await interaction();
  return browserOf(server).send({ method: "POST", url: `${path}/decision`, payload: yes });
});
refused("a decision by nobody", async () => {
  const { browser, path } = await interaction();
  const cookie = [...browser.jar].map(([name, { value }]) => `${name}=${value}`).join("; ");
  return server.visit({ method: "POST", url: `${path}/decision`, payload: yes, headers: { cookie } });
});
refused("a decision sent by a page of another site", async () => {
  const { browser, path } = await interaction();
  const headers = { origin: "https://evil.example" };
  return browser.send({ method: "POST", url: `${path}/decision`, payload: yes, headers });
});
refused("a decision by an app with its own token", async () => {
  const { access_token } = await connect(server, "workouts:read");
  const { path } = await interaction();
  return server.visit({
    method: "POST",
    url: `${path}/decision`,
    payload: yes,
    headers: bearer(access_token),
  });
});
refused("more than the app had asked for", async () => {
  const { client, pkce } = { client: await registered(), pkce: newPkce() };
  const asked = { client_id: client.client_id, scope: "workouts:read", code_challenge: pkce.challenge };
  const back = await authorize(server, asked, () => ["workouts:read", "series:read"]);
  const answer = await token(server, {
    grant_type: "authorization_code",
    code: back.get("code") ?? "",
    client_id: client.client_id,
    redirect_uri: redirectUri,
    code_verifier: pkce.verifier,
  });
  const { scope } = answer.json<Tokens>();
  return scope === "workouts:read" ? null : scope;
});
refused("going on without a decision", async () => {
  const { browser, path } = await interaction();
  const resume = [...browser.jar.values()].find((cookie) => cookie.path.startsWith("/oauth/authorize/"));
  assert.ok(resume, path);
  const back = await browser.send({ url: resume.path });
  const location = new URL(String(back.headers.location), origin);
  return location.searchParams.get("code");
});

for (const [title, change] of Object.entries({
  "a code with another verifier": { code_verifier: newPkce().verifier },
  "a code without a verifier": { code_verifier: "" },
  "a code for another way back": { redirect_uri: "https://app.example/other" },
  "a code that was made up": { code: "x".repeat(43) },
})) {
  refused(title, async () => token(server, { ...(await codeFor()).exchange, ...change }));
}
refused("a code in the hands of another app", async () => {
  const { exchange } = await codeFor();
  return token(server, { ...exchange, client_id: (await registered()).client_id });
});
refused("a code used twice, which also ends the first token", async () => {
  const { exchange } = await codeFor();
  const first = (await token(server, exchange)).json<Tokens>();
  const second = await token(server, exchange);
  assert.equal(second.statusCode, 400);
  return workouts(bearer(first.access_token));
});
for (const [title, secret] of Object.entries({ "a wrong secret": "wrong", "no secret": "" })) {
  refused(`a confidential app with ${title}`, async () => {
    const { exchange } = await codeFor({ token_endpoint_auth_method: "client_secret_post" });
    return token(server, { ...exchange, ...(secret === "" ? {} : { client_secret: secret }) });
  });
}
refused("a person's password", async () => {
  const { client_id } = await registered();
  return token(server, { grant_type: "password", username: "owner", password: "x", client_id });
});
refused("a token for nobody, asked by an app of people", async () => {
  const { client_id } = await registered();
  return token(server, { grant_type: "client_credentials", scope: "tracks:read", client_id });
});
refused("a refresh by another app", async () => {
  const { refresh_token } = await connect(server, "workouts:read");
  return token(server, {
    grant_type: "refresh_token",
    refresh_token,
    client_id: (await registered()).client_id,
  });
});
refused("a refresh that wants more", async () => {
  const { refresh_token, clientId } = await connect(server, "workouts:read");
  const scope = "workouts:read series:read";
  return token(server, { grant_type: "refresh_token", refresh_token, client_id: clientId, scope });
});
refused("a refresh token that was made up", async () => {
  const { client_id } = await registered();
  return token(server, { grant_type: "refresh_token", refresh_token: "x".repeat(43), client_id });
});
refused("a device code that was made up", async () => {
  const client = await registered({ grant_types: [deviceGrant], redirect_uris: [], response_types: [] });
  return token(server, { grant_type: deviceGrant, device_code: "x".repeat(43), client_id: client.client_id });
});
refused("a device code in the hands of another app", async () => {
  const metadata = { grant_types: [deviceGrant], redirect_uris: [], response_types: [] };
  const [one, other] = [await registered(metadata), await registered(metadata)];
  const begun = await server.visit({
    method: "POST",
    url: "/oauth/device-authorization",
    ...form({ client_id: one.client_id, scope: "workouts:read" }),
  });
  const { device_code } = begun.json<{ device_code: string }>();
  return token(server, { grant_type: deviceGrant, device_code, client_id: other.client_id });
});
refused("a device code before the person has decided", async () => {
  const client = await registered({ grant_types: [deviceGrant], redirect_uris: [], response_types: [] });
  const begun = await server.visit({
    method: "POST",
    url: "/oauth/device-authorization",
    ...form({ client_id: client.client_id, scope: "workouts:read" }),
  });
  const { device_code } = begun.json<{ device_code: string }>();
  return token(server, { grant_type: deviceGrant, device_code, client_id: client.client_id });
});
refused("a user code that is not known", async () => {
  const browser = browserOf(server);
  const page = await browser.send({ url: "/oauth/device" });
  const xsrf = /name="xsrf" value="([^"]+)"/.exec(page.body)?.[1] ?? "";
  const typed = await browser.send({
    method: "POST",
    url: "/oauth/device",
    ...form({ xsrf, user_code: "BBBB-BBBB" }),
  });
  return /not known/.test(typed.body) ? null : typed.body;
});

refused("a token that was made up", () => workouts(bearer("x".repeat(43))));
refused("an empty token", () => workouts({ authorization: "Bearer " }));
refused("a name and password", () => workouts({ authorization: "Basic b3duZXI6eA==" }));
refused("a token in the address", async () => {
  const { access_token } = await connect(server, "workouts:read");
  return server.visit({ url: `/v1/workouts?access_token=${access_token}` });
});
refused("a refresh token in place of an access token", async () =>
  workouts(bearer((await connect(server, "workouts:read")).refresh_token)),
);
refused("a code in place of a token", async () => workouts(bearer((await codeFor()).exchange.code)));
refused("the owner's command line by an app", async () => {
  const { access_token } = await connect(server, "workouts:read");
  const payload = { path: "/tmp/x" };
  return server.visit({ method: "POST", url: "/v1/control/backup", payload, headers: bearer(access_token) });
});
refused("a token beside a person's session counts for the app alone", async () => {
  const { access_token } = await connect(server, "taste:read");
  return workouts({ ...bearer(access_token), cookie: server.cookie });
});
refused("a token whose person is gone", async () => {
  const gone = {
    id: "0199b3a0-0000-7000-8000-0000000000ee",
    name: "G",
    role: "member",
    passwordHash: null,
    asksPasskey: false,
  } as const;
  await server.store.people.putPerson(gone);
  const { token: session } = await server.signIn.open(gone);
  const theirs = { ...server, cookie: `upbeat-test=${session}` };
  const { access_token } = await connect(theirs, "tracks:read");
  const person = mock.method(server.store.people, "getPerson", async () => null);
  const answer = await server.visit({ url: "/v1/tracks", headers: bearer(access_token) });
  person.mock.restore();
  return answer;
});
refused("a token that has ended", async () => {
  const { access_token } = await connect(server, "workouts:read");
  assert.equal((await workouts(bearer(access_token))).statusCode, 200);
  mock.timers.enable({ apis: ["Date"], now: Date.now() + 11 * 60_000 });
  const answer = await workouts(bearer(access_token));
  mock.timers.reset();
  return answer;
});
refused("a token of an app that was removed", async () => {
  const { access_token, clientId } = await connect(server, "workouts:read");
  await server.oauth.authorisations.removeApp(clientId);
  return workouts(bearer(access_token));
});
refused("what another app's token says", async () => {
  const { access_token } = await connect(server, "workouts:read");
  const { client_id } = await registered();
  const answer = await server.visit({
    method: "POST",
    url: "/oauth/introspect",
    ...form({ token: access_token, client_id }),
  });
  return answer.json<{ active?: boolean }>().active === true ? answer.body : null;
});
refused("the end of another app's token", async () => {
  const { access_token } = await connect(server, "workouts:read");
  const { client_id } = await registered();
  await server.visit({ method: "POST", url: "/oauth/revoke", ...form({ token: access_token, client_id }) });
  return (await workouts(bearer(access_token))).statusCode === 200 ? null : "ended by a stranger";
});

refused("an app that promised a key and shows none", async () => {
  const { exchange } = await codeFor({ dpop_bound_access_tokens: true });
  return token(server, exchange);
});
refused("a proof used twice for tokens", async () => {
  const proof = await (await dpopKey())({ htm: "POST", htu: `${origin}/oauth/token` });
  const first = await codeFor();
  assert.equal((await token(server, first.exchange, { dpop: proof })).statusCode, 200);
  return token(server, { ...(await codeFor()).exchange, client_id: first.client.client_id }, { dpop: proof });
});

test("there are enough cases", () => assert.ok(casesRefused() >= 40));
