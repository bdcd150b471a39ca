/** One contract for every adapter of the store of own classes; and those kept in clear before are sealed, and gone. */
import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { classById } from "#domain/catalogue/index.ts";
import { aesSealer } from "#server/adapters/keys/aes-sealer.ts";
import { memoryKeystore } from "#server/adapters/memory/memory-keystore.ts";
import { memoryStore } from "#server/adapters/memory/memory-store.ts";
import { openDatabase } from "#server/adapters/sqlite/open.ts";
import { openSqliteStore } from "#server/adapters/sqlite/sqlite-store.ts";
import { createSealedClasses } from "#server/use-cases/sealed-classes.ts";

const folder = mkdtempSync(join(tmpdir(), "upbeat-own-classes-"));
after(() => rmSync(folder, { recursive: true }));
const known = classById("cycling-norwegian-4x4-40");
assert.ok(known);
const made = { ...known, id: "own-vergissmeinnicht", title: "Vergissmeinnicht" };

for (const [name, open] of [
  ["memory", async () => memoryStore()],
  ["sqlite", () => openSqliteStore(join(folder, "own-classes.db"))],
] as const) {
  test(`the ${name} store keeps the own classes of each person apart, and erases them`, async () => {
    const store = await open();
    const { ownClasses, erasure } = store;
    const row = (personId: string, id: string, byte: number) => {
      return { personId, id, sealed: Uint8Array.of(byte) };
    };
    for (const one of [row("p1", "1", 1), row("p1", "2", 2), row("p2", "1", 3), row("p1", "1", 4)])
      await ownClasses.putOwnClass(one);
    const plain = async (personId: string) =>
      Object.fromEntries((await ownClasses.ownClassesOf(personId)).map(({ id, sealed }) => [id, sealed[0]]));
    assert.deepEqual(await plain("p1"), { 1: 4, 2: 2 });
    await ownClasses.removeOwnClass("p1", "2");
    await ownClasses.removeOwnClass("p2", "nothing");
    assert.deepEqual(await plain("p1"), { 1: 4 });
    await erasure.eraseRowsOf("p1");
    assert.deepEqual(await plain("p1"), {});
    assert.deepEqual(await plain("p2"), { 1: 3 });
    assert.deepEqual(await ownClasses.earlierClasses(), []);
    await store.close();
  });
}

test("sealed classes survive a rotation, two at once keep both, and without the key none is shown", async () => {
  const store = memoryStore();
  const keystore = memoryKeystore();
  const sealer = aesSealer(keystore, store.dataKeys);
  const classes = createSealedClasses(store.ownClasses, sealer);
  await Promise.all([classes.put("p", made), classes.put("p", { ...made, id: "own-other" })]);
  await sealer.rotate("p");
  await classes.put("p", { ...made, title: "Changed" });
  const titles = async () => (await classes.list("p")).map(({ id, title }) => [id, title]);
  const both = [
    ["own-other", "Vergissmeinnicht"],
    ["own-vergissmeinnicht", "Changed"],
  ];
  assert.deepEqual(await titles(), both);
  await sealer.destroy("p");
  assert.deepEqual(await titles(), []);
});

test("a sealed class moved to another row or person does not open", async () => {
  const store = memoryStore();
  const classes = createSealedClasses(store.ownClasses, aesSealer(memoryKeystore(), store.dataKeys));
  await classes.put("p", made);
  await classes.put("q", { ...made, id: "own-of-q" });
  const [row] = await store.ownClasses.ownClassesOf("p");
  assert.ok(row);
  await store.ownClasses.putOwnClass({ ...row, id: "7" });
  await store.ownClasses.putOwnClass({ ...row, personId: "q" });
  assert.deepEqual(
    (await classes.list("p")).map(({ id }) => id),
    [made.id],
  );
  assert.deepEqual(await classes.list("q"), []);
});

test("classes in clear of an earlier form become the owner's, sealed, and nothing in clear is left", async () => {
  const path = join(folder, "earlier.db");
  const earlier = openDatabase(path);
  earlier.prepare("INSERT INTO class_plan (id, plan) VALUES (?, ?)").run(made.id, JSON.stringify(made));
  earlier.close();
  const found = () =>
    readdirSync(folder).filter(
      (file) =>
        file.startsWith("earlier") &&
        /vergissmeinnicht/i.test(readFileSync(join(folder, file)).toString("latin1")),
    );
  assert.notDeepEqual(found(), [], "the search works");
  const store = await openSqliteStore(path);
  const keystore = memoryKeystore();
  const classes = createSealedClasses(store.ownClasses, aesSealer(keystore, store.dataKeys));
  await classes.adoptEarlier("owner");
  assert.deepEqual(await classes.list("owner"), [made]);
  await store.close();
  assert.deepEqual(found(), []);
  const again = await openSqliteStore(path);
  const reopened = createSealedClasses(again.ownClasses, aesSealer(keystore, again.dataKeys));
  await reopened.adoptEarlier("owner");
  assert.deepEqual(await reopened.list("owner"), [made], "once");
  await again.close();
});
