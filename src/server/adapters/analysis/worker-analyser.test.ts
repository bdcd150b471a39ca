import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import { clickFiles } from "#test/support/clicks.ts";
import { AnalyserClosedError } from "#server/ports/analyser.ts";
import { workerAnalyser, type AnalyserOptions } from "./worker-analyser.ts";

/** Does what the path says: dies, hangs, fills its memory, or answers. */
const misbehaving = `
import { parentPort } from "node:worker_threads";
parentPort.on("message", ({ path }) => {
  if (path === "dies") process.exit(1);
  if (path === "throws") throw new Error("boom");
  if (path === "hangs") for (;;);
  if (path === "eats") { const all = []; for (;;) all.push(new Array(1e5).fill(0).map(String)); }
  parentPort.postMessage({ unusable: "it is " + path });
});`;

let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "upbeat-analyse-"));
  await writeFile(join(folder, "worker.mjs"), misbehaving);
  for (const [name, bytes] of await clickFiles()) await writeFile(join(folder, name), bytes);
  await writeFile(join(folder, "empty.mp3"), "");
  await writeFile(join(folder, "page.flac"), "<html>not here</html>".repeat(1000));
});
after(() => rm(folder, { recursive: true, force: true }));

describe("a thread that misbehaves takes only its own file with it", () => {
  const reasonsOf = async (paths: readonly string[], options: AnalyserOptions): Promise<string[]> => {
    const workerUrl = pathToFileURL(join(folder, "worker.mjs"));
    const analyser = workerAnalyser({ lanes: 1, workerUrl, ...options });
    const reasons = await Promise.all(
      paths.map((path) => analyser.analyse(path).then(String, (error: Error) => error.message)),
    );
    await analyser.close();
    return reasons;
  };

  test("dying and throwing", async () => {
    assert.deepEqual(await reasonsOf(["dies", "fine", "throws", "fine"], {}), [
      "it broke the analysis",
      "it is fine",
      "it broke the analysis",
      "it is fine",
    ]);
  });

  test("hanging", async () => {
    assert.deepEqual(await reasonsOf(["hangs"], { silentMs: 300 }), ["its analysis hangs"]);
  });

  test("eating memory", async () => {
    assert.deepEqual(await reasonsOf(["eats", "fine"], { heapMb: 16 }), [
      "it needs too much memory to analyse",
      "it is fine",
    ]);
  });

  test("closing rejects what waits", async () => {
    const analyser = workerAnalyser({ lanes: 1, workerUrl: pathToFileURL(join(folder, "worker.mjs")) });
    const waiting = [analyser.analyse("hangs"), analyser.analyse("fine")];
    const settled = Promise.allSettled(waiting);
    await analyser.close();
    for (const result of await settled) {
      assert.ok(result.status === "rejected" && result.reason instanceof AnalyserClosedError);
    }
    await assert.rejects(analyser.analyse("fine"), AnalyserClosedError);
  });
});

test("analyses real files and refuses what is none", async () => {
  const analyser = workerAnalyser({ lanes: 1 });
  const flac = await analyser.analyse(join(folder, "clicks.flac"));
  assert.equal(flac.profile.durationS, 3);
  assert.match(flac.sound.audioHash, /^[0-9a-f]{64}$/);
  assert.deepEqual([flac.tags.title, flac.tags.artist, flac.cover], ["clicks", "Unknown artist", null]);
  await assert.rejects(analyser.analyse(join(folder, "empty.mp3")), { message: "it is empty" });
  await assert.rejects(analyser.analyse(join(folder, "page.flac")), {
    message: "it is not an audio file we can read",
  });
  await assert.rejects(analyser.analyse(join(folder, "nothing.mp3")), { message: "it is not there" });
  await analyser.close();
});
