/** `serve` with an embeddings endpoint on the same machine: filled once, used by searches, and no harm when it fails. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { catalogue } from "#domain/catalogue/index.ts";
import { textOf } from "#server/use-cases/class-meaning.ts";
import { embeddingsServer, rightly } from "#test/support/embeddings-server.ts";
import {
  runUpbeat,
  serveArgs,
  startServerProcess,
  type ServerProcess,
} from "#test/support/server-process.ts";

const folder = mkdtempSync(join(tmpdir(), "upbeat-meaning-"));
const key = "canary-key-of-the-endpoint";
const texts = new Set(catalogue().map(textOf));
const model = await embeddingsServer();
after(async () => {
  await model.close();
  rmSync(folder, { recursive: true, force: true });
});
writeFileSync(join(folder, "key"), `${key}\n`);
const args = [
  ...serveArgs(folder),
  "--embeddings-url",
  model.url,
  "--embeddings-model",
  "words",
  "--embeddings-key-file",
  join(folder, "key"),
];

async function search(server: ServerProcess, sentence: string): Promise<number> {
  const answer = await server.fetch(`/v1/classes?query=${encodeURIComponent(sentence)}`);
  assert.equal(answer.status, 200);
  return ((await answer.json()) as { items: unknown[] }).items.length;
}
const wasSent = (sentence: string) => model.asked.some(({ input }) => input.includes(sentence));

/** Searches until the server has all vectors and compares the sentence. */
async function searchUntilSent(server: ServerProcess, sentence: string): Promise<void> {
  while (!wasSent(sentence)) await search(server, sentence);
}

test("a class search compares meanings by the configured endpoint", { timeout: 180_000 }, async () => {
  const filled = Promise.withResolvers<void>();
  model.answerWith((asked, response) => {
    rightly(asked, response);
    if (model.asked.flatMap(({ input }) => input).length >= texts.size) filled.resolve();
  });
  const server = await startServerProcess(folder, args);
  await filled.promise;
  await searchUntilSent(server, "canary sentence of the search");
  const sent = model.asked.flatMap(({ input }) => input);
  assert.deepEqual(new Set(sent), new Set([...texts, "canary sentence of the search"]));
  assert.equal(sent.length, texts.size + 1, "each once");
  assert.ok(model.asked.every(({ headers }) => headers.authorization === `Bearer ${key}`));

  model.answerWith((_, response) => response.writeHead(500).end());
  assert.ok((await search(server, "another easy ride")) > 0);
  assert.ok((await search(server, "yet another easy ride")) > 0);
  assert.equal(await server.stop("SIGTERM"), 0);
  assert.equal(server.log().match(/The embeddings endpoint answered 500\./g)?.length, 1, server.log());
  assert.doesNotMatch(server.log(), /canary|another/);
});

test("after a restart nothing of the catalogue is sent again", { timeout: 180_000 }, async () => {
  model.answerWith(rightly);
  model.asked.length = 0;
  const server = await startServerProcess(folder, args);
  await searchUntilSent(server, "easy ride");
  assert.deepEqual(
    model.asked.map(({ input }) => input),
    [["easy ride"]],
  );
  assert.equal(await server.stop("SIGTERM"), 0);
});

test("half an endpoint is refused before anything starts", async () => {
  const { code, stderr } = await runUpbeat([...serveArgs(folder), "--embeddings-url", model.url]);
  assert.equal(code, 1);
  assert.match(stderr, /needs a model/);
});
