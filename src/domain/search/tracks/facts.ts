/** Keys, tempos, lengths and years in a sentence about music. */
import { camelotOf } from "../../camelot.ts";
import type { CamelotKey } from "../../track.ts";
import { camelotDistance } from "../../soundtrack/objective.ts";
import type { Measure, Range, TrackConstraint } from "./query.ts";

export interface Fact {
  readonly start: number;
  readonly end: number;
  readonly label: string;
  readonly constraint: TrackConstraint;
  readonly alternative: boolean;
}

const camelotKeys: readonly CamelotKey[] = Array.from(
  { length: 24 },
  (_, key): CamelotKey => `${(key >> 1) + 1}${key % 2 === 0 ? "A" : "B"}`,
);

const mixing =
  "(?<mixing>(?:mix(?:es|ing)?|compatible|goes?|match(?:es|ing)?|neighbou?rs?)\\s+(?:well\\s+)?(?:with|to|of)\\s+)?";
const codePattern = new RegExp(`${mixing}\\b(?<code>(?:1[0-2]|[1-9])[ab])\\b`, "g");
/** "In a minor key" names no tonic. */
const namePattern = new RegExp(
  `${mixing}\\b(?<tonic>[a-g])(?<accidental>\\s?(?:#|♯|b|♭|sharp|flat)(?![a-z])|-(?:sharp|flat))?[\\s-]?(?<scale>major|minor|maj|min)\\b(?!\\s+(?:keys?|songs?|tracks?|tunes?|ones?|music|mood|piece))`,
  "g",
);

function keyFact(match: RegExpExecArray): Fact | null {
  const { code, tonic = "", accidental = "", scale = "", mixing: mixes } = match.groups ?? {};
  const sign = /#|♯|sharp/.test(accidental) ? "#" : accidental === "" ? "" : "b";
  const name = tonic.toUpperCase() + sign;
  const mode = scale.startsWith("maj") ? "major" : "minor";
  const key = code === undefined ? camelotOf(name, mode) : (code.toUpperCase() as CamelotKey);
  if (key === null) return null;
  const keys = mixes === undefined ? [key] : camelotKeys.filter((one) => camelotDistance(key, one) <= 1);
  const said = code === undefined ? `${name} ${mode} (${key})` : `key ${key}`;
  return {
    start: match.index,
    end: match.index + match[0].length,
    label: mixes === undefined ? said : `mixes with ${key}`,
    constraint: { kind: "key", keys },
    alternative: true,
  };
}

const most =
  "no (?:more|faster|longer|quicker|later) than|not (?:more|faster|longer|quicker|over|above)(?: than)?|at most|up to|under|below|less than|slower than|shorter than|max(?:imum)?|before|until|<=?";
const least =
  "no (?:less|slower|shorter) than|not (?:less|slower|shorter|under|below)(?: than)?|at least|over|above|more than|faster than|quicker than|longer than|min(?:imum)?|since|after|>=?";
const about = "around|about|roughly|approx(?:imately)?|circa|ca|near|close to|~";

/** The words that say how a number is meant, and the names of keys. */
export const factWords: ReadonlySet<string> = new Set(
  `${most} ${least} ${about} between minute minutes second seconds secs hours beats per major minor sharp flat`.match(
    /[a-z]{2,}/g,
  ),
);

interface Unit {
  readonly measure: Measure;
  /** Units as written, longest first, and how many of the measure's own each stands for; several: any of them. */
  readonly units: Readonly<Record<string, readonly number[]>>;
  readonly number: string;
  /** What a number without a unit must lie in to be meant. */
  readonly bare: Range | null;
  /** How far off "around" may be, and a plain number, as a share. */
  readonly near: number;
  readonly exact: number;
  readonly text: (value: number) => string;
}

const minutes = (valueS: number) =>
  `${Math.floor(valueS / 60)}:${String(Math.round(valueS % 60)).padStart(2, "0")}`;

/** Lengths and years before tempos: a number with a unit is never a bare one. */
const kinds: readonly Unit[] = [
  {
    measure: "duration",
    units: {
      minutes: [60],
      minute: [60],
      mins: [60],
      min: [60],
      seconds: [1],
      second: [1],
      secs: [1],
      sec: [1],
      hours: [3600],
      hour: [3600],
      m: [60],
    },
    number: "\\d+(?:[.,]\\d+)?|\\d+:\\d\\d",
    bare: null,
    near: 0.1,
    exact: 0.1,
    text: minutes,
  },
  {
    measure: "year",
    units: {},
    number: "(?:19|20)\\d\\d",
    bare: [1900, 2099],
    near: 0.001,
    exact: 0,
    text: String,
  },
  {
    measure: "tempo",
    // A turn takes one beat or two; a step one beat, or every other step one.
    units: { "beats per minute": [1], bpm: [1], beats: [1], rpm: [1, 2], spm: [1, 0.5] },
    number: "\\d{2,3}(?:[.,]\\d+)?",
    bare: [40, 250],
    near: 0.04,
    exact: 0.02,
    text: (bpm) => String(Number(bpm.toFixed(1))),
  },
];

function patternOf({ number, units }: Unit): RegExp {
  const names = Object.keys(units).join("|");
  const unit = names === "" ? "" : `(?:\\s*(?<unit>${names})\\b)?`;
  return new RegExp(
    `(?:(?:(?<most>${most})|(?<least>${least})|(?<about>${about})|between|from|of|at|in)\\s*)?(?<![\\d.:,a-z])(?<one>${number})(?:\\s*(?:-|–|to|and)\\s*(?<two>${number}))?${unit}(?<plus>\\s*\\+|\\s+or (?:more|faster|later|longer|above|over))?(?<tail>\\s*(?:max|tops)\\b|\\s+or (?:less|slower|earlier|shorter|below|under))?(?![\\d:a-z])`,
    "g",
  );
}

function valueOf(text: string): number {
  const [whole = "", seconds] = text.split(":");
  return seconds === undefined ? Number(whole.replace(",", ".")) : Number(whole) + Number(seconds) / 60;
}

function factOf(kind: Unit, match: RegExpExecArray): Fact | null {
  const {
    one = "",
    two,
    unit,
    most: isMost,
    least: isLeast,
    about: isAbout,
    plus,
    tail,
  } = match.groups ?? {};
  const isClock = one.includes(":");
  if (unit === undefined && !isClock && kind.bare === null) return null;
  const low = valueOf(one);
  const high = two === undefined ? low : valueOf(two);
  if (unit === undefined && kind.bare !== null && !(low >= kind.bare[0] && high <= kind.bare[1])) return null;
  const factors = kind.units[unit ?? (isClock ? "minutes" : "")] ?? [1];
  const slack = two !== undefined ? 0 : isAbout !== undefined ? kind.near : kind.exact;
  const upTo = (isMost ?? tail) !== undefined;
  const from = (isLeast ?? plus) !== undefined;
  const ranges = factors.map((factor): Range => {
    if (upTo) return [0, high * factor];
    if (from) return [low * factor, Infinity];
    return [low * factor * (1 - slack), high * factor * (1 + slack)];
  });
  const plain =
    two === undefined
      ? kind.text(low * factors[0]!)
      : `${kind.text(low * factors[0]!)} to ${kind.text(high * factors[0]!)}`;
  const named =
    kind.measure === "tempo"
      ? `${plain} ${unit === undefined || unit.startsWith("beats") ? "BPM" : unit === "bpm" ? "BPM" : unit}`
      : plain;
  const bound = upTo ? "up to " : from ? "from " : isAbout === undefined ? "" : "around ";
  return {
    start: match.index,
    end: match.index + match[0].length,
    label: `${bound}${named}`,
    constraint: { kind: kind.measure, ranges },
    alternative: !upTo && !from,
  };
}

const decades: Readonly<Record<string, number>> = {
  fifties: 1950,
  sixties: 1960,
  seventies: 1970,
  eighties: 1980,
  nineties: 1990,
  noughties: 2000,
};
const decadePattern =
  /'?\b(?:(?<century>19|20)?(?<tens>\d0)s|(?<name>fifties|sixties|seventies|eighties|nineties|noughties))\b/g;

function decadeFact(match: RegExpExecArray): Fact {
  const { century, tens = "", name = "" } = match.groups ?? {};
  const assumed = Number(tens) >= 40 ? "19" : "20";
  const from = decades[name] ?? Number(`${century ?? assumed}${tens}`);
  return {
    start: match.index,
    end: match.index + match[0].length,
    label: `${from}s`,
    constraint: { kind: "year", ranges: [[from, from + 9]] },
    alternative: true,
  };
}

/** The facts of a lower-case text in order, and the text with blanks in their place. */
export function factsIn(text: string): { readonly facts: readonly Fact[]; readonly rest: string } {
  const facts: Fact[] = [];
  let rest = text;
  const take = (pattern: RegExp, read: (match: RegExpExecArray) => Fact | null): void => {
    for (const match of rest.matchAll(pattern)) {
      const fact = read(match);
      if (fact === null) continue;
      facts.push(fact);
      rest = rest.slice(0, fact.start) + " ".repeat(fact.end - fact.start) + rest.slice(fact.end);
    }
  };
  take(codePattern, keyFact);
  take(namePattern, keyFact);
  take(decadePattern, decadeFact);
  for (const kind of kinds) take(patternOf(kind), (match) => factOf(kind, match));
  return { facts: facts.sort((a, b) => a.start - b.start), rest };
}
