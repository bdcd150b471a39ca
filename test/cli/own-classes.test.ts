/** Classes of one's own on the command line: through the running server, and from the folder when there is none. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { classById } from "#domain/catalogue/index.ts";
import { runUpbeat, startServerProcess } from "#test/support/server-process.ts";

const folder = mkdtempSync(join(tmpdir(), "upbeat-own-classes-"));
after(() => rmSync(folder, { recursive: true, force: true }));
const folders = ["--data", join(folder, "data"), "--keys", join(folder, "keys")];
const library = join(folder, "tracks.json");
const track = { artist: "A", durationS: 400, tempoBpm: 84, key: "8A", energy: 0.3, taste: 0.5 };
writeFileSync(
  library,
  JSON.stringify(["one", "two", "three", "four"].map((id) => ({ ...track, id, title: id }))),
);
const original = classById("cycling-recovery-20");
assert.ok(original);
const own = { ...original, id: "own-lunch-20", title: "Lunchtime spin of mine" };

async function json(...args: readonly string[]) {
  const { code, stdout, stderr } = await runUpbeat([...args, "--json"]);
  assert.equal(code, 0, stderr);
  return JSON.parse(stdout);
}

async function findsItsOwn(): Promise<void> {
  const found = await json("classes", "--query", "lunchtime spin of mine", "--limit", "1", ...folders);
  assert.equal(found[0].id, own.id);
  assert.deepEqual((await json("class", own.id, ...folders)).blocks, own.blocks);
  const planned = await json("plan", "--class", own.id, "--library", library, ...folders);
  assert.equal(planned.classId, own.id);
  assert.equal(planned.slots.at(-1).endS, own.durationS);
}

test("the owner's own classes are found, shown and planned, with and without a server", async () => {
  const server = await startServerProcess(folder);
  try {
    const saved = await server.fetch(`/v1/classes/${own.id}`, { method: "PUT", body: own });
    assert.equal(saved.status, 200, await saved.text());
    await findsItsOwn();
  } finally {
    await server.stop("SIGTERM");
  }
  await findsItsOwn();
});

test("where there are none it says so, and makes no folder", async () => {
  const { code, stderr } = await runUpbeat(["class", "own-nothing", "--data", join(folder, "nowhere")]);
  assert.equal(code, 1);
  assert.match(stderr, /There is no class own-nothing/);
});
