import type { ClassPlan } from "../class-plan.ts";
import { conceptsOf, featuresOf, feelFit, type Features } from "./features.ts";
import type { Concept, Constraint, Query } from "./query.ts";
import { correction, stem, tokenize } from "./tokens.ts";

export interface SearchResult {
  readonly plan: ClassPlan;
  /** 0..1, only comparable within one search. */
  readonly score: number;
  /** Plain sentences: what it fulfils and why it stands here. */
  readonly why: readonly string[];
}

export interface ClassIndex {
  readonly size: number;
  search(query: Query, options: { readonly limit: number }): SearchResult[];
}

/** A class prepared for search. */
interface Entry {
  readonly plan: ClassPlan;
  readonly features: Features;
  readonly concepts: ReadonlySet<Concept>;
  /** Stem -> weighted count. */
  readonly terms: ReadonlyMap<string, number>;
  readonly length: number;
  /** 0..1: nearer to a usual length and an everyday effort first, where the query leaves it open. */
  readonly everyday: number;
}

interface Scored {
  readonly index: number;
  readonly score: number;
}

interface Posting {
  readonly entry: number;
  readonly count: number;
}

/** BM25's usual constants (Robertson & Zaragoza 2009). */
const saturation = 1.2;
const lengthWeight = 0.75;
/** Reciprocal rank fusion's usual constant (Cormack, Clarke & Buettcher 2009). */
const fusionConstant = 60;
const titleWeight = 3;
const familyWeight = 2;

function termsOf(plan: ClassPlan, concepts: ReadonlySet<Concept>): Map<string, number> {
  const terms = new Map<string, number>();
  const add = (text: string, weight: number): void => {
    for (const { text: word } of tokenize(text)) {
      const term = stem(word);
      terms.set(term, (terms.get(term) ?? 0) + weight);
    }
  };
  add(plan.title, titleWeight);
  add(`${plan.family.replaceAll("-", " ")} ${plan.family}`, familyWeight);
  add(plan.description, 1);
  add([...concepts].join(" "), 1);
  add([plan.intensity, plan.level, plan.sport, ...plan.equipment].join(" "), 1);
  const labels = new Set(plan.blocks.map((block) => block.label.replace(/\s\d+ of \d+$/, "")));
  add([...labels].join(" "), 1);
  return terms;
}

/** Most people have half an hour to three quarters. */
const usualMinutes = 37;
const plainEffort: Readonly<Record<string, number>> = { easy: 0.9, moderate: 1, hard: 0.9, "very hard": 0.7 };

function everydayOf(plan: ClassPlan): number {
  const octavesAway = Math.abs(Math.log2(plan.durationS / 60 / usualMinutes));
  return Math.max(0, 1 - octavesAway / 2) * (plainEffort[plan.intensity] ?? 1);
}

/** Preparing a class costs more than searching it: kept for as long as the class itself lives. */
const prepared = new WeakMap<ClassPlan, Entry>();

function entryOf(plan: ClassPlan): Entry {
  const known = prepared.get(plan);
  if (known !== undefined) return known;
  const concepts = conceptsOf(plan);
  const terms = termsOf(plan, concepts);
  const length = [...terms.values()].reduce((sum, count) => sum + count, 0);
  const entry = { plan, concepts, terms, length, features: featuresOf(plan), everyday: everydayOf(plan) };
  prepared.set(plan, entry);
  return entry;
}

/** Durations are compared to the second; classes are whole minutes. */
const roundingS = 0.5;

function fulfils({ plan, concepts }: Entry, constraint: Constraint): boolean {
  switch (constraint.kind) {
    case "duration":
      return plan.durationS >= constraint.minS - roundingS && plan.durationS <= constraint.maxS + roundingS;
    case "sport":
      return constraint.sports.includes(plan.sport);
    case "intensity":
      return constraint.intensities.includes(plan.intensity);
    case "level":
      return constraint.levels.includes(plan.level);
    case "equipment":
      return plan.equipment.includes(constraint.equipment);
    case "no-equipment":
      return plan.equipment.length === 0;
    case "without-equipment":
      return !plan.equipment.includes(constraint.equipment);
    case "low-impact":
      return plan.lowImpact;
    case "without":
      return !concepts.has(constraint.concept);
  }
}

function whyOf(query: Query, entry: Entry, matched: readonly string[], feelShare: number): string[] {
  const { plan } = entry;
  const why = query.constraints.map((constraint): string => {
    switch (constraint.kind) {
      case "duration":
        return `${plan.durationS / 60} min, as long as you asked.`;
      case "sport":
        return `It is ${plan.sport}.`;
      case "intensity":
        return `The work is ${plan.intensity}.`;
      case "level":
        return `Made for ${plan.level} level.`;
      case "equipment":
        return `Uses your ${constraint.equipment}.`;
      case "no-equipment":
        return "Needs no equipment.";
      case "without-equipment":
        return `Needs no ${constraint.equipment}.`;
      case "low-impact":
        return "Low impact.";
      case "without":
        return `No ${constraint.concept} in it.`;
    }
  });
  if (matched.length > 0) why.push(`Its text speaks of ${matched.map((word) => `"${word}"`).join(", ")}.`);
  const feel = query.chips.filter((chip) => chip.kind === "feel").map((chip) => chip.label);
  if (feel.length > 0 && feelShare > 0.4) why.push(`Fits "${feel.join(", ")}".`);
  return why;
}

/** Ranks from 1, equal values sharing theirs. */
function ranksOf(values: Float64Array, order: readonly number[]): Map<number, number> {
  const sorted = order.toSorted((one, other) => (values[other] ?? 0) - (values[one] ?? 0));
  const ranks = new Map<number, number>();
  let rank = 0;
  let last = Number.NaN;
  for (const [position, index] of sorted.entries()) {
    const value = values[index] ?? 0;
    if (value !== last) rank = position + 1;
    last = value;
    ranks.set(index, rank);
  }
  return ranks;
}

class InvertedIndex implements ClassIndex {
  readonly #entries: readonly Entry[];
  readonly #postings = new Map<string, Posting[]>();
  readonly #vocabulary: ReadonlySet<string>;
  readonly #meanLength: number;

  constructor(plans: readonly ClassPlan[]) {
    this.#entries = plans.map(entryOf);
    let lengths = 0;
    for (const [index, entry] of this.#entries.entries()) {
      lengths += entry.length;
      for (const [term, count] of entry.terms) {
        const list = this.#postings.get(term);
        if (list === undefined) this.#postings.set(term, [{ entry: index, count }]);
        else list.push({ entry: index, count });
      }
    }
    this.#meanLength = lengths / Math.max(1, plans.length);
    this.#vocabulary = new Set(this.#postings.keys());
  }

  get size(): number {
    return this.#entries.length;
  }

  search(query: Query, { limit }: { readonly limit: number }): SearchResult[] {
    const candidates: number[] = [];
    for (const [index, entry] of this.#entries.entries())
      if (query.constraints.every((constraint) => fulfils(entry, constraint))) candidates.push(index);
    const terms = query.words.map((word) => this.#term(word)).filter((term) => term !== null);
    const text = this.#textScores(terms);
    const hasFeel = Object.keys(query.feel).length > 0;
    const feel = Float64Array.from(this.#entries, (entry) =>
      hasFeel ? feelFit(entry.features, query.feel) : 0,
    );
    const scores = this.#fuse(candidates, text, feel, hasFeel, query);
    const best = this.#diverse(candidates, scores, limit);
    const top = best[0]?.score ?? 1;
    return best.flatMap(({ index, score: fused }) => {
      const entry = this.#entries[index];
      if (entry === undefined) return [];
      const matched = query.words.filter((word) => entry.terms.has(this.#term(word) ?? ""));
      const score = top > 0 ? Math.round((fused / top) * 1000) / 1000 : 0;
      return [{ plan: entry.plan, score, why: whyOf(query, entry, matched, feel[index] ?? 0) }];
    });
  }

  /** The indexed form of a word, corrected when it is unknown; null when nothing is near. */
  #term(word: string): string | null {
    const term = stem(word);
    return this.#vocabulary.has(term) ? term : correction(term, this.#vocabulary);
  }

  #textScores(terms: readonly string[]): Float64Array {
    const scores = new Float64Array(this.#entries.length);
    for (const term of terms) {
      const postings = this.#postings.get(term) ?? [];
      const rarity = Math.log(1 + (this.size - postings.length + 0.5) / (postings.length + 0.5));
      for (const { entry, count } of postings) {
        const length = this.#entries[entry]?.length ?? 0;
        const norm = saturation * (1 - lengthWeight + (lengthWeight * length) / this.#meanLength);
        scores[entry] = (scores[entry] ?? 0) + (rarity * count * (saturation + 1)) / (count + norm);
      }
    }
    return scores;
  }

  /** Reciprocal rank fusion of text and feel; nearness to the wished length and everyday sense decide between equals. */
  #fuse(
    candidates: readonly number[],
    text: Float64Array,
    feel: Float64Array,
    hasFeel: boolean,
    query: Query,
  ): Map<number, number> {
    const textRanks = query.words.length > 0 ? ranksOf(text, candidates) : null;
    const feelRanks = hasFeel ? ranksOf(feel, candidates) : null;
    const duration = query.constraints.find((constraint) => constraint.kind === "duration");
    return new Map(
      candidates.map((index) => {
        const entry = this.#entries[index];
        const byText =
          textRanks === null || text[index] === 0 ? 0 : 1 / (fusionConstant + (textRanks.get(index) ?? 0));
        const byFeel = feelRanks === null ? 0 : 1 / (fusionConstant + (feelRanks.get(index) ?? 0));
        const context = entry === undefined ? 0 : nearness(entry, duration) / (4 * fusionConstant);
        return [index, byText + byFeel + context];
      }),
    );
  }

  /** The best `limit`, each family giving way a little after every class it has placed. */
  #diverse(candidates: readonly number[], scores: ReadonlyMap<number, number>, limit: number): Scored[] {
    const sorted = candidates
      .map((index): Scored => ({ index, score: scores.get(index) ?? 0 }))
      .sort((one, other) => other.score - one.score);
    const pool = sorted.splice(0, diversityPool);
    const placed = new Map<string, number>();
    const chosen: Scored[] = [];
    while (chosen.length < limit && pool.length > 0) {
      let bestAt = 0;
      let bestScore = -1;
      for (const [at, { index, score }] of pool.entries()) {
        const damped = score * repeatedFamilyShare ** (placed.get(this.#familyOf(index)) ?? 0);
        if (damped <= bestScore) continue;
        bestAt = at;
        bestScore = damped;
      }
      const [next] = pool.splice(bestAt, 1);
      if (next === undefined) break;
      const family = this.#familyOf(next.index);
      placed.set(family, (placed.get(family) ?? 0) + 1);
      chosen.push({ index: next.index, score: bestScore });
    }
    const floor = chosen.at(-1)?.score ?? 0;
    const tail = sorted.slice(0, limit - chosen.length);
    return [...chosen, ...tail.map(({ index, score }) => ({ index, score: Math.min(score, floor) }))];
  }

  #familyOf(index: number): string {
    const plan = this.#entries[index]?.plan;
    return `${plan?.sport} ${plan?.family}`;
  }
}

/** Only the top of the list is varied; below it order is by score alone. */
const diversityPool = 100;
const repeatedFamilyShare = 0.985;

type DurationWish = Extract<Constraint, { kind: "duration" }>;

/** 1 for the middle of a stated duration (or everyday sense where none is stated), falling to 0. */
function nearness(entry: Entry, duration: DurationWish | undefined): number {
  if (duration === undefined || duration.minS === 0 || duration.maxS / duration.minS > 1.5)
    return entry.everyday;
  const middleS = (duration.minS + duration.maxS) / 2;
  const reachS = Math.max(60, (duration.maxS - duration.minS) / 2);
  return 0.5 + 0.5 * (1 - Math.min(1, Math.abs(entry.plan.durationS - middleS) / reachS));
}

/** Builds the index of these classes: do it once and keep it. */
export function createClassIndex(plans: readonly ClassPlan[]): ClassIndex {
  return new InvertedIndex(plans);
}

const indexes = new WeakMap<readonly ClassPlan[], ClassIndex>();

/** Searches a list of classes; the index of the same list is built once and kept. */
export function searchClasses(
  plans: readonly ClassPlan[],
  query: Query,
  options: { readonly limit: number },
): SearchResult[] {
  let index = indexes.get(plans);
  if (index === undefined) {
    index = createClassIndex(plans);
    indexes.set(plans, index);
  }
  return index.search(query, options);
}
