/** What was acknowledged is on the disk, whenever the process dies. */
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { DatabaseSync } from "node:sqlite";
import { after, test } from "node:test";
import { seededRandom } from "#domain/seeded-random.ts";
import { storeErrorOf } from "#server/adapters/sqlite/failures.ts";
import { openDatabase } from "#server/adapters/sqlite/open.ts";

const folder = mkdtempSync(join(tmpdir(), "upbeat-kill-"));
after(() => rmSync(folder, { recursive: true }));
const writer = join(import.meta.dirname, "..", "support", "store-writer.ts");
const compileCache = join(import.meta.dirname, "..", "..", ".cache", "compile");
const kills = 20;

/** Lets a writer run until it has acknowledged `acknowledgements` chunks, kills it, and answers what it acknowledged. */
async function writeAndKill(path: string, first: number, acknowledgements: number): Promise<number[]> {
  const child = spawn(process.execPath, [writer, path, String(first)], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, NODE_COMPILE_CACHE: compileCache },
  });
  const acknowledged: number[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    acknowledged.push(Number(line));
    if (acknowledged.length === acknowledgements) child.kill("SIGKILL");
  }
  return acknowledged;
}

test(`${kills} kills lose nothing that was acknowledged, and the database stays whole`, async () => {
  const path = join(folder, "kill.db");
  const random = seededRandom(41);
  const acknowledged: number[] = [];
  for (let kill = 0; kill < kills; kill += 1) {
    acknowledged.push(...(await writeAndKill(path, kill * 1_000_000, 1 + Math.floor(random() * 60))));
  }
  assert.ok(acknowledged.length >= kills);

  const db = new DatabaseSync(path);
  assert.deepEqual({ ...db.prepare("PRAGMA integrity_check").get() }, { integrity_check: "ok" });
  const rows = db.prepare("SELECT sequence, sealed FROM workout_chunk").all();
  const kept = new Map(rows.map((row) => [row.sequence, row.sealed as Uint8Array]));
  for (const sequence of acknowledged) {
    const bytes = kept.get(sequence);
    assert.ok(bytes, `chunk ${sequence} was acknowledged and is lost`);
    assert.ok(Buffer.from(bytes).toString().startsWith(`chunk ${sequence} `));
  }
  db.close();
});

test("every commit is asked of the disk: write-ahead log, synchronous=FULL", () => {
  const db = openDatabase(join(folder, "pragma.db"));
  assert.deepEqual({ ...db.prepare("PRAGMA journal_mode").get() }, { journal_mode: "wal" });
  assert.deepEqual({ ...db.prepare("PRAGMA synchronous").get() }, { synchronous: 2 });
  db.close();
});

test("a full disk refuses the write, says so, and keeps what was there", () => {
  const path = join(folder, "full.db");
  const db = openDatabase(path);
  const put = db.prepare("INSERT INTO setting (name, value) VALUES (?, ?)");
  put.run("before", "1");
  const pages = Number(db.prepare("PRAGMA page_count").get()?.page_count);
  db.exec(`PRAGMA max_page_count = ${pages}`);
  assert.throws(
    () => put.run("large", "x".repeat(100_000)),
    (error) =>
      storeErrorOf(error, path).reason === "full" && /is full/.test(storeErrorOf(error, path).message),
  );
  assert.equal(db.prepare("SELECT count(*) AS settings FROM setting").get()?.settings, 1);
  db.close();
});

test("the operating system is told to flush at least once per acknowledged write", (context) => {
  if (spawnSync("strace", ["-V"]).status !== 0) {
    context.diagnostic("strace is not installed: only the pragmas were checked");
    return;
  }
  const writes = 25;
  const traced = [
    "-f",
    "-e",
    "trace=fsync,fdatasync",
    process.execPath,
    writer,
    join(folder, "flush.db"),
    "0",
  ];
  const { stderr, status } = spawnSync("strace", [...traced, String(writes)], { encoding: "utf8" });
  if (status !== 0 && /ptrace|Operation not permitted/.test(stderr)) {
    context.diagnostic("this machine forbids tracing: only the pragmas were checked");
    return;
  }
  assert.equal(status, 0, stderr);
  const flushes = stderr.match(/f(data)?sync\(/g)?.length ?? 0;
  assert.ok(flushes >= writes, `${flushes} flushes for ${writes} writes`);
  context.diagnostic(`${flushes} flushes for ${writes} writes`);
});
