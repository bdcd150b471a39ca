import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { createTestApp, type TestApp } from "#test/support/test-app.ts";

let server: TestApp;
before(async () => {
  server = await createTestApp();
});
after(() => server.close());

const put = (allowedOrigins: unknown) =>
  server.ask({ method: "PUT", url: "/v1/outbound", payload: { allowedOrigins } });

test("the owner allows origins of the local network, and nobody is allowed before", async () => {
  assert.deepEqual((await server.ask({ url: "/v1/outbound" })).json(), { allowedOrigins: [] });
  const answer = await put(["http://192.168.1.20:4533", "https://MUSIC.lan:443/"]);
  assert.deepEqual(answer.json(), { allowedOrigins: ["http://192.168.1.20:4533", "https://music.lan"] });
  assert.deepEqual((await server.ask({ url: "/v1/outbound" })).json(), answer.json());
});

test("what is no origin is refused and changes nothing", async () => {
  const before = (await server.ask({ url: "/v1/outbound" })).body;
  for (const text of [
    "http://a.lan/path",
    "ftp://a.lan:21",
    "http://me:x@a.lan",
    "not an address",
    "http://",
  ]) {
    assert.equal((await put([text])).statusCode, 400, text);
  }
  assert.equal((await server.ask({ url: "/v1/outbound" })).body, before);
});

test("a member may not", async () => {
  const member = {
    id: "0199b3a0-0000-7000-8000-0000000000aa",
    name: "M",
    role: "member",
    passwordHash: null,
    asksPasskey: false,
  } as const;
  await server.store.people.putPerson(member);
  const { token } = await server.signIn.open(member);
  const headers = { cookie: `upbeat-test=${token}` };
  assert.equal((await server.visit({ url: "/v1/outbound", headers })).statusCode, 403);
});
