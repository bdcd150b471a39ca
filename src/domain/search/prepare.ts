import { rewrites } from "./function-words.ts";
import { knownWords, lexicon } from "./lexicon.ts";
import { plainWords } from "./plain-words.ts";
import { correction, stem, tokenize, type Token } from "./tokens.ts";

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

/** What somebody has done, or not, and its sport. */
const participles: ReadonlyMap<string, string> = new Map([
  ["rowed", "rowing"],
  ["ridden", "ride"],
  ["cycled", "cycling"],
  ["jogged", "jogging"],
  ["walked", "walking"],
  ["lifted", "lifting"],
  ["run", "run"],
]);
/** "Never been on a bike", "haven't done yoga": what was not done follows. */
const experienceVerbs: ReadonlySet<string> = new Set("been,used,tried,done,touched,sat".split(","));
const unlikePast: ReadonlySet<string> = new Set("haven't,havent,hasn't,didn't,didnt".split(","));

/**
 * "Never rowed before" is a beginner's word, and no refusal to row; neither is "haven't run in years", which says nothing of the
 * level.
 */
function readExperience(tokens: readonly Token[]): readonly Token[] {
  const at = tokens.findIndex(({ text }) => text === "never" || unlikePast.has(text));
  const [negation, done] = [tokens[at], tokens[at + 1]];
  const sport = participles.get(done?.text ?? "");
  if (negation === undefined || done === undefined) return tokens;
  if (sport === undefined && !experienceVerbs.has(done.text)) return tokens;
  const isNever = negation.text === "never";
  const isPast = !isNever || ["have", "i've", "ve"].includes(tokens[at - 1]?.text ?? "");
  const isBefore = tokens[at + 2]?.text === "before";
  if (done.text === "run" && !isPast && !isBefore) return tokens;
  return [
    ...tokens.slice(0, at),
    ...(isNever ? [{ ...negation, text: "beginner" }] : []),
    ...(sport === undefined ? [] : [{ ...done, text: sport }]),
    ...tokens.slice(at + (isBefore ? 3 : 2)),
  ];
}

/** Single words of the lexicon by their stem: "smashed" says what "smash" does. */
const byStem: ReadonlyMap<string, string> = new Map(
  [...lexicon.keys()].filter((phrase) => !phrase.includes(" ")).map((word) => [stem(word), word]),
);
/** Two words written as one: "legday", "foamroller". */
const compounds: ReadonlyMap<string, readonly string[]> = new Map(
  [...lexicon.keys()]
    .map((phrase) => phrase.split(" "))
    .flatMap((words) => (words.length === 2 ? [[words.join(""), words] as const] : [])),
);

/** What is meant by a word as written: itself, a spelling, an inflection, two words in one or, at last, a slip. */
function meant(written: string): readonly string[] {
  const word = written.replace(/^th?'(?=\p{L}{2})/u, "");
  const rewritten = rewrites.get(word);
  if (rewritten !== undefined) return rewritten;
  if (knownWords.has(word) || plainWords.has(word)) return [word];
  const inflected = byStem.get(stem(word));
  return compounds.get(word) ?? [inflected ?? correction(word, knownWords) ?? word];
}

/** The words of a sentence as they were meant, each standing where it was written. */
export function prepare(text: string): Token[] {
  return readExperience(joinDecades(tokenize(text))).flatMap((token) =>
    meant(token.text).map((word) => ({ ...token, text: word })),
  );
}
