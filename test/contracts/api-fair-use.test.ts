/** What an app may use, what it is told of that, and what its report says. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { OwnUsage } from "#protocol/api/usage.ts";
import { connect } from "#test/support/oauth-client.ts";
import { createTestApp, type TestApp } from "#test/support/test-app.ts";

let server: TestApp;
before(async () => {
  server = await createTestApp();
});
after(() => server.close());

const callsPerHour = { catalogue: 100, music: 100, body: 3, joined: 2, account: 100 };

test("a quota is told with each answer, and then refuses", async () => {
  const tiers = { tiers: [{ name: "small", callsPerHour }], tierOf: {} };
  assert.equal((await server.ask({ method: "PUT", url: "/v1/app-tiers", payload: tiers })).statusCode, 200);
  const { access_token, clientId } = await connect(server, "workouts:read tracks:read");
  const headers = { authorization: `Bearer ${access_token}` };
  const read = (url: string) => server.visit({ url, headers });
  const first = await read("/v1/workouts");
  assert.equal(first.headers["ratelimit-policy"], '"body";q=3;w=3600');
  assert.equal(first.headers.ratelimit, '"body";r=2;t=1200');
  await read("/v1/workouts");
  await read("/v1/workouts");
  const refused = await read("/v1/workouts");
  assert.equal(refused.statusCode, 429);
  assert.equal(refused.headers["retry-after"], "1200");
  assert.equal((await read("/v1/tracks")).statusCode, 200, "another category has its own quota");
  server.time.nowMs += 1_200_000;
  assert.equal((await read("/v1/workouts")).statusCode, 200);

  const report = (await server.ask({ url: `/v1/apps/${clientId}/report` })).json<{
    tier: string;
    usage: { category: string; month: { calls: number; bytes: number } }[];
    scopes: { scope: string }[];
  }>();
  assert.equal(report.tier, "small");
  assert.deepEqual(
    report.scopes.map(({ scope }) => scope),
    ["workouts:read", "tracks:read"],
  );
  const calls = report.usage.map(({ category, month }) => [category, month.calls]);
  assert.deepEqual(calls, [
    ["music", 1],
    ["body", 4],
  ]);
  assert.ok(report.usage.every(({ month }) => month.bytes > 0));
});

test("an app is told what it has left of each category, and what it did today", async () => {
  const tiers = { tiers: [{ name: "small", callsPerHour }], tierOf: {} };
  await server.ask({ method: "PUT", url: "/v1/app-tiers", payload: tiers });
  const { access_token, clientId } = await connect(server, "workouts:read");
  const headers = { authorization: `Bearer ${access_token}` };
  const usage = async () => (await server.visit({ url: "/v1/usage", headers })).json<OwnUsage>();
  const left = ({ categories }: OwnUsage) =>
    Object.fromEntries(categories.map(({ category, remaining, resetS }) => [category, [remaining, resetS]]));
  assert.deepEqual(left(await usage()), {
    catalogue: [99, 36], // this very call
    music: [100, 0],
    body: [3, 0],
    joined: [2, 0],
    account: [100, 0],
  });
  for (let call = 0; call < 4; call += 1) await server.visit({ url: "/v1/workouts", headers });
  const used = await usage();
  assert.deepEqual(left(used).body, [0, 1200], "the fourth was refused and took nothing");
  assert.equal(used.tier, "small");
  const body = used.categories.find(({ category }) => category === "body");
  assert.equal(body?.today.calls, 3);
  assert.ok((body?.today.bytes ?? 0) > 0);
  assert.equal(body?.isSlowed, false);

  const other = await connect(server, "tracks:read");
  const others = await server.visit({
    url: "/v1/usage",
    headers: { authorization: `Bearer ${other.access_token}` },
  });
  assert.deepEqual(left(others.json<OwnUsage>()).body, [3, 0], "another app has its own");
  const generous = { name: "generous", callsPerHour: { ...callsPerHour, body: 50 } };
  const changed = { tiers: [...tiers.tiers, generous], tierOf: { [clientId]: "generous" } };
  await server.ask({ method: "PUT", url: "/v1/app-tiers", payload: changed });
  assert.equal((await usage()).tier, "generous");
  assert.equal((await server.ask({ url: "/v1/usage" })).statusCode, 403, "a person is no app");
  assert.equal((await server.visit({ url: "/v1/usage" })).statusCode, 401);
});

test("a person's own session has no quota", async () => {
  for (let call = 0; call < 10; call += 1) {
    const answer = await server.ask({ url: "/v1/workouts" });
    assert.equal(answer.statusCode, 200);
    assert.equal(answer.headers.ratelimit, undefined);
  }
});

test("tiers that do not hold together are refused", async () => {
  const put = (payload: object) => server.ask({ method: "PUT", url: "/v1/app-tiers", payload });
  assert.equal((await put({ tiers: [], tierOf: {} })).statusCode, 400);
  assert.equal((await put({ tiers: [{ name: "a", callsPerHour }], tierOf: { x: "b" } })).statusCode, 400);
  assert.equal((await server.ask({ url: "/v1/apps/nobody/report" })).statusCode, 404);
});
