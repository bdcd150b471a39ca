/** One contract for every adapter of the taste store. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { memoryStore } from "#server/adapters/memory/memory-store.ts";
import { openSqliteStore } from "#server/adapters/sqlite/sqlite-store.ts";

const folder = mkdtempSync(join(tmpdir(), "upbeat-taste-"));
after(() => rmSync(folder, { recursive: true }));

for (const [name, open] of [
  ["memory", async () => memoryStore()],
  ["sqlite", () => openSqliteStore(join(folder, "taste.db"))],
] as const) {
  test(`the ${name} store keeps the taste of each person apart, by id, and erases it`, async () => {
    const store = await open();
    const { taste, erasure } = store;
    const row = (personId: string, id: string, byte: number) => ({
      personId,
      id,
      sealed: Uint8Array.of(byte),
    });
    await taste.putTaste(row("p1", "b", 1));
    await taste.putTaste(row("p1", "a", 2));
    await taste.putTaste(row("p2", "a", 3));
    await taste.putTaste(row("p1", "b", 4));
    const plain = async (personId: string) =>
      (await taste.tasteOf(personId)).map(({ id, sealed }) => [id, ...sealed]);
    assert.deepEqual(await plain("p1"), [
      ["a", 2],
      ["b", 4],
    ]);
    await taste.removeTaste("p1", "b");
    await taste.removeTaste("p2", "nothing");
    assert.deepEqual(await plain("p1"), [["a", 2]]);
    await erasure.eraseRowsOf("p1");
    assert.deepEqual(await plain("p1"), []);
    assert.deepEqual(await plain("p2"), [["a", 3]]);
    assert.deepEqual(await taste.earlierTaste(), []);
    await taste.forgetEarlierTaste();
    await store.close();
  });
}
