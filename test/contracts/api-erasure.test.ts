/** Being forgotten, through the API: asked for, thought over, carried out. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { graceMs } from "#server/use-cases/erasure.ts";
import { createTestApp, startMs, type TestApp } from "#test/support/test-app.ts";

async function withApp(body: (app: TestApp) => Promise<void>): Promise<void> {
  const app = await createTestApp();
  try {
    await body(app);
  } finally {
    await app.close();
  }
}

const dueAt = async (app: TestApp) => (await app.ask({ url: "/v1/erasure" })).json().dueAtMs;
const ask = (app: TestApp, when: string) =>
  app.ask({ method: "POST", url: "/v1/erasure", payload: { when } });

test("waits a week, in which it can be taken back", () =>
  withApp(async (app) => {
    assert.equal(await dueAt(app), null);
    assert.equal((await ask(app, "after-grace")).json().dueAtMs, startMs + graceMs);
    app.time.nowMs += graceMs / 2;
    await ask(app, "after-grace");
    assert.equal(await dueAt(app), startMs + graceMs, "asking twice does not prolong it");
    await app.erasures.eraseDue();
    assert.equal((await app.ask({ url: "/v1/athlete" })).statusCode, 200);
    assert.equal((await app.ask({ method: "DELETE", url: "/v1/erasure" })).statusCode, 204);
    app.time.nowMs += graceMs;
    await app.erasures.eraseDue();
    assert.equal((await app.ask({ url: "/v1/athlete" })).statusCode, 200, "nothing was erased");
  }));

test("is carried out when the week has passed", () =>
  withApp(async (app) => {
    await ask(app, "after-grace");
    app.time.nowMs += graceMs;
    await app.erasures.eraseDue();
    assert.equal((await app.ask({ url: "/v1/session" })).statusCode, 401);
    assert.equal(await app.keystore.exportKey(app.owner.id), null);
    assert.deepEqual(await app.store.consents.consentsOf(app.owner.id), []);
    assert.equal(await app.erasures.dueAtMs(app.owner.id), null);
  }));
