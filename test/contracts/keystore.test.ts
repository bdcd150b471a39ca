/** One contract for every keystore. */
import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { fileKeystore } from "#server/adapters/keys/file-keystore.ts";
import { memoryKeystore } from "#server/adapters/memory/memory-keystore.ts";
import { SealError, type Keystore } from "#server/ports/sealer.ts";
import { softToken } from "#test/support/soft-token.ts";

const folder = mkdtempSync(join(tmpdir(), "upbeat-keys-"));
after(() => rmSync(folder, { recursive: true }));
let made = 0;

const person = "0199b3a0-0000-7000-8000-000000000001";
const other = "0199b3a0-0000-7000-8000-000000000002";
const dataKey = Uint8Array.from({ length: 32 }, (_, index) => index);

interface Adapter {
  readonly name: string;
  readonly open: () => Keystore | Promise<Keystore>;
  /** Why it is not tested on this machine. */
  readonly skip?: string | false;
  /** Keys are made in it and never leave. */
  readonly keeps?: boolean;
}

const token = await softToken(folder);
const adapters: readonly Adapter[] = [
  { name: "memory", open: memoryKeystore },
  { name: "file", open: () => fileKeystore(join(folder, `keys-${(made += 1)}`)) },
  { name: "token", open: () => emptied(token.keystore()), skip: token.missing, keeps: true },
];

/** The token is one for all tests: they begin without keys. */
async function emptied(opened: Promise<Keystore>): Promise<Keystore> {
  const keystore = await opened;
  for (const personId of [person, other]) await keystore.destroy(personId);
  return keystore;
}

for (const { name, open, skip = false, keeps = false } of adapters) {
  describe(`the ${name} keystore`, { skip }, () => {
    test("wraps for one person and one label", async () => {
      const keys = await open();
      assert.equal(await keys.exportKey(person), null);
      const [one, two] = await Promise.all([
        keys.wrap(person, "a", dataKey),
        keys.wrap(person, "a", dataKey),
      ]);
      assert.notDeepEqual(one, two);
      assert.equal(Buffer.from(one).includes(Buffer.from(dataKey)), false);
      for (const wrapped of [one, two]) {
        assert.deepEqual(new Uint8Array(await keys.unwrap(person, "a", wrapped)), dataKey);
      }
      await assert.rejects(keys.unwrap(person, "b", one), SealError);
      await assert.rejects(keys.unwrap(other, "a", one), SealError, "no key yet");
      await keys.wrap(other, "a", dataKey);
      await assert.rejects(keys.unwrap(other, "a", one), SealError, "another key");
      await assert.rejects(keys.unwrap(person, "a", one.subarray(0, 20)), SealError);
    });

    test("rotates: the old key unwraps until the end, the new one wraps", async () => {
      const keys = await open();
      await keys.beginRotation(person);
      assert.equal(await keys.exportKey(person), null, "where no key is there is none to rotate");
      const old = await keys.wrap(person, "a", dataKey);
      await keys.beginRotation(person);
      const fresh = await keys.wrap(person, "a", dataKey);
      await keys.beginRotation(person);
      assert.equal(await keys.isRotating(person), true);
      for (const wrapped of [old, fresh]) {
        assert.deepEqual(new Uint8Array(await keys.unwrap(person, "a", wrapped)), dataKey);
      }
      await keys.endRotation(person);
      assert.equal(await keys.isRotating(person), false);
      await assert.rejects(keys.unwrap(person, "a", old), SealError);
      assert.deepEqual(new Uint8Array(await keys.unwrap(person, "a", fresh)), dataKey);
    });

    test("destroys, for good, and only that person's", async () => {
      const keys = await open();
      const wrapped = await keys.wrap(person, "a", dataKey);
      const kept = await keys.wrap(other, "a", dataKey);
      await keys.beginRotation(person);
      await keys.destroy(person);
      await keys.destroy(person);
      await assert.rejects(keys.unwrap(person, "a", wrapped), SealError);
      assert.equal(await keys.isRotating(person), false);
      assert.equal(await keys.exportKey(person), null);
      await keys.wrap(person, "a", dataKey);
      await assert.rejects(keys.unwrap(person, "a", wrapped), SealError, "a new key is another key");
      assert.deepEqual(new Uint8Array(await keys.unwrap(other, "a", kept)), dataKey);
    });

    if (keeps) {
      test("takes a key in that lay in a file, never over another, and lets none out", async () => {
        const files = fileKeystore(join(folder, `moved-${(made += 1)}`));
        const wrapped = await files.wrap(person, "a", dataKey);
        const key = await files.exportKey(person);
        assert.ok(key);
        const keys = await open();
        await keys.importKey(person, key);
        await keys.importKey(person, key);
        assert.deepEqual(new Uint8Array(await keys.unwrap(person, "a", wrapped)), dataKey);
        await assert.rejects(keys.importKey(person, dataKey), SealError);
        await assert.rejects(keys.importKey(other, key.subarray(1)), SealError);
        assert.equal(await keys.exportKey(person), null);
      });
      return;
    }

    test("takes a key back from a recovery kit, never over another", async () => {
      const keys = await open();
      const wrapped = await keys.wrap(person, "a", dataKey);
      const key = await keys.exportKey(person);
      assert.ok(key);
      await keys.importKey(person, key);
      await assert.rejects(keys.importKey(person, dataKey), SealError);
      await assert.rejects(keys.importKey(other, key.subarray(1)), SealError);
      await keys.destroy(person);
      await keys.importKey(person, key);
      assert.deepEqual(new Uint8Array(await keys.unwrap(person, "a", wrapped)), dataKey);
    });
  });
}

test("key files are for the server's user only, and stay in their folder", async () => {
  const keysDir = join(folder, "private");
  const keys = fileKeystore(keysDir);
  await keys.wrap(person, "a", dataKey);
  await keys.beginRotation(person);
  assert.equal(statSync(keysDir).mode & 0o777, 0o700);
  const files = readdirSync(keysDir);
  assert.deepEqual(files.toSorted(), [`${person}.key`, `${person}.key.old`]);
  for (const file of files) assert.equal(statSync(join(keysDir, file)).mode & 0o777, 0o600);
  await keys.destroy(person);
  assert.deepEqual(readdirSync(keysDir), []);
  await assert.rejects(keys.wrap("../outside", "a", dataKey), SealError);
  assert.equal(existsSync(join(folder, "outside.key")), false);
  writeFileSync(join(keysDir, "abc.key"), "too short");
  await assert.rejects(keys.wrap("abc", "a", dataKey), SealError);
});
