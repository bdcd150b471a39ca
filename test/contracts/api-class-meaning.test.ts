/** The class search with an embeddings endpoint: who is compared, what is sent, and that the rest stays as it is. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { catalogue, classById } from "#domain/catalogue/index.ts";
import { memoryEmbedder } from "#server/adapters/memory/memory-embedder.ts";
import { memoryEmbeddings } from "#server/adapters/memory/memory-embeddings.ts";
import { createClassMeaning, textOf } from "#server/use-cases/class-meaning.ts";
import { createTestApp, type TestApp } from "#test/support/test-app.ts";

const sent: string[] = [];
const embedder = memoryEmbedder();
const meaning = createClassMeaning({
  embedder: {
    model: embedder.model,
    embed(texts, signal) {
      sent.push(...texts);
      return embedder.embed(texts, signal);
    },
  },
  store: memoryEmbeddings(),
  catalogue,
  clock: { nowMs: () => 0 },
  onFailure: ({ message }) => assert.fail(message),
});
let server: TestApp;
let plain: TestApp;
before(async () => {
  await meaning.fill();
  server = await createTestApp({ meaning });
  plain = await createTestApp();
});
after(async () => {
  await server.close();
  await plain.close();
});

type Page = { items: { id: string; why: string[] }[] };
const url = (query: string) => `/v1/classes?limit=100&query=${encodeURIComponent(query)}`;
const ids = ({ items }: Page) => items.map(({ id }) => id);

test("a person's sentence is compared with the classes, and with nothing else sent", async () => {
  sent.length = 0;
  const text = "rowing 20 min, quiet strokes to think by";
  const page = (await server.ask({ url: url(text) })).json() as Page;
  const without = (await plain.ask({ url: url(text) })).json() as Page;
  assert.deepEqual(sent, [text]);
  assert.notDeepEqual(ids(page), ids(without));
  assert.deepEqual(ids(page).toSorted(), ids(without).toSorted());
  assert.ok(page.items.some(({ why }) => why.includes("Near to your words in meaning.")));
});

test("a visitor's sentence goes nowhere", async () => {
  sent.length = 0;
  const answer = await server.visit({ url: url("rowing 20 min, quiet strokes to look at") });
  assert.equal(answer.statusCode, 200);
  assert.deepEqual(sent, []);
});

test("a class of one's own is found as before, and its text goes nowhere", async () => {
  const original = classById("cycling-norwegian-4x4-40");
  const own = { ...original, id: "own-vergissmeinnicht", title: "Vergissmeinnicht" };
  const saved = await server.ask({ method: "PUT", url: "/v1/classes/own-vergissmeinnicht", payload: own });
  assert.ok(saved.statusCode < 300, saved.body);
  const page = (await server.ask({ url: url("vergissmeinnicht please") })).json() as Page;
  assert.equal(page.items[0]?.id, "own-vergissmeinnicht");
  const known = new Set([...catalogue().map(textOf), "vergissmeinnicht please"]);
  assert.deepEqual(
    sent.filter((text) => !known.has(text)),
    [],
  );
});
