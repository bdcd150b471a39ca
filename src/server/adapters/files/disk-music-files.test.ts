import assert from "node:assert/strict";
import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { diskMusicFiles } from "./disk-music-files.ts";

let root: string;
before(async () => {
  root = await mkdtemp(join(tmpdir(), "upbeat-walk-"));
});
after(() => rm(root, { recursive: true, force: true }));

async function walked(folder: string): Promise<string[]> {
  const paths: string[] = [];
  for await (const { path } of diskMusicFiles.walk(folder)) paths.push(path.slice(root.length + 1));
  return paths;
}

test("finds audio in subfolders, through links, each folder once", async () => {
  await mkdir(join(root, "b", "deep"), { recursive: true });
  await mkdir(join(root, "elsewhere"));
  for (const name of ["z.MP3", "cover.jpg", "._z.mp3", "b/1.flac", "b/deep/2.opus", "elsewhere/3.wav"]) {
    await writeFile(join(root, name), "x");
  }
  await symlink(root, join(root, "b", "loop"));
  await symlink(join(root, "elsewhere"), join(root, "b", "linked"));
  await symlink(join(root, "nowhere"), join(root, "dangling.mp3"));
  assert.deepEqual(await walked(root), [
    "b/1.flac",
    "b/deep/2.opus",
    "b/linked/3.wav",
    "dangling.mp3",
    "z.MP3",
  ]);
});

test("says size and time, or why not", async () => {
  const found = [];
  for await (const file of diskMusicFiles.walk(root)) found.push(file);
  const flac = found.find(({ path }) => path.endsWith("1.flac"));
  assert.ok(
    flac !== undefined && "sizeBytes" in flac && flac.sizeBytes === 1 && Number.isInteger(flac.modifiedMs),
  );
  assert.deepEqual(
    found.find(({ path }) => path.endsWith("dangling.mp3")),
    { path: join(root, "dangling.mp3"), reason: "it is not there" },
  );
  const missing = [];
  for await (const file of diskMusicFiles.walk(join(root, "nowhere"))) missing.push(file);
  assert.deepEqual(missing, [{ path: join(root, "nowhere"), reason: "it is not there" }]);
});

test(
  "a folder that may not be read is told of",
  { skip: process.getuid?.() === 0 && "root may read everything" },
  async () => {
    const locked = join(root, "locked");
    await mkdir(locked, { mode: 0 });
    assert.ok((await walked(root)).includes("locked"));
    await chmod(locked, 0o700);
  },
);

test("knows what lies beneath what", () => {
  assert.ok(diskMusicFiles.isUnder("/a/b/c", "/a/b"));
  assert.ok(diskMusicFiles.isUnder("/a/b", "/a/b"));
  assert.ok(diskMusicFiles.isUnder("/a", "/"));
  assert.ok(!diskMusicFiles.isUnder("/a/bc", "/a/b"));
});
