/** What the authorisation server keeps: one contract for every adapter. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { memoryStore } from "#server/adapters/memory/memory-store.ts";
import { openSqliteStore } from "#server/adapters/sqlite/sqlite-store.ts";
import type { OauthRecord } from "#server/ports/oauth.ts";
import type { Store } from "#server/ports/store.ts";

const folder = mkdtempSync(join(tmpdir(), "upbeat-oauth-"));
after(() => rmSync(folder, { recursive: true }));

const record: OauthRecord = {
  model: "AccessToken",
  idHash: "a1",
  grantHash: "g1",
  uidHash: "u1",
  userCodeHash: "c1",
  clientId: "app",
  personId: "p1",
  expiresAtMs: 2000,
  consumedAtMs: null,
  sealed: Uint8Array.of(1, 2, 3),
};

function plain(found: OauthRecord | null) {
  return found === null ? null : { ...found, sealed: [...found.sealed] };
}
const expected = plain(record);

for (const [name, open] of [
  ["memory", async () => memoryStore()],
  ["sqlite", () => openSqliteStore(join(folder, "oauth.db"))],
] as const) {
  describe(`the ${name} store of the authorisation server`, () => {
    let store: Store;
    after(() => store.close());

    test("finds a record by its id, its uid and its user code, within its model only", async () => {
      store = await open();
      const { oauth } = store;
      await oauth.putRecord(record);
      assert.deepEqual(plain(await oauth.getRecord("AccessToken", "a1")), expected);
      assert.deepEqual(plain(await oauth.recordByUid("AccessToken", "u1")), expected);
      assert.deepEqual(plain(await oauth.recordByUserCode("AccessToken", "c1")), expected);
      assert.equal(await oauth.getRecord("RefreshToken", "a1"), null);
      assert.equal(await oauth.recordByUid("Session", "u1"), null);
      assert.equal(await oauth.recordByUserCode("DeviceCode", "c1"), null);
    });

    test("replaces, consumes and lists", async () => {
      const { oauth } = store;
      await oauth.putRecord({ ...record, expiresAtMs: 3000 });
      await oauth.putRecord({ ...record, idHash: "a2", personId: "p2", grantHash: "g2", expiresAtMs: null });
      await oauth.consumeRecord("AccessToken", "a1", 1500);
      const found = await oauth.getRecord("AccessToken", "a1");
      assert.equal(found?.expiresAtMs, 3000);
      assert.equal(found?.consumedAtMs, 1500);
      assert.equal((await oauth.listRecords("AccessToken", null)).length, 2);
      assert.deepEqual(
        (await oauth.listRecords("AccessToken", "p2")).map(({ idHash }) => idHash),
        ["a2"],
      );
    });

    test("removes one, a whole grant, and what has expired", async () => {
      const { oauth } = store;
      await oauth.putRecord({ ...record, model: "RefreshToken", idHash: "r1" });
      await oauth.removeGrant("g1");
      assert.equal(await oauth.getRecord("AccessToken", "a1"), null);
      assert.equal(await oauth.getRecord("RefreshToken", "r1"), null);
      await oauth.putRecord(record);
      await oauth.removeExpiredRecords(2000);
      assert.equal(await oauth.getRecord("AccessToken", "a1"), null);
      assert.notEqual(await oauth.getRecord("AccessToken", "a2"), null, "clients do not expire");
      await oauth.removeRecord("AccessToken", "a2");
      assert.equal(await oauth.getRecord("AccessToken", "a2"), null);
    });
  });
}
