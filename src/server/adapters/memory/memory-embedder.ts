import { hashText } from "#domain/seeded-random.ts";
import { EmbeddingError, type Embedder } from "#server/ports/embedder.ts";

const dims = 96;

/** The numbers for a text: each of its words counts in one of them, so that texts with the same words are near. */
export function countsOfWords(text: string): number[] {
  const counts = Array.from({ length: dims }, (_, at) => (at === 0 ? 0.01 : 0));
  for (const word of text.toLowerCase().match(/\p{L}+|\d+/gu) ?? []) counts[hashText(word) % dims]! += 1;
  return counts;
}

/** The embedder's twin in memory: hashed words instead of a model. */
export function memoryEmbedder(model = "words"): Embedder {
  return {
    model,
    async embed(texts, signal) {
      if (signal.aborted) throw new EmbeddingError("The embeddings were not wanted any more.");
      return texts.map((text) => {
        const counts = countsOfWords(text);
        const length = Math.hypot(...counts);
        return Float32Array.from(counts, (count) => count / length);
      });
    },
  };
}
