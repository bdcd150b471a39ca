import type { Sport } from "../class-plan.ts";
import { merged, type Said } from "./combine.ts";
import { durationAt, type FoundDuration } from "./duration.ts";
import {
  contextMarkers,
  kitWords,
  negationCarriers,
  negations,
  pairedNegations,
  stopWords,
} from "./function-words.ts";
import { lexicon, longestPhrase, sportOfPeople, type Meaning } from "./lexicon.ts";
import { affirmed, durationLabel, negated, type Found } from "./meaning.ts";
import { feelNames, type Chip, type Query } from "./query.ts";
import { prepare } from "./prepare.ts";
import type { Token } from "./tokens.ts";

/** Longer sentences are cut: nobody asks for a class in more. */
export const maxQueryLength = 300;

/** Longest phrase of the lexicon that begins at token `at`. */
function phraseAt(
  tokens: readonly Token[],
  at: number,
): { meaning: Meaning; phrase: string; after: number } | null {
  for (let length = Math.min(longestPhrase, tokens.length - at); length > 0; length--) {
    const phrase = tokens
      .slice(at, at + length)
      .map((token) => token.text)
      .join(" ");
    const meaning = lexicon.get(phrase);
    if (meaning !== undefined) return { meaning, phrase, after: at + length };
  }
  return null;
}

/** What "free" behind it refuses: "hill-free", "treadmill-free". */
const freeOf: ReadonlySet<Meaning["kind"]> = new Set(["concept", "equipment"] as const);

/** Reads a sentence from left to right; one instance per query. */
class Reader {
  readonly chips: Chip[] = [];
  readonly said: Said[] = [];
  readonly words: string[] = [];
  readonly feel: Partial<Record<(typeof feelNames)[number], number>> = {};
  readonly #tokens: readonly Token[];
  /** The token of the negation that is still open, or -1. */
  #negation = -1;
  #context = false;
  #hasDuration = false;
  /** A treadmill says running or walking, a dumbbell strength, unless the sentence names its sport. */
  #impliedSports: readonly Sport[] | null = null;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  read(): void {
    const durations = this.#durations();
    this.#hasDuration = durations.length > 0;
    let at = 0;
    while (at < this.#tokens.length) {
      const duration = durations.find((found) => found.first === at);
      if (duration !== undefined) {
        this.#add(
          {
            constraint: { kind: "duration", minS: duration.minS, maxS: duration.maxS },
            chipKind: "duration",
            label: durationLabel(duration),
          },
          at,
          duration.after,
        );
        at = duration.after;
        this.#negation = -1;
      } else at = this.#readWord(at);
    }
    const namesSport = this.said.some((one) => one.constraint.kind === "sport" && !one.negation);
    if (this.#impliedSports !== null && !namesSport)
      this.said.push({ constraint: { kind: "sport", sports: this.#impliedSports }, negation: false });
  }

  #durations(): FoundDuration[] {
    const isSport = (index: number): boolean => {
      const kind = lexicon.get(this.#tokens[index]?.text ?? "")?.kind;
      return kind === "sport" || kind === "intensity";
    };
    const found: FoundDuration[] = [];
    for (let at = 0; at < this.#tokens.length; at++) {
      const duration = durationAt(this.#tokens, at, isSport);
      if (duration === null) continue;
      found.push(duration);
      at = duration.after - 1;
    }
    return found;
  }

  #readWord(at: number): number {
    const text = this.#tokens[at]?.text ?? "";
    const next = this.#tokens[at + 1]?.text ?? "";
    if (this.#negation >= 0 && kitWords.has(text)) {
      this.#add(affirmed({ kind: "no-equipment" }, text), this.#negation, at + 1);
      this.#negation = -1;
      return at + 1;
    }
    if (negations.has(text) && kitWords.has(next)) {
      this.#add(affirmed({ kind: "no-equipment" }, text), at, at + 2);
      return at + 2;
    }
    if (pairedNegations.has(`${text} ${next}`)) {
      this.#negation = at;
      return at + 2;
    }
    const phrase = phraseAt(this.#tokens, at);
    if (phrase !== null) {
      this.#take(phrase.meaning, phrase.phrase, at, phrase.after);
      return phrase.after;
    }
    if (negations.has(text)) this.#negation = at;
    else if (contextMarkers.has(text)) this.#context = true;
    else if ((text === "and" && this.#negation >= 0) || (text === "," && this.#negation === at))
      return at + 1;
    else if (!negationCarriers.has(text)) {
      const sport = sportOfPeople.get(text);
      const isAudience = this.#tokens[at - 1]?.text === "for";
      if (sport !== undefined && !isAudience && this.#negation < 0) this.#impliedSports ??= [sport];
      if (text !== "," && text !== "+" && !stopWords.has(text) && this.#negation < 0) this.words.push(text);
      this.#negation = -1;
      if (!stopWords.has(text)) this.#context = false;
    }
    return at + 1;
  }

  #take(meaning: Meaning, phrase: string, at: number, after: number): void {
    if (this.#context && meaning.kind === "sport") {
      this.words.push(...phrase.split(" "));
      this.#context = false;
      return;
    }
    // "A quick one, 25 min at most": the number says how long.
    if (meaning.kind === "length" && this.#hasDuration) {
      this.words.push(...phrase.split(" "));
      this.#negation = -1;
      return;
    }
    const isFree = this.#tokens[after]?.text === "free" && freeOf.has(meaning.kind) && this.#negation < 0;
    if (isFree) {
      this.#add(negated(meaning) ?? affirmed(meaning, phrase), at, after + 1, true);
      return;
    }
    const negation = this.#negation;
    // "No all-out sprints" refuses sprints, and says nothing of how hard the rest may be.
    if (negation >= 0 && meaning.kind === "intensity") {
      if (phraseAt(this.#tokens, after)?.meaning.kind === "concept") return;
    }
    const found = negation >= 0 ? negated(meaning) : affirmed(meaning, phrase);
    const listGoesOn = negation >= 0 && this.#listGoesOn(meaning, after);
    // What follows in the list is negated too; its chip begins at the joining word.
    this.#negation = listGoesOn ? after : -1;
    if (found === null) return;
    this.#add(found, negation >= 0 ? negation : at, after, negation >= 0);
    // Classes are indexed by what they hold: other words for it find them, too.
    if (negation < 0 && meaning.kind === "concept") this.words.push(...meaning.concept.split(" "));
    if (negation < 0 && meaning.as !== undefined) this.words.push(...meaning.as.split(" "));
    else if (negation < 0 && meaning.alsoText === true) this.words.push(...phrase.split(" "));
    const implied =
      meaning.kind === "equipment" || meaning.kind === "no-equipment" ? meaning.sports : undefined;
    if (negation < 0 && implied !== undefined)
      this.#impliedSports = [...(this.#impliedSports ?? []), ...implied];
  }

  /**
   * "No hills or ...", and "no hills and sprints": after "and" only things of the same kind stay negated, after a comma only
   * where their list comes to an "or".
   */
  #listGoesOn(meaning: Meaning, after: number): boolean {
    const joiner = this.#tokens[after]?.text;
    if (joiner === "or" || joiner === "nor") return true;
    if (joiner !== "and" && joiner !== ",") return false;
    const next = phraseAt(this.#tokens, after + 1);
    if (next?.meaning.kind !== meaning.kind) return false;
    return joiner === "and" || this.#listGoesOn(meaning, next.after);
  }

  #add(found: Found, first: number, after: number, negation = false): void {
    const start = this.#tokens[first]?.start ?? 0;
    const end = this.#tokens[after - 1]?.end ?? start;
    this.chips.push({ kind: found.chipKind, label: found.label, spanStart: start, spanEnd: end });
    if (found.constraint !== null) this.said.push({ constraint: found.constraint, negation });
    for (const name of feelNames) {
      const wish = found.feel?.[name];
      if (wish !== undefined) this.feel[name] = wish;
    }
  }
}

/**
 * Understands a sentence such as "30 min low-impact ride, tired legs, no sprints": typed constraints, each with the chip
 * that shows it, wishes that only rank, and words left to match as text. Misspelt words are read as the nearest known one.
 */
export function parseQuery(text: string): Query {
  const cut = text.slice(0, maxQueryLength);
  const reader = new Reader(prepare(cut));
  reader.read();
  return {
    text: cut,
    chips: reader.chips,
    constraints: merged(reader.said),
    words: [...new Set(reader.words)],
    feel: reader.feel,
  };
}
