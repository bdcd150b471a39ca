import assert from "node:assert/strict";
import { test } from "node:test";
import { catalogue } from "#domain/catalogue/index.ts";
import { memoryEmbedder } from "#server/adapters/memory/memory-embedder.ts";
import { memoryEmbeddings } from "#server/adapters/memory/memory-embeddings.ts";
import { EmbeddingError, type Embedder } from "#server/ports/embedder.ts";
import { createClassMeaning, textOf } from "./class-meaning.ts";

const plans = catalogue().slice(0, 100);

/** The embedder in memory, with a list of what it was asked and a way to break it. */
function watched() {
  const embedder = memoryEmbedder();
  const asked: (readonly string[])[] = [];
  const told: string[] = [];
  const state = { embed: embedder.embed.bind(embedder), nowMs: 0 };
  const store = memoryEmbeddings();
  const open = (model = "words") =>
    createClassMeaning({
      embedder: {
        model,
        embed(texts, signal) {
          asked.push(texts);
          return state.embed(texts, signal);
        },
      },
      store,
      catalogue: () => plans,
      clock: { nowMs: () => state.nowMs },
      onFailure: ({ message }) => told.push(message),
    });
  return { asked, told, state, store, open, right: state.embed };
}
const failing: Embedder["embed"] = async () => {
  throw new EmbeddingError("The embeddings endpoint answered 500.");
};

test("every text of the catalogue is sent once, in batches, and never again", async () => {
  const { asked, open } = watched();
  await open().fill();
  assert.deepEqual(asked.flat().sort(), [...new Set(plans.map(textOf))].sort());
  assert.ok(asked.length > 1 && asked.every(({ length }) => length <= 32));
  const before = asked.length;
  const again = open();
  await again.fill();
  await again.fill();
  assert.equal(asked.length, before);
  await open("another model").fill();
  assert.equal(asked.length, 2 * before, "vectors of another model do not compare");
});

test("what came before a failure is kept, and the rest is asked for the next time", async () => {
  const { asked, told, state, open, right } = watched();
  state.embed = (texts, signal) => (asked.length > 2 ? failing(texts, signal) : right(texts, signal));
  const meaning = open();
  await meaning.fill();
  await meaning.fill();
  assert.deepEqual(told, ["The embeddings endpoint answered 500."], "said once, not at each try");
  assert.equal(await meaning.nearnessTo("easy ride"), null, "not before all are there");
  state.embed = right;
  asked.length = 0;
  await open().fill();
  assert.equal(asked.flat().length, new Set(plans.map(textOf)).size - 2 * 32);
});

test("the class whose words a sentence has is nearest", async () => {
  const { open } = watched();
  const meaning = open();
  await meaning.fill();
  for (const plan of plans.slice(0, 10)) {
    const nearness = await meaning.nearnessTo(textOf(plan));
    assert.ok(nearness);
    assert.ok(Math.abs(nearness(plan)! - 1) < 1e-6);
    assert.ok(plans.every((other) => nearness(other)! <= nearness(plan)! + 1e-6));
    assert.equal(nearness({ ...plan, id: "own-copy" }), null, "of other classes nothing is known");
  }
});

test("a sentence is sent once, and after a failure none for a while", async () => {
  const { asked, told, state, open, right } = watched();
  const meaning = open();
  await meaning.fill();
  asked.length = 0;
  await meaning.nearnessTo("easy ride");
  await meaning.nearnessTo("easy ride");
  assert.deepEqual(asked, [["easy ride"]]);
  state.embed = failing;
  assert.equal(await meaning.nearnessTo("another"), null);
  assert.equal(await meaning.nearnessTo("a third"), null);
  assert.deepEqual(asked.slice(1), [["another"]]);
  assert.ok(await meaning.nearnessTo("easy ride"), "what is known is known");
  state.embed = right;
  state.nowMs += 60_000;
  assert.ok(await meaning.nearnessTo("another"));
  state.embed = failing;
  await meaning.nearnessTo("a fourth");
  assert.equal(told.length, 2, "each time that it begins to fail");
});

test("many sentences do not fill the memory: the least recent is asked for again", async () => {
  const { asked, open } = watched();
  const meaning = open();
  await meaning.fill();
  for (let at = 0; at <= 500; at++) await meaning.nearnessTo(`sentence ${at}`);
  asked.length = 0;
  await meaning.nearnessTo("sentence 500");
  await meaning.nearnessTo("sentence 0");
  assert.deepEqual(asked, [["sentence 0"]]);
});

test("a model silent about a sentence is not waited for beyond the limit", async () => {
  const { told, state, open } = watched();
  const meaning = open();
  await meaning.fill();
  // It answers only when it is not wanted any more.
  state.embed = (_, signal) =>
    new Promise((_resolve, reject) => {
      signal.addEventListener("abort", () => reject(new EmbeddingError("not in time")));
    });
  assert.equal(await meaning.nearnessTo("easy ride"), null);
  assert.deepEqual(told, ["not in time"]);
});

test("another model behind the same name is noticed, and all vectors are made anew", async () => {
  const { asked, told, state, store, open, right } = watched();
  const meaning = open();
  await meaning.fill();
  state.embed = async (texts, signal) => (await right(texts, signal)).map((vector) => vector.slice(0, 50));
  assert.equal(await meaning.nearnessTo("easy ride"), null);
  assert.match(told[0] ?? "", /another length/);
  assert.deepEqual(await store.embeddingsOf("words"), []);
  await meaning.fill();
  state.nowMs += 60_000;
  assert.ok(await meaning.nearnessTo("easy ride"));
  // And where it changes in the middle of the batches.
  state.embed = right;
  asked.length = 0;
  const kept = await store.embeddingsOf("words");
  await store.keepEmbeddings(
    "words",
    kept.slice(0, 5).map(({ text }) => text),
  );
  const other = open();
  await other.fill();
  assert.deepEqual(await store.embeddingsOf("words"), []);
  await other.fill();
  assert.ok(await other.nearnessTo("easy ride"));
});

test("closing ends a batch that is under way, without a word", async () => {
  const { told, state, open } = watched();
  const begun = Promise.withResolvers<void>();
  state.embed = (_, signal) =>
    new Promise((_resolve, reject) => {
      signal.addEventListener("abort", () => reject(new EmbeddingError("not in time")));
      begun.resolve();
    });
  const meaning = open();
  const filling = meaning.fill();
  await begun.promise;
  await meaning.close();
  await filling;
  assert.deepEqual(told, []);
});
