import type { EmbeddingStore } from "#server/ports/embedder.ts";

export function memoryEmbeddings(): EmbeddingStore {
  const models = new Map<string, Map<string, Float32Array>>();
  return {
    embeddingsOf: async (model) =>
      [...(models.get(model) ?? [])].map(([text, vector]) => ({ text, vector: vector.slice() })),
    async putEmbeddings(model, embeddings) {
      const kept = models.get(model) ?? new Map<string, Float32Array>();
      models.set(model, kept);
      for (const { text, vector } of embeddings) kept.set(text, vector.slice());
    },
    async keepEmbeddings(model, texts) {
      const kept = models.get(model);
      models.clear();
      const wanted = new Set(texts);
      if (kept !== undefined) models.set(model, new Map([...kept].filter(([text]) => wanted.has(text))));
    },
  };
}
