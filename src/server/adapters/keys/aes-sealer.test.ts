import assert from "node:assert/strict";
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { SealError } from "#server/ports/sealer.ts";
import { memoryKeystore } from "../memory/memory-keystore.ts";
import { aesSealer } from "./aes-sealer.ts";
import { fileKeystore } from "./file-keystore.ts";

const folder = mkdtempSync(join(tmpdir(), "upbeat-keys-"));
after(() => rmSync(folder, { recursive: true }));

const personId = "0199b3a0-0000-7000-8000-000000000001";
const context = { personId, category: "series", rowId: "w/0" };
const plain = new TextEncoder().encode("212 W at 141 bpm");

for (const [name, keystore] of [
  ["file", fileKeystore(join(folder, "keys"))],
  ["memory", memoryKeystore()],
] as const) {
  test(`the ${name} keystore keeps one key per person, and destroys it`, async () => {
    assert.equal(await keystore.get(personId), null);
    const [first, second] = await Promise.all([
      keystore.getOrCreate(personId),
      keystore.getOrCreate(personId),
    ]);
    assert.deepEqual(first, second, "two at once agree");
    assert.equal(first.byteLength, 32);
    assert.deepEqual(await keystore.get(personId), first);
    assert.notDeepEqual(await keystore.getOrCreate("0199b3a0"), first);
    await keystore.destroy(personId);
    await keystore.destroy(personId);
    assert.equal(await keystore.get(personId), null);
    assert.notDeepEqual(await keystore.getOrCreate(personId), first);
  });
}

test("keys are for the server's user only, and stay in their folder", async () => {
  const keys = join(folder, "private");
  const keystore = fileKeystore(keys);
  await keystore.getOrCreate(personId);
  assert.equal(statSync(keys).mode & 0o777, 0o700);
  assert.equal(statSync(join(keys, `${personId}.key`)).mode & 0o777, 0o600);
  await assert.rejects(keystore.getOrCreate("../outside"), SealError);
  assert.equal(existsSync(join(folder, "outside.key")), false);
  writeFileSync(join(keys, "abc.key"), "too short");
  await assert.rejects(keystore.get("abc"), SealError);
});

test("sealed bytes open again, differ each time and show nothing", async () => {
  const sealer = aesSealer(memoryKeystore());
  const one = await sealer.seal(context, plain);
  const two = await sealer.seal(context, plain);
  assert.notDeepEqual(one, two);
  assert.equal(Buffer.from(one).includes("212"), false);
  assert.deepEqual(new Uint8Array(await sealer.open(context, one)), plain);
  assert.deepEqual(
    new Uint8Array(await sealer.open(context, await sealer.seal(context, Uint8Array.of()))),
    Uint8Array.of(),
  );
});

test("any changed bit, and any cut, is noticed", async () => {
  const sealer = aesSealer(memoryKeystore());
  const sealed = await sealer.seal(context, plain);
  for (let at = 0; at < sealed.byteLength; at += 1) {
    const changed = Uint8Array.from(sealed);
    changed[at] = (changed[at] ?? 0) ^ 1;
    await assert.rejects(sealer.open(context, changed), SealError, `byte ${at}`);
    await assert.rejects(sealer.open(context, sealed.slice(0, at)), SealError, `cut at ${at}`);
  }
});

test("sealed bytes cannot be moved to another row, category or person", async () => {
  const keystore = memoryKeystore();
  const sealer = aesSealer(keystore);
  const sealed = await sealer.seal(context, plain);
  await sealer.seal({ ...context, personId: "other" }, plain);
  const others = [{ rowId: "w/1" }, { category: "workout" }, { personId: "other" }, { rowId: 'w/0","' }];
  for (const other of others) {
    await assert.rejects(sealer.open({ ...context, ...other }, sealed), SealError, JSON.stringify(other));
  }
});

test("without the key nothing opens, and none is made up", async () => {
  const keystore = memoryKeystore();
  const sealed = await aesSealer(keystore).seal(context, plain);
  await keystore.destroy(personId);
  await assert.rejects(aesSealer(keystore).open(context, sealed), /not in the keystore/);
  assert.equal(await keystore.get(personId), null);
});
