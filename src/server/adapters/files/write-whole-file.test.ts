import assert from "node:assert/strict";
import { mkdir, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { writeWholeFile } from "./write-whole-file.ts";

test("writes and replaces whole files, making folders, leaving nothing else behind", async (context) => {
  const folder = await mkdtemp(join(tmpdir(), "upbeat-whole-"));
  context.after(() => rm(folder, { recursive: true }));
  const path = join(folder, "a", "b", "file.bin");
  await writeWholeFile(path, new Uint8Array([1, 2, 3]));
  await writeWholeFile(path, new Uint8Array([4]));
  assert.deepEqual([...(await readFile(path))], [4]);
  assert.deepEqual(await readdir(join(folder, "a", "b")), ["file.bin"]);
});

test("a write that cannot end leaves no unfinished file", async (context) => {
  const folder = await mkdtemp(join(tmpdir(), "upbeat-whole-"));
  context.after(() => rm(folder, { recursive: true }));
  const path = join(folder, "taken");
  await mkdir(join(path, "inside"), { recursive: true });
  await assert.rejects(writeWholeFile(path, new Uint8Array([1])));
  assert.deepEqual(await readdir(folder), ["taken"]);
});
