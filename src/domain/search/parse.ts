import { intensities, sports as allSports, type Intensity, type Sport } from "../class-plan.ts";
import { durationAt, type FoundDuration } from "./duration.ts";
import {
  contextMarkers,
  kitWords,
  knownWords,
  lexicon,
  longestPhrase,
  negationCarriers,
  negations,
  pairedNegations,
  stopWords,
  type Meaning,
} from "./lexicon.ts";
import { feelNames, type Chip, type ChipKind, type Constraint, type Feel, type Query } from "./query.ts";
import { correction, tokenize, type Token } from "./tokens.ts";

/** Longer sentences are cut: nobody asks for a class in more. */
const maxQueryLength = 300;

interface Found {
  readonly constraint: Constraint | null;
  readonly chipKind: ChipKind;
  readonly label: string;
  readonly feel?: Feel;
}

function minutesLabel(seconds: number): string {
  return `${Math.round(seconds / 60)} min`;
}

function durationLabel({ minS, maxS }: Pick<FoundDuration, "minS" | "maxS">): string {
  if (minS === 0) return `up to ${minutesLabel(maxS)}`;
  if (maxS >= 24 * 3600) return `at least ${minutesLabel(minS)}`;
  const middle = (minS + maxS) / 2;
  return maxS / minS < 1.25 ? minutesLabel(middle) : `${Math.round(minS / 60)}-${minutesLabel(maxS)}`;
}

function intensityLabel(list: readonly Intensity[]): string {
  return list.join(" or ");
}

/** What a phrase asks for when "no" or "not" stands before it. "Not hard" means less; "not easy" means more. */
function negated(meaning: Meaning): Found | null {
  switch (meaning.kind) {
    case "intensity": {
      const left = intensities.filter((intensity) => !meaning.intensities.includes(intensity));
      return {
        constraint: { kind: "intensity", intensities: left },
        chipKind: "intensity",
        label: intensityLabel(left),
      };
    }
    case "sport": {
      const left = allSports.filter((sport) => !meaning.sports.includes(sport));
      const label = `no ${meaning.sports.join(" or ")}`;
      return { constraint: { kind: "sport", sports: left }, chipKind: "sport", label };
    }
    case "equipment": {
      const { equipment } = meaning;
      return {
        constraint: { kind: "without-equipment", equipment },
        chipKind: "without-equipment",
        label: `no ${equipment}`,
      };
    }
    case "concept": {
      const { concept } = meaning;
      if (concept === "jumps")
        return { constraint: { kind: "low-impact" }, chipKind: "low-impact", label: "low impact" };
      return { constraint: { kind: "without", concept }, chipKind: "without", label: `no ${concept}` };
    }
    case "length": {
      const minS = meaning.minMinutes === 0 ? meaning.maxMinutes * 60 : 0;
      const maxS = meaning.minMinutes === 0 ? 24 * 3600 : meaning.minMinutes * 60 - 1;
      return {
        constraint: { kind: "duration", minS, maxS },
        chipKind: "duration",
        label: durationLabel({ minS, maxS }),
      };
    }
    case "level":
    case "feel":
    case "music":
    case "low-impact":
    case "no-equipment":
      return null;
  }
}

function affirmed(meaning: Meaning, phrase: string): Found {
  switch (meaning.kind) {
    case "intensity":
      return {
        constraint: { kind: "intensity", intensities: meaning.intensities },
        chipKind: "intensity",
        label: intensityLabel(meaning.intensities),
      };
    case "sport":
      return {
        constraint: { kind: "sport", sports: meaning.sports },
        chipKind: "sport",
        label: meaning.sports.join(" or "),
      };
    case "level":
      return {
        constraint: { kind: "level", levels: [meaning.level] },
        chipKind: "level",
        label: meaning.level,
      };
    case "equipment":
      return {
        constraint: { kind: "equipment", equipment: meaning.equipment },
        chipKind: "equipment",
        label: meaning.equipment,
      };
    case "no-equipment":
      return { constraint: { kind: "no-equipment" }, chipKind: "no-equipment", label: "no equipment" };
    case "low-impact":
      return { constraint: { kind: "low-impact" }, chipKind: "low-impact", label: "low impact" };
    case "length": {
      const minS = meaning.minMinutes * 60;
      const maxS = Math.min(meaning.maxMinutes * 60, 24 * 3600);
      const label =
        meaning.minMinutes === 0 ? durationLabel({ minS, maxS }) : `at least ${minutesLabel(minS)}`;
      return { constraint: { kind: "duration", minS, maxS }, chipKind: "duration", label };
    }
    case "concept":
      return {
        constraint: null,
        chipKind: "feel",
        label: phrase,
        ...(meaning.feel && { feel: meaning.feel }),
      };
    case "feel":
      return { constraint: null, chipKind: "feel", label: meaning.name, feel: meaning.feel };
    case "music":
      return { constraint: null, chipKind: "music", label: `music: ${phrase}` };
  }
}

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

/** "Nineties" are music: a number with an s that is a decade. */
function joinDecades(tokens: readonly Token[]): Token[] {
  const joined: Token[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at];
    const next = tokens[at + 1];
    if (token === undefined) continue;
    if (next?.text === "s" && next.start === token.end && lexicon.has(`${token.text}s`)) {
      joined.push({ text: `${token.text}s`, start: token.start, end: next.end });
      at += 1;
    } else if (next?.text === "k" && next.start === token.end && lexicon.has(`${token.text}k`)) {
      joined.push({ text: `${token.text}k`, start: token.start, end: next.end });
      at += 1;
    } else joined.push(token);
  }
  return joined;
}

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
  /** A treadmill says running or walking, unless the sentence names its sport. */
  #impliedSports: readonly Sport[] | null = null;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  read(): void {
    const durations = this.#durations();
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
    else if (text === "and" && this.#negation >= 0) return at + 1;
    else if (!negationCarriers.has(text)) {
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
    const negation = this.#negation;
    const found = negation >= 0 ? negated(meaning) : affirmed(meaning, phrase);
    const listGoesOn = negation >= 0 && this.#listGoesOn(meaning, after);
    if (!listGoesOn) this.#negation = -1;
    if (found === null) return;
    this.#add(found, negation >= 0 ? negation : at, after, negation >= 0);
    if (negation < 0 && meaning.alsoText === true) this.words.push(...phrase.split(" "));
    if (negation < 0 && meaning.kind === "equipment" && meaning.sports !== undefined)
      this.#impliedSports = meaning.sports;
  }

  /** "No hills or ...", and "no hills and sprints": after "and" only things of the same kind stay negated. */
  #listGoesOn(meaning: Meaning, after: number): boolean {
    const joiner = this.#tokens[after]?.text;
    return (
      joiner === "or" ||
      (joiner === "and" && phraseAt(this.#tokens, after + 1)?.meaning.kind === meaning.kind)
    );
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

/** A constraint and whether a negation made it. */
interface Said {
  readonly constraint: Constraint;
  readonly negation: boolean;
}

/** Wanted lists are alternatives ("run or row"); what a negation leaves holds for each of them. */
function combine<T>(
  said: readonly { readonly list: readonly T[]; readonly negation: boolean }[],
): readonly T[] | null {
  if (said.length === 0) return null;
  const wanted = said.filter((one) => !one.negation).flatMap((one) => one.list);
  const allowed = said.filter((one) => one.negation).map((one) => one.list);
  const from = wanted.length > 0 ? wanted : (allowed[0] ?? []);
  return [...new Set(from)].filter((item) => allowed.every((list) => list.includes(item)));
}

/** One constraint for each of sport, intensity and level; all others as they were said. */
function merged(said: readonly Said[]): Constraint[] {
  const rest: Constraint[] = [];
  const sportLists = [];
  const intensityLists = [];
  const levelLists = [];
  for (const { constraint, negation } of said) {
    if (constraint.kind === "sport") sportLists.push({ list: constraint.sports, negation });
    else if (constraint.kind === "intensity") intensityLists.push({ list: constraint.intensities, negation });
    else if (constraint.kind === "level") levelLists.push({ list: constraint.levels, negation });
    else rest.push(constraint);
  }
  const sports = combine(sportLists);
  const wantedIntensities = combine(intensityLists);
  const levels = combine(levelLists);
  return [
    ...rest,
    ...(sports === null ? [] : [{ kind: "sport", sports } as const]),
    ...(wantedIntensities === null ? [] : [{ kind: "intensity", intensities: wantedIntensities } as const]),
    ...(levels === null ? [] : [{ kind: "level", levels } as const]),
  ];
}

/**
 * Understands a sentence such as "30 min low-impact ride, tired legs, no sprints": typed constraints, each with the chip
 * that shows it, wishes that only rank, and words left to match as text. Misspelt words are read as the nearest known one.
 */
export function parseQuery(text: string): Query {
  const cut = text.slice(0, maxQueryLength);
  const tokens = joinDecades(tokenize(cut)).map((token) => ({
    ...token,
    text: correction(token.text, knownWords) ?? token.text,
  }));
  const reader = new Reader(tokens);
  reader.read();
  return {
    text: cut,
    chips: reader.chips,
    constraints: merged(reader.said),
    words: [...new Set(reader.words)],
    feel: reader.feel,
  };
}
