import type { ClassPlan } from "#domain/class-plan.ts";
import type { Nearness } from "#domain/search/rank.ts";
import { EmbeddingError, type Embedder, type EmbeddingStore } from "#server/ports/embedder.ts";
import type { Clock } from "#server/ports/environment.ts";

/** A search waits this long for its sentence's vector at most, then goes on without. */
export const queryWithinMs = 400;
/** After a sentence without a vector none is asked for this long: one search waits in vain, not each. */
const restMs = 30_000;
/** Texts sent at once, and how long a model on a small machine may take for them. */
const batchTexts = 32;
const batchWithinMs = 120_000;
/** Sentences whose vectors are remembered; 3 kB each with most models. */
const mostSentences = 500;

/** Sentences and the catalogue's classes compared by what they mean, as a model has it. */
export interface ClassMeaning {
  /**
   * Asks for the vectors of the catalogue's texts that are not kept yet, batch by batch, each kept before the next is asked for.
   * Never rejects: where it fails it says so, and the next call goes on from there.
   */
  fill(): Promise<void>;
  /** How near each class is to a sentence; null while vectors are missing, or when the sentence's does not come in time. */
  nearnessTo(sentence: string): Promise<Nearness | null>;
  /** Ends what is under way. */
  close(): Promise<void>;
}

export interface MeaningParts {
  readonly embedder: Embedder;
  readonly store: EmbeddingStore;
  readonly catalogue: () => readonly ClassPlan[];
  readonly clock: Clock;
  /** Told once for each time that it begins to fail. */
  readonly onFailure: (error: EmbeddingError) => void;
}

/** What is sent of a class. */
export function textOf({
  title,
  description,
  sport,
  durationS,
  intensity,
  level,
  equipment,
}: ClassPlan): string {
  const kit = equipment.length === 0 ? "no equipment" : equipment.join(", ");
  return `${title}. ${description} ${sport}, ${Math.round(durationS / 60)} minutes, ${intensity}, ${level}, ${kit}.`;
}

function innerProduct(one: Float32Array, other: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < one.length; i++) sum += one[i]! * other[i]!;
  return sum;
}

class EmbeddedClasses implements ClassMeaning {
  readonly #parts: MeaningParts;
  readonly #closing = new AbortController();
  /** By class; null until the last text has its vector. */
  #vectors: ReadonlyMap<ClassPlan, Float32Array> | null = null;
  #filling: Promise<void> | null = null;
  readonly #sentences = new Map<string, Float32Array>();
  #restUntilMs = -Infinity;
  #hasFailed = false;

  constructor(parts: MeaningParts) {
    this.#parts = parts;
  }

  fill(): Promise<void> {
    if (this.#vectors !== null || this.#closing.signal.aborted) return Promise.resolve();
    this.#filling ??= this.#fill()
      .catch((error: unknown) => this.#tell(error))
      .finally(() => (this.#filling = null));
    return this.#filling;
  }

  async nearnessTo(sentence: string): Promise<Nearness | null> {
    const vectors = this.#vectors;
    const asked = vectors === null ? null : await this.#vectorOf(sentence);
    if (vectors === null || asked === null) return null;
    return (plan) => {
      const vector = vectors.get(plan);
      return vector === undefined ? null : innerProduct(vector, asked);
    };
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#filling;
  }

  async #embed(texts: readonly string[], withinMs: number): Promise<readonly Float32Array[]> {
    const signal = AbortSignal.any([this.#closing.signal, AbortSignal.timeout(withinMs)]);
    const vectors = await this.#parts.embedder.embed(texts, signal);
    this.#hasFailed = false;
    return vectors;
  }

  async #fill(): Promise<void> {
    const { embedder, store, catalogue } = this.#parts;
    const texts = [...new Set(catalogue().map(textOf))];
    const kept = await store.embeddingsOf(embedder.model);
    const vectors = new Map(kept.map(({ text, vector }) => [text, vector]));
    const missing = texts.filter((text) => !vectors.has(text));
    for (let at = 0; at < missing.length; at += batchTexts) {
      const batch = missing.slice(at, at + batchTexts);
      const found = await this.#embed(batch, batchWithinMs);
      const [first] = vectors.values();
      if (first !== undefined && found[0]?.length !== first.length) await this.#beginAnew();
      const embeddings = batch.map((text, i) => ({ text, vector: found[i]! }));
      await store.putEmbeddings(embedder.model, embeddings);
      for (const { text, vector } of embeddings) vectors.set(text, vector);
    }
    await store.keepEmbeddings(embedder.model, texts);
    this.#vectors = new Map(catalogue().map((plan) => [plan, vectors.get(textOf(plan))!]));
  }

  /** Another model stands behind the name: what is kept does not compare with what it answers. */
  async #beginAnew(): Promise<never> {
    this.#vectors = null;
    this.#sentences.clear();
    await this.#parts.store.keepEmbeddings(this.#parts.embedder.model, []);
    throw new EmbeddingError("The embeddings endpoint answers vectors of another length: all are made anew.");
  }

  async #vectorOf(sentence: string): Promise<Float32Array | null> {
    const known = this.#sentences.get(sentence);
    const nowMs = this.#parts.clock.nowMs();
    if (known === undefined && nowMs < this.#restUntilMs) return null;
    try {
      const vector = known ?? (await this.#embed([sentence], queryWithinMs))[0]!;
      const [ofClass] = this.#vectors?.values() ?? [];
      if (vector.length !== ofClass?.length) await this.#beginAnew();
      this.#remember(sentence, vector);
      return vector;
    } catch (error) {
      this.#restUntilMs = nowMs + restMs;
      this.#tell(error);
      return null;
    }
  }

  /** Those not asked for lately go first. */
  #remember(sentence: string, vector: Float32Array): void {
    this.#sentences.delete(sentence);
    this.#sentences.set(sentence, vector);
    const [oldest] = this.#sentences.keys();
    if (this.#sentences.size > mostSentences && oldest !== undefined) this.#sentences.delete(oldest);
  }

  #tell(error: unknown): void {
    if (this.#hasFailed || this.#closing.signal.aborted) return;
    this.#hasFailed = true;
    this.#parts.onFailure(error instanceof Error ? error : new EmbeddingError(String(error)));
  }
}

export function createClassMeaning(parts: MeaningParts): ClassMeaning {
  return new EmbeddedClasses(parts);
}
