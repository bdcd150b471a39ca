/** What every adapter of the store does with the vectors that models made of texts. */
import assert from "node:assert/strict";
import { describe } from "node:test";
import { everyStore } from "#test/support/every-store.ts";

for (const { name, use } of everyStore()) {
  describe(`the ${name} store`, () => {
    use("keeps vectors by model and text, to the last bit, until told to forget", async ({ embeddings }) => {
      const vector = Float32Array.of(1e-45, -0, 0.1, 3.4e38);
      const one = { text: "one", vector };
      assert.deepEqual(await embeddings.embeddingsOf("a"), []);
      await embeddings.putEmbeddings("a", [one, { text: "two\n'", vector: vector.slice(1) }]);
      await embeddings.putEmbeddings("a", [{ text: "two\n'", vector: Float32Array.of(2) }]);
      await embeddings.putEmbeddings("b", [one]);
      await embeddings.putEmbeddings("b", []);
      const inOrder = async (model: string) =>
        [...(await embeddings.embeddingsOf(model))].sort((x, y) => (x.text < y.text ? -1 : 1));
      assert.deepEqual(await inOrder("a"), [one, { text: "two\n'", vector: Float32Array.of(2) }]);
      assert.deepEqual(await inOrder("b"), [one]);
      await embeddings.keepEmbeddings("a", ["two\n'", "three"]);
      assert.deepEqual(await inOrder("a"), [{ text: "two\n'", vector: Float32Array.of(2) }]);
      assert.deepEqual(await inOrder("b"), []);
      await embeddings.keepEmbeddings("a", []);
      assert.deepEqual(await inOrder("a"), []);
    });
  });
}
