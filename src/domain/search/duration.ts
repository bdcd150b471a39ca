import type { Seconds } from "../units.ts";
import { amountAt, otherUnits, textAt, type Amount } from "./amount.ts";
import type { Token } from "./tokens.ts";

/** A length of time found in a query: from which token to which, and what it allows. */
export interface FoundDuration {
  /** First token and the one after the last. */
  readonly first: number;
  readonly after: number;
  readonly minS: Seconds;
  readonly maxS: Seconds;
}

/** A stated duration means within ten per cent. */
const tolerance = 0.1;
const longestS = 24 * 3600;

const refusals = new Set(["no", "not", "nothing", "never", "without", "isn't"]);
/** "45 on the bike". */
const linkWords = new Set(["on", "the", "a", "my", "of"]);
const atMost = [
  "under",
  "below",
  "max",
  "maximum",
  "less than",
  "at most",
  "up to",
  "no more than",
  "not more than",
  "no longer than",
  "not longer than",
  "shorter than",
  "within",
  "not over",
  "lasting under",
  "no longer then",
  "less then",
  "nothing over",
  "nothing longer than",
  "not exceeding",
  "nothing above",
  "nothing more than",
  "not above",
  "maximum of",
  "max of",
  "limit of",
];
const atLeast = [
  "over",
  "above",
  "minimum",
  "at least",
  "more than",
  "longer than",
  "no less than",
  "not less than",
  "no shorter than",
  "upwards of",
  "minimum of",
  "nothing under",
  "nothing shorter than",
  "nothing less than",
];
const atMostAfter = ["max", "maximum", "tops", "or less", "or under", "or shorter", "at most", "at the most"];
const atLeastAfter = ["minimum", "or more", "or longer", "at least", "at the least"];
const about = ["about", "around", "roughly", "approximately", "ca", "circa", "exactly"];

/** The longest of `phrases` that ends just before token `at`: how many tokens it has, or 0. */
function phraseBefore(tokens: readonly Token[], at: number, phrases: readonly string[]): number {
  const lengths = phrases
    .map((phrase) => phrase.split(" "))
    .filter((words) => words.every((word, index) => textAt(tokens, at - words.length + index) === word))
    .map((words) => words.length);
  return Math.max(0, ...lengths);
}

/** The same, beginning at token `at`. */
function phraseAfter(tokens: readonly Token[], at: number, phrases: readonly string[]): number {
  const lengths = phrases.map((phrase) => phrase.split(" ").length);
  const found = lengths.filter((length) => phraseBefore(tokens, at + length, phrases) === length);
  return Math.max(0, ...found);
}

function range(tokens: readonly Token[], at: number, first: Amount): FoundDuration | null {
  const isBetween = textAt(tokens, at - 1) === "between";
  const joiner = textAt(tokens, first.after);
  const joined = joiner === "to" || joiner === "and" || joiner === "or";
  const second = amountAt(tokens, joined ? first.after + 1 : first.after);
  if (second === null || !second.hasUnit || second.seconds <= 0) return null;
  if (joiner === "and" && !isBetween) return null;
  const low = first.hasUnit ? first.seconds : (first.seconds / 60) * (second.seconds >= 7200 ? 3600 : 60);
  // "2 45 minute" of "Concept2 45 minute" is no range.
  if (low >= second.seconds || (!joined && low * 5 < second.seconds)) return null;
  return { first: isBetween ? at - 1 : at, after: second.after, minS: low, maxS: second.seconds };
}

/** A bare number is minutes when a bound or a kind of class stands beside it and it could be a class. */
function couldBeMinutes(seconds: Seconds): boolean {
  return seconds >= 300 && seconds <= 180 * 60;
}

/**
 * The duration that begins at token `at`, if one does.
 * @param isSport tells whether the token at an index names a sport, so that "45 spin" reads as minutes
 */
export function durationAt(
  tokens: readonly Token[],
  at: number,
  isSport: (index: number) => boolean,
): FoundDuration | null {
  const amount = amountAt(tokens, at);
  if (amount === null || amount.seconds <= 0) return null;
  const between = range(tokens, at, amount);
  if (between !== null) return between;
  const most = phraseBefore(tokens, at, atMost);
  const least = phraseBefore(tokens, at, atLeast);
  const plus = textAt(tokens, amount.after) === "+";
  const mostAfter = phraseAfter(tokens, amount.after, atMostAfter);
  const leastAfter = phraseAfter(tokens, amount.after, atLeastAfter);
  const bare = !amount.hasUnit;
  if (bare) {
    if (otherUnits.has(textAt(tokens, amount.after))) return null;
    let beside = amount.after;
    while (linkWords.has(textAt(tokens, beside))) beside += 1;
    const told =
      most + least + mostAfter + leastAfter > 0 || plus || [at - 1, beside, amount.after + 1].some(isSport);
    if (!told || !couldBeMinutes(amount.seconds)) return null;
  }
  const after = plus ? amount.after + 1 : amount.after;
  // "no more than" ends in "more than": the longer phrase is the one that was said.
  if (most > least) return { first: at - most, after, minS: 0, maxS: amount.seconds };
  if (least > 0 && refusals.has(textAt(tokens, at - least - 1)))
    return { first: at - least - 1, after, minS: 0, maxS: amount.seconds };
  if (least > 0 || plus) return { first: at - least, after, minS: amount.seconds, maxS: longestS };
  if (mostAfter > 0) return { first: at, after: after + mostAfter, minS: 0, maxS: amount.seconds };
  if (leastAfter > 0) return { first: at, after: after + leastAfter, minS: amount.seconds, maxS: longestS };
  const near = phraseBefore(tokens, at, about);
  return {
    first: at - near,
    after,
    minS: amount.seconds * (1 - tolerance),
    maxS: amount.seconds * (1 + tolerance),
  };
}
