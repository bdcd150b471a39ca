/** A rotation of keys that is killed before any of its steps loses nothing, and is finished afterwards. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { aesSealer } from "#server/adapters/keys/aes-sealer.ts";
import { fileKeystore } from "#server/adapters/keys/file-keystore.ts";
import { openSqliteStore } from "#server/adapters/sqlite/sqlite-store.ts";

const folder = mkdtempSync(join(tmpdir(), "upbeat-rotation-"));
after(() => rmSync(folder, { recursive: true }));
const rotator = join(import.meta.dirname, "..", "support", "key-rotator.ts");
const personId = "0199b3a0-0000-7000-8000-000000000001";
const rows = ["workout", "series"].map((category) => ({ personId, category, rowId: "r" }));
const plain = new TextEncoder().encode("what a heart did");

async function openIn(place: string) {
  const store = await openSqliteStore(join(place, "upbeat.db"));
  const keystore = fileKeystore(join(place, "keys"));
  return { store, keystore, sealer: aesSealer(keystore, store.dataKeys) };
}

/** Kills a rotation of a copy of `from` before a step; answers whether there was such a step. */
async function killAt(from: string, step: number, sealed: readonly Uint8Array[]): Promise<boolean> {
  const place = join(folder, `step-${step}`);
  cpSync(from, place, { recursive: true });
  const args = [rotator, join(place, "upbeat.db"), join(place, "keys"), String(step)];
  const { status, signal } = spawnSync(process.execPath, args, { stdio: "inherit" });
  assert.ok(status === 0 || signal === "SIGKILL", `step ${step}: ${status} ${signal}`);
  const { store, keystore, sealer } = await openIn(place);
  const oldKey = await keystore.exportKey(personId);
  await sealer.finishRotation(personId);
  assert.equal(await keystore.isRotating(personId), false, `step ${step}`);
  const fresh = aesSealer(keystore, store.dataKeys);
  for (const [index, row] of rows.entries()) {
    const opened = await fresh.open(row, sealed[index] ?? new Uint8Array());
    assert.deepEqual(new Uint8Array(opened), plain, `step ${step}: ${row.category}`);
    await fresh.open(row, await fresh.seal(row, plain));
  }
  assert.ok(oldKey !== null, `step ${step}`);
  await keystore.destroy(personId);
  assert.deepEqual(readdirSync(join(place, "keys")), [], `step ${step}: nothing is left of any key`);
  await store.close();
  return signal === "SIGKILL";
}

test("a rotation killed before any of its steps loses nothing and can be finished", async (t) => {
  const from = join(folder, "before");
  mkdirSync(from);
  const { store, sealer } = await openIn(from);
  const sealed: Uint8Array[] = [];
  for (const row of rows) sealed.push(await sealer.seal(row, plain));
  await store.close();
  let step = 1;
  while (await killAt(from, step, sealed)) step += 1;
  t.diagnostic(`${step - 1} steps`);
  assert.ok(step > 10, `${step - 1} steps`);
});
