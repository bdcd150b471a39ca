/** One contract for every adapter of the retention store. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { memoryStore } from "#server/adapters/memory/memory-store.ts";
import { openSqliteStore } from "#server/adapters/sqlite/sqlite-store.ts";

const folder = mkdtempSync(join(tmpdir(), "upbeat-retention-"));
after(() => rmSync(folder, { recursive: true }));

for (const [name, open] of [
  ["memory", async () => memoryStore()],
  ["sqlite", () => openSqliteStore(join(folder, "retention.db"))],
] as const) {
  test(`the ${name} store keeps each person's last choice, and erases it`, async () => {
    const store = await open();
    const { retention, erasure } = store;
    const first = { seriesMonths: 12, workoutsMonths: null, appliesFromMs: 1_790_000_000_000 };
    const second = { seriesMonths: null, workoutsMonths: 24, appliesFromMs: 1_790_000_000_001 };
    assert.equal(await retention.retentionOf("p"), null);
    await retention.putRetention("q", first);
    await retention.putRetention("p", first);
    await retention.putRetention("p", second);
    assert.deepEqual(await retention.retentionOf("p"), second);
    assert.deepEqual(await retention.retentionOf("q"), first);
    assert.deepEqual(await retention.peopleWithRetention(), ["p", "q"]);
    await erasure.eraseRowsOf("p");
    assert.equal(await retention.retentionOf("p"), null);
    assert.deepEqual(await retention.peopleWithRetention(), ["q"]);
    await store.close();
  });
}
