import { negationCarriers, negations, pairedNegations } from "../function-words.ts";
import { correction, tokenize, type Token } from "../tokens.ts";
import { factsIn, factWords, type Fact } from "./facts.ts";
import { longestTrackPhrase, trackLexicon, trackStopWords, type TrackMeaning } from "./lexicon.ts";
import type { SaidOfTrack, TrackChip, TrackConstraint, TrackQuery } from "./query.ts";

/** Longer sentences are cut. */
const maxQueryLength = 300;

const ownWords: ReadonlySet<string> = new Set([
  ...[...trackLexicon.keys()].flatMap((phrase) => phrase.split(" ")),
  ...trackStopWords,
  ...negations,
  ...negationCarriers,
  ...factWords,
]);

interface Understood {
  readonly constraint: TrackConstraint;
  readonly label: string;
  readonly alternative: boolean;
}

function understood(meaning: TrackMeaning): Understood {
  switch (meaning.kind) {
    case "mode":
      return { constraint: meaning, label: meaning.mode, alternative: true };
    case "grid":
      return {
        constraint: meaning,
        label: meaning.confident ? "sure grid" : "unsure grid",
        alternative: false,
      };
    case "liked":
      return { constraint: meaning, label: "liked", alternative: false };
    case "tempo":
    case "arousal":
    case "valence":
    case "duration":
    case "year": {
      const { kind, range, label } = meaning;
      return { constraint: { kind, ranges: [range] }, label, alternative: true };
    }
  }
}

/** Reads words and facts from left to right; one instance per query. */
class TrackReader {
  readonly chips: TrackChip[] = [];
  readonly said: SaidOfTrack[] = [];
  readonly words: string[] = [];
  readonly #tokens: readonly Token[];
  /** Where the negation that is still open begins; -1 for none. */
  #negation = -1;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  read(facts: readonly Fact[]): void {
    let next = 0;
    let at = 0;
    while (at < this.#tokens.length || next < facts.length) {
      const token = this.#tokens[at];
      const fact = facts[next];
      if (fact !== undefined && (token === undefined || fact.start < token.start)) {
        this.#add(fact, fact.start, fact.end);
        next += 1;
      } else at = this.#readWord(at);
    }
  }

  #readWord(at: number): number {
    const token = this.#tokens[at];
    if (token === undefined) return at + 1;
    for (let length = longestTrackPhrase; length > 0; length -= 1) {
      const tokens = this.#tokens.slice(at, at + length);
      const meaning = trackLexicon.get(tokens.map(({ text }) => text).join(" "));
      if (meaning === undefined || tokens.length < length) continue;
      this.#add(understood(meaning), token.start, tokens.at(-1)?.end ?? token.end);
      return at + length;
    }
    const { text } = token;
    if (pairedNegations.has(`${text} ${this.#tokens[at + 1]?.text}`)) {
      this.#negation = token.start;
      return at + 2;
    }
    if (negations.has(text)) this.#negation = token.start;
    else if (this.#negation >= 0 && (negationCarriers.has(text) || trackStopWords.has(text))) return at + 1;
    else if (text === "," || text === "+") this.#negation = -1;
    else if (this.#negation >= 0) {
      this.#add(
        { constraint: { kind: "word", word: text }, label: text, alternative: false },
        token.start,
        token.end,
      );
    } else if (!trackStopWords.has(text)) this.words.push(text);
    return at + 1;
  }

  #add({ constraint, label, alternative }: Understood, start: number, end: number): void {
    const negated = this.#negation >= 0;
    this.chips.push({
      kind: constraint.kind,
      label: negated ? `${constraint.kind === "word" ? "no" : "not"} ${label}` : label,
      spanStart: negated ? this.#negation : start,
      spanEnd: end,
    });
    this.said.push({ constraint, negated, alternative });
    // "No metal or rap": what follows "or" is negated too.
    const joined = this.#tokens.find((token) => token.start >= end)?.text === "or";
    this.#negation = negated && joined ? end : -1;
  }
}

/** The text with its slips put right, and where places of it lie in the text as it was written. */
function spellingOf(text: string, vocabulary: ReadonlySet<string>) {
  const origins: number[] = [];
  let spelt = "";
  for (const { 0: part, index } of text.matchAll(/\p{L}+(?:'\p{L}+)?|[^\p{L}]/gu)) {
    const right = vocabulary.has(part) ? part : (correction(part, ownWords) ?? part);
    for (let at = 0; at < right.length; at += 1) origins.push(index + Math.min(at, part.length - 1));
    // A word that grew ends where the written one does.
    if (right.length > 0) origins[origins.length - 1] = index + part.length - 1;
    spelt += right;
  }
  return {
    spelt,
    startOf: (at: number): number => origins[at] ?? 0,
    endOf: (at: number): number => (origins[at - 1] ?? -1) + 1,
  };
}

/**
 * Understands a sentence such as "driving, around 170, minor, no metal": constraints, each with the chip that shows it, and
 * words left to match as text. Misspelt words are read as the nearest word of the language or of the library (`vocabulary`).
 */
export function parseTrackQuery(text: string, vocabulary: ReadonlySet<string>): TrackQuery {
  const cut = text.slice(0, maxQueryLength);
  const { spelt, startOf, endOf } = spellingOf(cut.toLowerCase(), vocabulary);
  const { facts, rest } = factsIn(spelt);
  const reader = new TrackReader(tokenize(rest));
  reader.read(facts);
  const chips = reader.chips.map((chip) => ({
    ...chip,
    spanStart: startOf(chip.spanStart),
    spanEnd: endOf(chip.spanEnd),
  }));
  return { text: cut, chips, said: reader.said, words: [...new Set(reader.words)] };
}
