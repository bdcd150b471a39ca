import type { ClassPlan } from "../class-plan.ts";
import { entryOf, fulfils, type ClassEntry } from "./class-entry.ts";
import { feelFit } from "./features.ts";
import type { Constraint, Query } from "./query.ts";
import { TextIndex } from "./text-index.ts";
import { whyOf } from "./why.ts";

export interface SearchResult {
  readonly plan: ClassPlan;
  /** 0..1, only comparable within one search. */
  readonly score: number;
  /** Plain sentences: what it fulfils and why it stands here. */
  readonly why: readonly string[];
}

/** How near a class's text is to the sentence in meaning, where a model has told: the greater the nearer. */
export type Nearness = (plan: ClassPlan) => number | null;

export interface SearchOptions {
  readonly limit: number;
  readonly nearness?: Nearness | null;
}

export interface ClassIndex {
  readonly size: number;
  search(query: Query, options: SearchOptions): SearchResult[];
}

interface Scored {
  readonly index: number;
  readonly score: number;
}

/** Reciprocal rank fusion's usual constant (Cormack, Clarke & Buettcher 2009). */
const fusionConstant = 60;
/** What a first place in feel, and full marks for everyday sense, count against a first place in text. */
const feelShare = 0.5;
const meaningShare = 0.5;
/** So many of the nearest in meaning are said to be near. */
const saidNear = 10;
const contextShare = 0.03;

/** Tells the rank (from 1, equal values sharing theirs) of a value among those of the candidates. */
function ranker(values: Float64Array, candidates: Uint32Array): (value: number) => number {
  const sorted = Float64Array.from(candidates, (index) => values[index] ?? 0).sort();
  return (value) => {
    let low = 0;
    let high = sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sorted[middle] ?? 0) <= value) low = middle + 1;
      else high = middle;
    }
    return sorted.length - low + 1;
  };
}

/** The `count` best of the candidates, best first; equal scores in catalogue order. */
function best(candidates: Uint32Array, scores: Float64Array, count: number): Scored[] {
  const sorted = scores.toSorted();
  const least = sorted[Math.max(0, sorted.length - count)] ?? 0;
  const kept: Scored[] = [];
  for (const [at, index] of candidates.entries()) {
    const score = scores[at] ?? 0;
    if (score >= least) kept.push({ index, score });
  }
  return kept.sort((one, other) => other.score - one.score || one.index - other.index).slice(0, count);
}

class InvertedIndex implements ClassIndex {
  readonly #entries: readonly ClassEntry[];
  readonly #text: TextIndex;

  constructor(plans: readonly ClassPlan[]) {
    this.#entries = plans.map(entryOf);
    this.#text = new TextIndex(this.#entries.map(({ terms }) => terms));
  }

  get size(): number {
    return this.#entries.length;
  }

  search(query: Query, { limit, nearness = null }: SearchOptions): SearchResult[] {
    const candidates = this.#candidates(query.constraints);
    const terms = query.words.map((word) => this.#text.term(word)).filter((term) => term !== null);
    const nearRank = nearness === null ? null : this.#nearRanks(candidates, nearness);
    const scores = this.#scores(candidates, terms, query, nearRank);
    const found = this.#diverse(best(candidates, scores, Math.max(limit, diversityPool)), limit);
    const top = found[0]?.score ?? 0;
    return found.flatMap(({ index, score: fused }) => {
      const entry = this.#entries[index];
      if (entry === undefined) return [];
      const matched = query.words.filter((word) => entry.terms.has(this.#text.term(word) ?? ""));
      const score = top > 0 ? Math.round((fused / top) * 1000) / 1000 : 0;
      const why = whyOf(query, entry, matched, feelFit(entry.features, query.feel));
      if (nearRank !== null && nearRank(index) <= saidNear) why.push("Near to your words in meaning.");
      return [{ plan: entry.plan, score, why }];
    });
  }

  #candidates(constraints: readonly Constraint[]): Uint32Array {
    const candidates = new Uint32Array(this.#entries.length);
    let count = 0;
    for (const [index, entry] of this.#entries.entries())
      if (constraints.every((constraint) => fulfils(entry, constraint))) candidates[count++] = index;
    return candidates.subarray(0, count);
  }

  /** Each candidate's rank by meaning. Those of which nothing is known, as classes of one's own, stand in the middle. */
  #nearRanks(candidates: Uint32Array, nearness: Nearness): (index: number) => number {
    const near = new Float64Array(this.#entries.length).fill(-Infinity);
    for (const index of candidates) near[index] = nearness(this.#entries[index]!.plan) ?? -Infinity;
    const rank = ranker(near, candidates);
    return (index) => (near[index] === -Infinity ? (candidates.length + 1) / 2 : rank(near[index]!));
  }

  /** Reciprocal rank fusion of text, feel and meaning, and a little context (nearness to the wished length, everyday sense), per candidate. */
  #scores(
    candidates: Uint32Array,
    terms: readonly string[],
    query: Query,
    nearRank: ((index: number) => number) | null,
  ): Float64Array {
    const text = this.#text.scores(terms);
    const textRank = terms.length > 0 ? ranker(text, candidates) : null;
    const hasFeel = Object.keys(query.feel).length > 0;
    const feel = new Float64Array(this.#entries.length);
    if (hasFeel) for (const index of candidates) feel[index] = this.#feelFit(index, query);
    const feelRank = hasFeel ? ranker(feel, candidates) : null;
    const duration = query.constraints.find((constraint) => constraint.kind === "duration");
    return Float64Array.from(candidates, (index) => {
      const entry = this.#entries[index];
      const textScore = text[index] ?? 0;
      const byText = textRank === null || textScore === 0 ? 0 : 1 / (fusionConstant + textRank(textScore));
      const byFeel = feelRank === null ? 0 : feelShare / (fusionConstant + feelRank(feel[index] ?? 0));
      const byMeaning = nearRank === null ? 0 : meaningShare / (fusionConstant + nearRank(index));
      const context = entry === undefined ? 0 : (contextShare * nearness(entry, duration)) / fusionConstant;
      return byText + byFeel + byMeaning + context;
    });
  }

  #feelFit(index: number, query: Query): number {
    const entry = this.#entries[index];
    return entry === undefined ? 0 : feelFit(entry.features, query.feel);
  }

  /** The best `limit`, each family giving way a little after every class it has placed. */
  #diverse(sorted: readonly Scored[], limit: number): Scored[] {
    const pool = sorted.slice(0, diversityPool);
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
    const tail = sorted.slice(diversityPool, diversityPool + limit - chosen.length);
    return [...chosen, ...tail.map(({ index, score }) => ({ index, score: Math.min(score, floor) }))];
  }

  #familyOf(index: number): string {
    return this.#entries[index]?.family ?? "";
  }
}

/** Only the top of the list is varied; below it order is by score alone. */
const diversityPool = 100;
const repeatedFamilyShare = 0.985;

type DurationWish = Extract<Constraint, { kind: "duration" }>;

/** 1 for the middle of a stated duration (or everyday sense where none is stated), falling to 0. */
function nearness(entry: ClassEntry, duration: DurationWish | undefined): number {
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

let latest: { readonly plans: readonly ClassPlan[]; readonly index: ClassIndex } | null = null;

/** Searches a list of classes. The index is kept for as long as the same classes are asked for, in whatever array they come. */
export function searchClasses(
  plans: readonly ClassPlan[],
  query: Query,
  options: SearchOptions,
): SearchResult[] {
  const known = latest;
  const same = known?.plans.length === plans.length && plans.every((plan, at) => plan === known.plans[at]);
  if (known !== null && same) return known.index.search(query, options);
  latest = { plans, index: createClassIndex(plans) };
  return latest.index.search(query, options);
}
