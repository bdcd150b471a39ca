import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { ComposerClosedError } from "#server/ports/demo-composer.ts";
import { workerComposer } from "./worker-composer.ts";

test("a track that does not exist is refused by name, and the thread goes on", async (context) => {
  const folder = await mkdtemp(join(tmpdir(), "upbeat-composer-"));
  const composer = workerComposer(folder, 1);
  context.after(async () => {
    await composer.close();
    await rm(folder, { recursive: true });
  });
  const refused = [composer.compose("demo-nowhere"), composer.compose("demo-neither")];
  await assert.rejects(refused[0] ?? Promise.resolve(), /There is no demo track demo-nowhere/);
  await assert.rejects(refused[1] ?? Promise.resolve(), /There is no demo track demo-neither/);
  assert.equal(await composer.sizeOf("demo-nowhere"), null);
  await writeFile(composer.pathOf("demo-nowhere"), "12345");
  assert.equal(await composer.sizeOf("demo-nowhere"), 5);
});

test("closing ends what is at work and what waits", async () => {
  const composer = workerComposer(join(tmpdir(), "upbeat-composer-closed"), 1);
  const pending = ["demo-slow-harbour", "demo-kite-weather"].map((trackId) => composer.compose(trackId));
  const ends = pending.map((one) => assert.rejects(one, ComposerClosedError));
  await composer.close();
  await Promise.all(ends);
  await assert.rejects(composer.compose("demo-kite-weather"), ComposerClosedError);
});
