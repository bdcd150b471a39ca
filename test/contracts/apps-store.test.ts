/** What is kept of apps' usage and of webhooks: one contract for every adapter. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { memoryStore } from "#server/adapters/memory/memory-store.ts";
import { openSqliteStore } from "#server/adapters/sqlite/sqlite-store.ts";
import type { Store } from "#server/ports/store.ts";
import type { Usage } from "#server/ports/usage.ts";
import type { Delivery, DeliveryWish, Webhook } from "#server/ports/webhooks.ts";

const folder = mkdtempSync(join(tmpdir(), "upbeat-apps-"));
after(() => rmSync(folder, { recursive: true }));

const used: Usage = {
  personId: "p",
  appId: "a",
  category: "body",
  hourMs: 3_600_000,
  calls: 1,
  rows: 10,
  bytes: 100,
};
const webhook: Webhook = {
  id: "w1",
  personId: "p",
  appId: "a",
  url: "https://a.example/",
  events: ["workout.finished", "consent.changed"],
  createdAtMs: 1,
};
const delivery: Delivery = {
  id: "d1",
  webhookId: "w1",
  personId: "p",
  appId: null,
  url: "https://a.example/",
  event: "workout.finished",
  body: "{}",
  state: "waiting",
  attempts: 0,
  nextAtMs: 10,
  failure: null,
  createdAtMs: 5,
};

for (const [name, open] of [
  ["memory", async () => memoryStore()],
  ["sqlite", () => openSqliteStore(join(folder, "apps.db"))],
] as const) {
  describe(`the ${name} store of apps`, () => {
    let store: Store;
    before(async () => {
      store = await open();
    });
    after(() => store.close());

    test("adds usage up by person, app, category and hour", async () => {
      const { usage } = store;
      await usage.addUsage([used, { ...used, calls: 2, rows: 5, bytes: 50 }, { ...used, hourMs: 7_200_000 }]);
      await usage.addUsage([used, { ...used, personId: "q" }, { ...used, category: "music" }]);
      assert.deepEqual(await usage.usageOf("p", 0), [
        { ...used, calls: 4, rows: 25, bytes: 250 },
        { ...used, category: "music" },
        { ...used, hourMs: 7_200_000 },
      ]);
      assert.equal((await usage.usageOf("p", 7_200_000)).length, 1);
      await usage.removeUsageBefore(7_200_000);
      assert.equal((await usage.usageOf("p", 0)).length, 1);
    });

    test("lists anomalies, newest first", async () => {
      const anomaly = { personId: "p", appId: "a", atMs: 1, bytes: 9, ordinaryBytes: 3 };
      await store.usage.putAnomaly(anomaly);
      await store.usage.putAnomaly({ ...anomaly, atMs: 2 });
      assert.deepEqual(await store.usage.anomaliesOf("p"), [{ ...anomaly, atMs: 2 }, anomaly]);
      assert.deepEqual(await store.usage.anomaliesOf("q"), []);
    });

    test("keeps webhooks", async () => {
      const { webhooks } = store;
      await webhooks.putWebhook({ ...webhook, id: "w2", createdAtMs: 2 });
      await webhooks.putWebhook(webhook);
      assert.deepEqual(
        (await webhooks.webhooksOf("p")).map(({ id }) => id),
        ["w1", "w2"],
      );
      assert.deepEqual(await webhooks.getWebhook("w1"), webhook);
      await webhooks.removeWebhook("w2");
      assert.equal(await webhooks.getWebhook("w2"), null);
    });

    test("keeps messages: the same one once, the due ones in turn", async () => {
      const { webhooks } = store;
      await webhooks.addDelivery(delivery);
      await webhooks.addDelivery({ ...delivery, body: "other" });
      await webhooks.addDelivery({ ...delivery, id: "d2", nextAtMs: 8, createdAtMs: 6 });
      assert.deepEqual(await webhooks.getDelivery("d1"), delivery);
      assert.deepEqual(
        (await webhooks.dueDeliveries(10, 5)).map(({ id }) => id),
        ["d2", "d1"],
      );
      assert.deepEqual(
        (await webhooks.dueDeliveries(9, 5)).map(({ id }) => id),
        ["d2"],
      );
      await webhooks.putDelivery({ ...delivery, state: "dead", attempts: 3, failure: "500" });
      assert.deepEqual(await webhooks.getDelivery("d1"), {
        ...delivery,
        state: "dead",
        attempts: 3,
        failure: "500",
      });
      const all = await webhooks.deliveriesOf("p", { after: null, limit: 5 });
      assert.deepEqual(
        all.map(({ id }) => id),
        ["d2", "d1"],
      );
      await webhooks.removeDeliveriesBefore(6);
      assert.equal(await webhooks.getDelivery("d1"), null);
    });

    test("lists messages by app and state, and goes on after one, also among those of the same moment", async () => {
      const { webhooks } = store;
      const more = { ...delivery, personId: "r", createdAtMs: 50 };
      await webhooks.addDelivery({ ...more, id: "m1", state: "dead" });
      await webhooks.addDelivery({ ...more, id: "m3", state: "dead", appId: "a" });
      await webhooks.addDelivery({ ...more, id: "m2", appId: "a" });
      await webhooks.addDelivery({ ...more, id: "m0", state: "dead", createdAtMs: 40 });
      const ids = async (wish: Partial<DeliveryWish>) =>
        (await webhooks.deliveriesOf("r", { after: null, limit: 9, ...wish })).map(({ id }) => id);
      assert.deepEqual(await ids({}), ["m1", "m2", "m3", "m0"]);
      assert.deepEqual(await ids({ state: "dead" }), ["m1", "m3", "m0"]);
      assert.deepEqual(await ids({ appId: "a" }), ["m2", "m3"]);
      assert.deepEqual(await ids({ appId: "a", state: "dead" }), ["m3"]);
      assert.deepEqual(await ids({ after: { at: 50, id: "m2" }, limit: 1 }), ["m3"]);
      assert.deepEqual(await ids({ after: { at: 50, id: "m3" } }), ["m0"]);
      assert.deepEqual(await ids({ after: { at: 40, id: "m0" } }), []);
    });

    test("forgets all of it with the person", async () => {
      await store.erasure.eraseRowsOf("p");
      assert.deepEqual(await store.usage.usageOf("p", 0), []);
      assert.deepEqual(await store.usage.anomaliesOf("p"), []);
      assert.deepEqual(await store.webhooks.webhooksOf("p"), []);
      assert.deepEqual(await store.webhooks.deliveriesOf("p", { after: null, limit: 5 }), []);
      assert.equal((await store.usage.usageOf("q", 0)).length, 0, "removed as too old before");
    });
  });
}
