/** Passkeys against a device that follows the recommendation, and against devices that cheat. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { InjectOptions } from "fastify";
import type { PasskeyCreation, PasskeyEntry, PasskeyRequest } from "#protocol/api/passkeys.ts";
import { burstAttemptsOfAll, burstAttemptsPerAccount } from "#server/use-cases/attempt-limit.ts";
import { challengeMs } from "#server/use-cases/passkeys.ts";
import { authenticator, type Bend } from "#test/support/authenticator.ts";
import { createTestApp, type TestApp } from "#test/support/test-app.ts";

const password = "correct horse battery";
const host = "localhost:8120";
const origin = `http://${host}`;

type Ask = (request: InjectOptions) => ReturnType<TestApp["visit"]>;

/** An owner with a password and one passkey, at the server's own name. */
async function withPasskey() {
  const app = await createTestApp();
  await app.signIn.setPassword(password);
  const { token } = await app.signIn.open(await app.signIn.owner());
  const ask: Ask = (request) => app.visit({ ...request, headers: { host, cookie: `upbeat-test=${token}` } });
  const stranger: Ask = (request) =>
    app.visit({ remoteAddress: "203.0.113.9", ...request, headers: { host } });
  const device = authenticator(origin);
  const added = await add(ask, device);
  assert.equal(added.statusCode, 201, added.body);
  return { app, ask, stranger, device, passkey: added.json<PasskeyEntry>() };
}

async function creation(ask: Ask): Promise<PasskeyCreation> {
  const answer = await ask({ method: "POST", url: "/v1/passkeys/request", payload: { password } });
  assert.equal(answer.statusCode, 200, answer.body);
  return answer.json<PasskeyCreation>();
}

async function add(ask: Ask, device: ReturnType<typeof authenticator>, bend: Bend = {}) {
  const passkey = device.make(await creation(ask), bend);
  return ask({ method: "POST", url: "/v1/passkeys", payload: { name: "Phone", passkey } });
}

async function request(ask: Ask): Promise<PasskeyRequest> {
  return (await ask({ method: "POST", url: "/v1/session/passkey-request" })).json<PasskeyRequest>();
}

const signIn = (ask: Ask, passkey: object) =>
  ask({ method: "POST", url: "/v1/session/passkey", payload: { passkey } });
const withPassword = (ask: Ask, more: object = {}) =>
  ask({ method: "POST", url: "/v1/session", payload: { password, ...more } });

describe("a passkey", () => {
  test("signs in without a name or a password, is listed, named and removed", async () => {
    const { app, ask, stranger, device, passkey } = await withPasskey();
    const answer = await signIn(stranger, device.sign(await request(stranger)));
    assert.equal(answer.statusCode, 200, answer.body);
    assert.equal(answer.json<{ personId: string }>().personId, app.owner.id);
    assert.equal(answer.cookies.length, 2, "a session, and a queue of its own");
    app.time.nowMs += 1000;
    assert.equal((await signIn(stranger, device.sign(await request(stranger)))).statusCode, 200);
    const url = `/v1/passkeys/${passkey.id}`;
    assert.equal((await ask({ method: "PUT", url, payload: { name: " Key ring " } })).statusCode, 204);
    const { items } = (await ask({ url: "/v1/passkeys" })).json<{ items: PasskeyEntry[] }>();
    assert.deepEqual(items, [{ ...passkey, name: "Key ring", lastUsedAtMs: app.time.nowMs }]);
    assert.equal((await ask({ method: "DELETE", url })).statusCode, 204);
    assert.equal((await ask({ method: "DELETE", url })).statusCode, 404);
    assert.equal((await signIn(stranger, device.sign(await request(stranger)))).statusCode, 401);
    await app.close();
  });

  test("is added with the password only, at a name, once, for oneself", async () => {
    const app = await createTestApp();
    const at =
      (more: object): Ask =>
      (one) =>
        app.visit({ ...one, headers: { host, cookie: app.cookie, ...more } });
    const wish = { method: "POST", url: "/v1/passkeys/request", payload: { password } } as const;
    assert.equal((await at({})(wish)).statusCode, 409, "no password: anybody here is the owner");
    await app.signIn.setPassword(password);
    const { token } = await app.signIn.open(await app.signIn.owner());
    const ask = at({ cookie: `upbeat-test=${token}` });
    const wrong = await ask({ ...wish, payload: { password: "a stolen session" } });
    assert.equal(wrong.statusCode, 403);
    const byAddress = await at({ cookie: `upbeat-test=${token}`, host: "127.0.0.1:8120" })(wish);
    assert.equal(byAddress.statusCode, 409, byAddress.body);
    const device = authenticator(origin);
    assert.equal((await add(ask, device)).statusCode, 201);
    assert.equal((await add(ask, device)).statusCode, 409, "the same once more");
    const passkey = authenticator(origin).make(await creation(ask));
    const twice = { method: "POST", url: "/v1/passkeys", payload: { name: "Two", passkey } } as const;
    assert.equal((await ask(twice)).statusCode, 201);
    assert.equal((await ask(twice)).statusCode, 403, "its challenge is spent");
    await app.close();
  });

  test("that was not made here, now, is not added", async () => {
    const { app, ask } = await withPasskey();
    const bends: Readonly<Record<string, Bend>> = {
      "another origin": { origin: "https://evil.example" },
      "another host": { rpId: "evil.example" },
      "another challenge": { challenge: Buffer.alloc(38).toString("base64url") },
      "a sign-in's challenge": { challenge: (await request(ask)).challenge },
      "a signature's type": { type: "webauthn.get" },
    };
    for (const [what, bend] of Object.entries(bends)) {
      assert.equal((await add(ask, authenticator(origin), bend)).statusCode, 403, what);
    }
    const certified = new Map([
      ["x5c", Buffer.from("a certificate")],
      ["sig", Buffer.alloc(8)],
    ]);
    const passkey = authenticator(origin).make(await creation(ask), {}, certified);
    const answer = await ask({ method: "POST", url: "/v1/passkeys", payload: { name: "Phone", passkey } });
    assert.equal(answer.statusCode, 403, "certificates are not read");
    const late = authenticator(origin);
    const options = await creation(ask);
    app.time.nowMs += challengeMs;
    const payload = { name: "Late", passkey: late.make(options) };
    assert.equal((await ask({ method: "POST", url: "/v1/passkeys", payload })).statusCode, 403, "too late");
    await app.close();
  });

  test("opens nothing when anything about its signature is not as it must be", async () => {
    const { app, ask, stranger, device } = await withPasskey();
    const old = device.sign(await request(stranger));
    assert.equal((await signIn(stranger, old)).statusCode, 200);
    assert.equal((await signIn(stranger, old)).statusCode, 401, "replayed");
    const options = await request(stranger);
    const bends: Readonly<Record<string, Bend>> = {
      forged: { forged: true },
      "another origin": { origin: "https://evil.example" },
      "another port": { origin: "http://localhost:9999" },
      "another host": { rpId: "evil.example" },
      "another challenge": { challenge: Buffer.alloc(38).toString("base64url") },
      "a challenge for adding": { challenge: (await creation(ask)).challenge },
      "a registration's type": { type: "webauthn.create" },
      "a device that does not know who holds it": { isPersonKnown: false },
      "a copied device, whose counter is behind": { counter: 1 },
      "somebody else's handle": { userHandle: Buffer.from("nobody").toString("base64url") },
    };
    for (const [what, bend] of Object.entries(bends)) {
      assert.equal((await signIn(stranger, device.sign(options, bend))).statusCode, 401, what);
    }
    const unknown = authenticator(origin);
    assert.equal((await signIn(stranger, unknown.sign(options))).statusCode, 401, "never added");
    const both = device.sign(options);
    const codes = await Promise.all([signIn(stranger, both), signIn(stranger, both)]);
    const sorted = codes.map(({ statusCode }) => statusCode).toSorted((a, b) => a - b);
    assert.deepEqual(sorted, [200, 401], "twice at once");
    const late = await request(stranger);
    app.time.nowMs += challengeMs;
    assert.equal((await signIn(stranger, device.sign(late))).statusCode, 401, "too late");
    await app.close();
  });
});

describe("beside the password", () => {
  const secondFactor = (ask: Ask, asksPasskey: boolean, secret = password) =>
    ask({ method: "PUT", url: "/v1/session/second-factor", payload: { password: secret, asksPasskey } });

  test("it is asked for, checked for that person, and a right password alone opens nothing", async () => {
    const { app, ask, stranger, device, passkey } = await withPasskey();
    assert.equal((await secondFactor(ask, true, "a stolen session")).statusCode, 403);
    assert.equal((await withPassword(stranger)).statusCode, 200, "not yet");
    assert.equal((await secondFactor(ask, true)).json<{ asksPasskey: boolean }>().asksPasskey, true);
    const asked = await withPassword(stranger);
    assert.equal(asked.statusCode, 401);
    assert.equal(asked.cookies.length, 0);
    const question = asked.json<{ passkey: PasskeyRequest }>().passkey;
    assert.deepEqual(
      question.allowCredentials.map(({ transports }) => transports),
      [["internal"]],
    );
    const wrong = await withPassword(stranger, { passkey: device.sign(question), password: "wrong guess" });
    assert.equal(wrong.statusCode, 401, "the password counts as well");
    const forged = await withPassword(stranger, { passkey: device.sign(question, { forged: true }) });
    assert.equal(forged.statusCode, 401);
    const alone = device.sign(await request(stranger));
    assert.equal((await withPassword(stranger, { passkey: alone })).statusCode, 401, "another use");
    const key = device.sign(question, { isPersonKnown: false });
    assert.equal((await withPassword(stranger, { passkey: key })).statusCode, 200, "a plain security key");
    const elsewhere = await app.visit({ method: "POST", url: "/v1/session", payload: { password } });
    assert.equal(elsewhere.statusCode, 403, "at another name");
    assert.match(elsewhere.json<{ detail: string }>().detail, /localhost/);
    assert.equal((await ask({ method: "DELETE", url: `/v1/passkeys/${passkey.id}` })).statusCode, 409);
    assert.equal((await secondFactor(ask, false)).statusCode, 200);
    assert.equal((await withPassword(stranger)).statusCode, 200);
    await app.close();
  });

  test("nobody is locked out by it: not without a passkey, not after an erasure, not with a lost device", async () => {
    const { app, ask, stranger, passkey } = await withPasskey();
    assert.equal((await ask({ method: "DELETE", url: `/v1/passkeys/${passkey.id}` })).statusCode, 204);
    assert.equal((await secondFactor(ask, true)).statusCode, 409, "none to ask for");
    await add(ask, authenticator(origin));
    await secondFactor(ask, true);
    await app.erasures.eraseNow(app.owner.id);
    assert.equal((await withPassword(stranger)).statusCode, 200, "erased with all else");
    const lost = await withPasskey();
    await secondFactor(lost.ask, true);
    await lost.app.signIn.setPassword("told on the machine");
    const payload = { password: "told on the machine" };
    assert.equal((await lost.stranger({ method: "POST", url: "/v1/session", payload })).statusCode, 200);
    await Promise.all([app.close(), lost.app.close()]);
  });
});

test("guessers lock nobody out: a passkey opens a new browser, and who is signed in may still change things", async () => {
  const { app, ask, stranger, device } = await withPasskey();
  for (let attempt = 0; attempt < Math.max(burstAttemptsPerAccount, burstAttemptsOfAll); attempt += 1) {
    await app.visit({
      method: "POST",
      url: "/v1/session",
      payload: { password: "wrong guess" },
      remoteAddress: `198.51.100.${attempt}`,
    });
  }
  assert.equal((await withPassword(stranger)).statusCode, 429, "the password has to wait");
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const forged = device.sign(await request(stranger), { forged: true });
    assert.equal((await signIn(stranger, forged)).statusCode, 401);
  }
  assert.equal((await signIn(stranger, device.sign(await request(stranger)))).statusCode, 200);
  const change = { current: password, password: "a better sentence" };
  const changed = await ask({ method: "PUT", url: "/v1/session/password", payload: change });
  assert.equal(changed.statusCode, 204, changed.body);
  await app.close();
});
