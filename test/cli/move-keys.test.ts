/** `keys move`: keys of people go from files into a token, and what they opened stays open. */
import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { runUpbeat, serveArgs, startServerProcess } from "#test/support/server-process.ts";
import { softToken } from "#test/support/soft-token.ts";

const folder = mkdtempSync(join(tmpdir(), "upbeat-move-"));
after(() => rmSync(folder, { recursive: true, force: true }));
const token = await softToken(folder);
const keysDir = join(folder, "keys");
const dataDir = join(folder, "data");
const move = () => runUpbeat(["keys", "move", "--to", "pkcs11", "--keys", keysDir, "--data", dataDir]);
const keyFiles = () => readdirSync(keysDir).filter((name) => name.endsWith(".key"));
const classId = "cycling-norwegian-4x4-40";

test("without a token that is named nothing moves", async () => {
  serveArgs(folder);
  const { code, stderr } = await move();
  assert.equal(code, 1);
  assert.match(stderr, /names no token yet/);
});

test(
  "keys move while no server runs, their files go, and the server reads on",
  { skip: token.missing, timeout: 240_000 },
  async () => {
    const first = await startServerProcess(folder);
    const own = { ...(await (await first.fetch(`/v1/classes/${classId}`)).json()), title: "Moved along" };
    assert.equal((await first.fetch("/v1/classes/own-moved", { method: "PUT", body: own })).status, 200);
    for (const name of ["token.json", "pin"]) cpSync(join(folder, "token-keys", name), join(keysDir, name));
    const refused = await move();
    assert.equal(refused.code, 1);
    assert.match(refused.stderr, /Stop the server first/);
    assert.equal(await first.stop("SIGTERM"), 0);
    const [file = ""] = keyFiles();

    const notYet = await runUpbeat(["serve", "--port", "0", "--keys", keysDir, "--data", dataDir]);
    assert.equal(notYet.code, 1);
    assert.match(notYet.stderr, /keys move --to pkcs11/);

    const moved = await move();
    assert.equal(moved.code, 0, moved.stderr);
    assert.match(moved.stdout, /One key is in the token/);
    assert.deepEqual(keyFiles(), []);
    writeFileSync(join(keysDir, file), Buffer.alloc(32, 7), { mode: 0o600 });
    const other = await move();
    assert.match(other.stderr, /Another key is there already/);
    assert.deepEqual(keyFiles(), [file], "a file whose key the token does not hold stays");
    rmSync(join(keysDir, file));

    const again = await startServerProcess(folder);
    const found = (await (await again.fetch("/v1/classes/own-moved")).json()) as { title: string };
    assert.equal(found.title, "Moved along");
    assert.equal(await again.stop("SIGTERM"), 0);
  },
);
