import { correction, stem } from "./tokens.ts";

interface Posting {
  readonly entry: number;
  readonly count: number;
}

/** BM25's usual constants (Robertson & Zaragoza 2009). */
const saturation = 1.2;
const lengthWeight = 0.75;

/** Texts found by their words. Each is given as its stems with their weighted counts. */
export class TextIndex {
  readonly vocabulary: ReadonlySet<string>;
  readonly #postings = new Map<string, Posting[]>();
  readonly #lengths: Float64Array;
  readonly #meanLength: number;

  constructor(texts: readonly ReadonlyMap<string, number>[]) {
    this.#lengths = new Float64Array(texts.length);
    for (const [entry, terms] of texts.entries()) {
      for (const [term, count] of terms) {
        this.#lengths[entry]! += count;
        const list = this.#postings.get(term);
        if (list === undefined) this.#postings.set(term, [{ entry, count }]);
        else list.push({ entry, count });
      }
    }
    this.#meanLength = this.#lengths.reduce((sum, length) => sum + length, 0) / Math.max(1, texts.length);
    this.vocabulary = new Set(this.#postings.keys());
  }

  /** The indexed form of a word, corrected when it is unknown; null when nothing is near. */
  term(word: string): string | null {
    const term = stem(word);
    return this.vocabulary.has(term) ? term : correction(term, this.vocabulary);
  }

  /** BM25 of every text for these terms. */
  scores(terms: readonly string[]): Float64Array {
    const scores = new Float64Array(this.#lengths.length);
    for (const term of terms) {
      const postings = this.#postings.get(term) ?? [];
      const rarity = Math.log(1 + (scores.length - postings.length + 0.5) / (postings.length + 0.5));
      for (const { entry, count } of postings) {
        const norm =
          saturation * (1 - lengthWeight + (lengthWeight * this.#lengths[entry]!) / this.#meanLength);
        scores[entry]! += (rarity * count * (saturation + 1)) / (count + norm);
      }
    }
    return scores;
  }
}
