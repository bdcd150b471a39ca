/** A model that makes texts directions: the nearer two are, the nearer what they mean. */
export interface Embedder {
  /** Names what made the vectors: those of two models do not compare. */
  readonly model: string;
  /**
   * A vector of unit length for each text, all of one length. Rejects with `EmbeddingError` when it cannot, also as soon as `signal`
   * is aborted.
   */
  embed(texts: readonly string[], signal: AbortSignal): Promise<readonly Float32Array[]>;
}

/** No vectors; `message` is one clear line without any of the texts. */
export class EmbeddingError extends Error {
  override name = "EmbeddingError";
}

export interface KeptEmbedding {
  readonly text: string;
  readonly vector: Float32Array;
}

/** What models made of the catalogue's texts, so that none is sent twice. Nothing of a person is among them. */
export interface EmbeddingStore {
  /** In no order. */
  embeddingsOf(model: string): Promise<readonly KeptEmbedding[]>;
  /** Insert or replace. */
  putEmbeddings(model: string, embeddings: readonly KeptEmbedding[]): Promise<void>;
  /** Forgets all but those of this model for these texts. */
  keepEmbeddings(model: string, texts: readonly string[]): Promise<void>;
}
