import assert from "node:assert/strict";
import { test } from "node:test";
import { SealError } from "#server/ports/sealer.ts";
import { memoryDataKeys } from "../memory/memory-data-keys.ts";
import { memoryKeystore } from "../memory/memory-keystore.ts";
import { aesSealer } from "./aes-sealer.ts";

const personId = "0199b3a0-0000-7000-8000-000000000001";
const context = { personId, category: "series", rowId: "w/0" };
const plain = new TextEncoder().encode("212 W at 141 bpm");

function parts() {
  const keystore = memoryKeystore();
  const dataKeys = memoryDataKeys();
  return { keystore, dataKeys, sealer: aesSealer(keystore, dataKeys) };
}

test("sealed bytes open again, differ each time and show nothing", async () => {
  const { sealer } = parts();
  const one = await sealer.seal(context, plain);
  const two = await sealer.seal(context, plain);
  assert.notDeepEqual(one, two);
  assert.equal(Buffer.from(one).includes("212"), false);
  assert.deepEqual(new Uint8Array(await sealer.open(context, one)), plain);
  const empty = await sealer.seal(context, Uint8Array.of());
  assert.deepEqual(new Uint8Array(await sealer.open(context, empty)), Uint8Array.of());
});

test("any changed bit, and any cut, is noticed", async () => {
  const { sealer } = parts();
  const sealed = await sealer.seal(context, plain);
  for (let at = 0; at < sealed.byteLength; at += 1) {
    const changed = Uint8Array.from(sealed);
    changed[at] = (changed[at] ?? 0) ^ 1;
    await assert.rejects(sealer.open(context, changed), SealError, `byte ${at}`);
    await assert.rejects(sealer.open(context, sealed.slice(0, at)), SealError, `cut at ${at}`);
  }
});

test("sealed bytes open for their person, category and row only", async () => {
  const { sealer } = parts();
  const sealed = await sealer.seal(context, plain);
  const others = [
    { ...context, personId: "0199b3a0-0000-7000-8000-000000000002" },
    { ...context, category: "workout" },
    { ...context, rowId: "w/1" },
    { ...context, category: "seriesw", rowId: "/0" },
  ];
  for (const other of others) {
    await sealer.seal(other, plain); // so that the other has a key
    await assert.rejects(sealer.open(other, sealed), SealError, JSON.stringify(other));
  }
});

test("each person and category has a data key of its own, and the store holds none in the clear", async () => {
  const { sealer, keystore, dataKeys } = parts();
  const first = { ...context, category: "workout" };
  await Promise.all([1, 2, 3].map(() => sealer.seal(first, plain)));
  await sealer.seal(context, plain);
  const kept = await dataKeys.dataKeysOf(personId);
  assert.deepEqual(
    kept.map(({ category, generation }) => [category, generation]),
    [
      ["series", 0],
      ["workout", 0],
    ],
    "sealing several at once makes one key",
  );
  const clear = await Promise.all(
    kept.map(({ category, wrapped }) => keystore.unwrap(personId, JSON.stringify([category, 0]), wrapped)),
  );
  assert.notDeepEqual(clear[0], clear[1]);
  for (const [index, key] of clear.entries()) {
    assert.equal(Buffer.from(kept[index]?.wrapped ?? []).includes(Buffer.from(key)), false);
  }
});

test("a rotation changes every key, and old rows stay readable", async () => {
  const { sealer, keystore, dataKeys } = parts();
  const old = await sealer.seal(context, plain);
  const keyBefore = await keystore.exportKey(personId);
  const wrappedBefore = (await dataKeys.dataKeysOf(personId))[0]?.wrapped ?? Uint8Array.of();
  await sealer.rotate(personId);
  assert.notDeepEqual(await keystore.exportKey(personId), keyBefore);
  await assert.rejects(keystore.unwrap(personId, '["series",0]', wrappedBefore), SealError);
  assert.deepEqual(new Uint8Array(await sealer.open(context, old)), plain);
  const fresh = await sealer.seal(context, plain);
  assert.equal(Buffer.from(fresh).readUInt32BE(1), 1, "sealed with a new data key");
  const restarted = aesSealer(keystore, dataKeys);
  for (const sealed of [old, fresh])
    assert.deepEqual(new Uint8Array(await restarted.open(context, sealed)), plain);
});

test("a rotation that was interrupted anywhere is finished by the next one", async () => {
  for (let failAt = 0; failAt < 4; failAt += 1) {
    const { sealer, keystore, dataKeys } = parts();
    const old = await sealer.seal(context, plain);
    let writes = 0;
    const failing = {
      ...dataKeys,
      rewrapDataKey: (key: Parameters<typeof dataKeys.rewrapDataKey>[0]) =>
        writes++ === failAt ? Promise.reject(new Error("power cut")) : dataKeys.rewrapDataKey(key),
      addDataKey: (key: Parameters<typeof dataKeys.addDataKey>[0]) =>
        writes++ === failAt ? Promise.reject(new Error("power cut")) : dataKeys.addDataKey(key),
    };
    await aesSealer(keystore, failing)
      .rotate(personId)
      .catch(() => undefined);
    const restarted = aesSealer(keystore, dataKeys);
    assert.deepEqual(new Uint8Array(await restarted.open(context, old)), plain, `cut at write ${failAt}`);
    await restarted.rotate(personId);
    const again = aesSealer(keystore, dataKeys);
    assert.deepEqual(new Uint8Array(await again.open(context, old)), plain);
    assert.deepEqual(new Uint8Array(await again.open(context, await again.seal(context, plain))), plain);
  }
});

test("without the person's key nothing opens, and nothing new is sealed beside it", async () => {
  const { sealer, keystore, dataKeys } = parts();
  const sealed = await sealer.seal(context, plain);
  await sealer.destroy(personId);
  await assert.rejects(sealer.open(context, sealed), SealError);
  await assert.rejects(sealer.seal(context, plain), SealError);
  await assert.rejects(aesSealer(keystore, dataKeys).open(context, sealed), SealError);
});

test("a recovery kit's key opens everything again", async () => {
  const { sealer, keystore, dataKeys } = parts();
  const sealed = await sealer.seal(context, plain);
  const key = await keystore.exportKey(personId);
  assert.ok(key);
  const elsewhere = memoryKeystore();
  const restored = aesSealer(elsewhere, dataKeys);
  await assert.rejects(restored.open(context, sealed), SealError);
  await elsewhere.importKey(personId, key);
  assert.deepEqual(new Uint8Array(await restored.open(context, sealed)), plain);
});
