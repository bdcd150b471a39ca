/** Who gets in, from where, and what the answers never carry. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { minPasswordLength } from "#server/use-cases/sign-in.ts";
import { burstAttempts, secondsPerAttempt } from "#server/use-cases/attempt-limit.ts";
import { controlToken, createTestApp, testHost, type TestApp } from "#test/support/test-app.ts";

let server: TestApp;
before(async () => {
  server = await createTestApp();
});
after(() => server.close());

/** Everything that answers without a session; the rest of the routes must not. */
const openRoutes: ReadonlySet<string> = new Set([
  "GET /v1/classes",
  "GET /v1/classes/{id}",
  "GET /v1/classes/{id}/similar",
  "POST /v1/session",
  "POST /v1/session/passkey-request",
  "POST /v1/session/passkey",
  "POST /v1/join",
]);
const workoutId = "0199b3a0-0000-7000-8000-000000000001";

interface OpenApi {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, { responses?: object }>>>>;
}

async function everyRoute(): Promise<{ method: "GET"; url: string; name: string }[]> {
  const document = (await server.visit({ url: "/v1/openapi.json" })).json<OpenApi>();
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => ({
      method: method.toUpperCase() as "GET",
      url: path.replace("{id}", workoutId).replace("{sequence}", "0"),
      name: `${method.toUpperCase()} ${path}`,
    })),
  );
}

test("every route but the open ones answers 401 without a session", async () => {
  const routes = await everyRoute();
  assert.ok(routes.length >= 20, `${routes.length} routes`);
  const hidden = [
    { method: "POST", url: "/v1/control/backup", name: "control" },
    { method: "PUT", url: "/v1/control/password", name: "control" },
    { method: "GET", url: "/v1/nothing", name: "unknown" },
    { method: "GET", url: "/v1", name: "unknown" },
    { method: "GET", url: "/v1/../v1/tracks", name: "unknown" },
  ] as const;
  for (const { method, url, name } of [...routes, ...hidden]) {
    if (openRoutes.has(name)) continue;
    const answer = await server.visit({ method, url });
    assert.equal(answer.statusCode, 401, name);
    assert.match(String(answer.headers["content-type"]), /^application\/problem\+json/, name);
  }
});

test("the open routes and the pages answer without a session", async () => {
  for (const url of [
    "/healthz",
    "/v1/openapi.json",
    "/v1/classes",
    "/",
    "/classes/any",
    "/assets/main-3f2a.js",
  ]) {
    assert.equal((await server.visit({ url })).statusCode, 200, url);
  }
});

test("the API describes itself as OpenAPI 3.1", async () => {
  const document = (await server.visit({ url: "/v1/openapi.json" })).json<OpenApi>();
  assert.equal(document.openapi, "3.1.0");
  assert.ok(document.paths["/v1/workouts/{id}/chunks/{sequence}"]?.put?.responses);
  assert.equal(
    Object.keys(document.paths).some((path) => path.includes("control")),
    false,
  );
});

test("an unknown, a wrong or an ended session is none", async () => {
  for (const cookie of ["upbeat-test=wrong", "upbeat-other=x", "upbeat-test=", `${server.cookie}x`]) {
    assert.equal((await server.visit({ url: "/v1/session", headers: { cookie } })).statusCode, 401, cookie);
  }
  const { token } = await server.signIn.open(server.owner);
  const cookie = `upbeat-test=${token}`;
  assert.equal((await server.visit({ url: "/v1/session", headers: { cookie } })).statusCode, 200);
  const out = await server.visit({ method: "DELETE", url: "/v1/session", headers: { cookie } });
  assert.equal(out.statusCode, 204);
  assert.equal((await server.visit({ url: "/v1/session", headers: { cookie } })).statusCode, 401);
});

test("a session ends after its time", async () => {
  const other = await createTestApp();
  assert.equal((await other.ask({ url: "/v1/session" })).statusCode, 200);
  other.time.nowMs += 91 * 86_400_000;
  assert.equal((await other.ask({ url: "/v1/session" })).statusCode, 401);
  await other.close();
});

test("a Host that is not this server's is refused, so that a rebound name reaches nothing", async () => {
  for (const host of [
    "evil.example",
    "evil.example:8120",
    "127.0.0.1.evil.example",
    "localhost@evil",
    "10.0.0.1",
  ]) {
    const answer = await server.ask({ url: "/v1/session", headers: { host } });
    assert.equal(answer.statusCode, 421, host);
    assert.equal((await server.visit({ url: "/", headers: { host } })).headers["set-cookie"], undefined);
  }
  for (const host of ["localhost:9", "127.0.0.1", "[::1]:8120", "LOCALHOST"]) {
    assert.equal((await server.ask({ url: "/v1/session", headers: { host } })).statusCode, 200, host);
  }
});

test("a page of another site can change nothing", async () => {
  const change = { method: "POST", url: "/v1/library/scan" } as const;
  const foreign: Record<string, string>[] = [
    { origin: "https://evil.example" },
    { origin: "null" },
    { origin: `http://${testHost}.evil.example` },
    { origin: "http://127.0.0.1:9999" },
    { "sec-fetch-site": "cross-site" },
    { "sec-fetch-site": "same-site" },
  ];
  for (const headers of foreign) {
    assert.equal((await server.ask({ ...change, headers })).statusCode, 403, JSON.stringify(headers));
  }
  for (const headers of [{}, { origin: `http://${testHost}` }, { "sec-fetch-site": "same-origin" }]) {
    assert.equal((await server.ask({ ...change, headers })).statusCode, 202, JSON.stringify(headers));
  }
  const form = await server.ask({
    method: "POST",
    url: "/v1/session",
    headers: { "content-type": "text/plain" },
    payload: '{"password":"x"}',
  });
  assert.equal(form.statusCode, 415);
});

describe("the first visitor", () => {
  test("of this machine is the owner, by a cookie that scripts and other sites cannot use", async () => {
    const page = await server.visit({ url: "/" });
    const cookie = String(page.headers["set-cookie"]);
    assert.match(cookie, /^upbeat-test=[\w-]{43};/);
    assert.match(cookie, /HttpOnly/);
    assert.match(cookie, /SameSite=Strict/);
    const session = await server.visit({ url: "/v1/session", headers: { cookie: cookie.split(";")[0] } });
    const { id, name } = server.owner;
    assert.deepEqual(session.json(), {
      personId: id,
      name,
      role: "owner",
      passwordSet: false,
      asksPasskey: false,
    });
    assert.equal((await server.ask({ url: "/" })).headers["set-cookie"], undefined, "one session is enough");
  });

  test("from elsewhere or through a proxy is nobody", async () => {
    const headers: Record<string, string>[] = [
      { "x-forwarded-for": "192.0.2.7" },
      { forwarded: "for=192.0.2.7" },
      { via: "1.1 proxy" },
    ];
    for (const header of headers) {
      const page = await server.visit({ url: "/", headers: header });
      assert.equal(page.headers["set-cookie"], undefined);
    }
    assert.equal(
      (await server.visit({ url: "/", remoteAddress: "192.0.2.7" })).headers["set-cookie"],
      undefined,
    );
    const open = await createTestApp({ isLoopbackOnly: false });
    assert.equal((await open.visit({ url: "/" })).headers["set-cookie"], undefined);
    await open.close();
  });
});

describe("with a password", () => {
  let locked: TestApp;
  const password = "correct horse battery";
  const signIn = (text: string, remoteAddress = "127.0.0.1") =>
    locked.visit({ method: "POST", url: "/v1/session", payload: { password: text }, remoteAddress });
  before(async () => {
    locked = await createTestApp();
    await locked.signIn.setPassword(password);
  });
  after(() => locked.close());

  test("nobody gets in by opening the page, and those who were in are out", async () => {
    assert.equal((await locked.visit({ url: "/" })).headers["set-cookie"], undefined);
    assert.equal((await locked.ask({ url: "/v1/session" })).statusCode, 401);
  });

  test("the right one opens a session, guessing is slowed down", async () => {
    const right = await signIn(password);
    assert.equal(right.statusCode, 200);
    assert.equal(right.json().passwordSet, true);
    assert.equal(JSON.stringify(right.json()).includes("scrypt"), false);
    for (let attempt = 0; attempt < burstAttempts; attempt += 1) {
      assert.equal((await signIn("wrong guess", "192.0.2.1")).statusCode, 401);
    }
    const refused = await signIn(password, "192.0.2.1");
    assert.equal(refused.statusCode, 429);
    assert.equal(refused.headers["retry-after"], String(secondsPerAttempt));
    assert.equal((await signIn(password, "192.0.2.2")).statusCode, 200, "another address is not slowed down");
    locked.time.nowMs += secondsPerAttempt * 1000;
    assert.equal((await signIn(password, "192.0.2.1")).statusCode, 200);
  });

  test("a short one is refused", async () => {
    await assert.rejects(locked.signIn.setPassword("x".repeat(minPasswordLength - 1)), /8 to 1024/);
  });
});

describe("the control token", () => {
  const change = {
    method: "PUT",
    url: "/v1/control/password",
    payload: { password: "long enough" },
  } as const;

  test("lets a command of this machine in, and nobody else", async () => {
    const authorization = `Bearer ${controlToken}`;
    const far = await server.visit({ ...change, headers: { authorization }, remoteAddress: "192.0.2.7" });
    assert.equal(far.statusCode, 401);
    assert.equal((await server.visit({ ...change, headers: { authorization: "Bearer x" } })).statusCode, 401);
    assert.equal((await server.ask(change)).statusCode, 404, "a session is not enough");
    const own = await createTestApp();
    assert.equal((await own.visit({ ...change, headers: { authorization } })).statusCode, 204);
    assert.notEqual((await own.store.people.owner())?.passwordHash, null);
    await own.close();
  });
});
