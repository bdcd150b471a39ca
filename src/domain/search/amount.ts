import type { Seconds } from "../units.ts";
import type { Token } from "./tokens.ts";

const numberWords: Readonly<Record<string, number>> = {
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  eleven: 11,
  twelve: 12,
  thirteen: 13,
  fourteen: 14,
  fifteen: 15,
  sixteen: 16,
  seventeen: 17,
  eighteen: 18,
  nineteen: 19,
  twenty: 20,
  thirty: 30,
  forty: 40,
  fifty: 50,
  sixty: 60,
  seventy: 70,
  eighty: 80,
  ninety: 90,
};
/** A clock with more before its colon counts minutes. */
const mostClockHours = 4;
/** Beyond this "500m" is metres. */
const mostMinutes = 240;
const minuteWords = new Set(["m", "min", "mins", "minute", "minutes", "minuts", "mn"]);
const hourWords = new Set(["h", "hr", "hrs", "hour", "hours"]);
/** "Lunch hour", "per hour". */
const hourNames = new Set(["lunch", "rush", "happy", "golden", "per", "every"]);
/** What else is counted: "5 days a week". */
export const otherUnits = new Set(
  "days,day,times,weeks,week,months,years,year,yr,yrs,reps,rounds,sets,laps,km,kms,k,kilometres,kilometers,miles,mile,mi,metres,meters,yards,watts,rpm,spm,bpm,people,kg,kilos,lb,lbs,pounds,stone,calories,kcal,cal,percent,am,pm".split(
    ",",
  ),
);

export interface Amount {
  readonly after: number;
  readonly seconds: Seconds;
  /** Without a unit it counts only where something else says that it is a duration. */
  readonly hasUnit: boolean;
}

export function textAt(tokens: readonly Token[], at: number): string {
  return tokens[at]?.text ?? "";
}

/** "half an hour", "an hour and a half", "three quarters of an hour". */
function namedAmount(tokens: readonly Token[], at: number): Amount | null {
  if (hourNames.has(textAt(tokens, at - 1))) return null;
  const rest = tokens
    .slice(at, at + 6)
    .map(({ text }) => (text === "hr" ? "hour" : text))
    .join(" ");
  const named: readonly (readonly [RegExp, number])[] = [
    [/^((an|one|1) )?hour and a half\b/, 90],
    [/^((an|one|1) )?hour and a quarter\b/, 75],
    [/^((an|one|1) )?hour and three quarters\b/, 105],
    [/^3\/4 (of an )?hour\b/, 45],
    [/^1\/2 (an |of an )?hour\b/, 30],
    [/^1\/4 (of an )?hour\b/, 15],
    [/^((a|one) )?(full|solid|whole|good) hour\b/, 60],
    [/^hour( long| of)?\b/, 60],
    [/^(three|3) quarters? (of an |of a |of )?hour\b/, 45],
    [/^(a )?quarter (of an |of a |of )?hour\b/, 15],
    [/^(one|1) and a half hours?\b/, 90],
    [/^(two|2) and a half hours?\b/, 150],
    [/^(a )?couple (of )?hours\b/, 120],
    [/^half (an |a )?hour\b/, 30],
    [/^an hour\b/, 60],
  ];
  for (const [pattern, minutes] of named) {
    const match = pattern.exec(rest);
    if (match !== null)
      return { after: at + match[0].split(" ").length, seconds: minutes * 60, hasUnit: true };
  }
  return null;
}

function plainNumber(
  tokens: readonly Token[],
  at: number,
): { readonly value: number; readonly after: number } | null {
  const text = textAt(tokens, at);
  if (/^\d+([.,]\d+)?$/.test(text)) return { value: Number(text.replace(",", ".")), after: at + 1 };
  const tens = numberWords[text];
  if (tens === undefined) return null;
  const ones = numberWords[textAt(tokens, at + 1)];
  return ones !== undefined && ones < 10 && tens >= 20
    ? { value: tens + ones, after: at + 2 }
    : { value: tens, after: at + 1 };
}

/** "1:30" is an hour and a half, "45:00" three quarters of one. */
function clockSeconds([, whole, rest]: RegExpExecArray): Seconds {
  const inHours = Number(whole) <= mostClockHours;
  return inHours ? Number(whole) * 3600 + Number(rest) * 60 : Number(whole) * 60 + Number(rest);
}

/** "An hour and ten": what follows a whole hour. */
function withMinutes(tokens: readonly Token[], hour: Amount): Amount {
  if (hour.seconds !== 3600 || textAt(tokens, hour.after) !== "and") return hour;
  const minutes = plainNumber(tokens, hour.after + 1);
  if (minutes === null || minutes.value < 5 || minutes.value >= 60) return hour;
  const after = minutes.after + (minuteWords.has(textAt(tokens, minutes.after)) ? 1 : 0);
  return { after, seconds: hour.seconds + minutes.value * 60, hasUnit: true };
}

/** "20ish", "20-ish minutes", "2ish hours". */
function roughAmount(tokens: readonly Token[], number: { value: number; after: number }): Amount {
  const unit = textAt(tokens, number.after + 1);
  const isHours = hourWords.has(unit);
  const after = number.after + (isHours || minuteWords.has(unit) ? 2 : 1);
  return { after, seconds: number.value * (isHours ? 3600 : 60), hasUnit: true };
}

function isCountOrJoin(word: string): boolean {
  return (
    otherUnits.has(word) ||
    hourWords.has(word) ||
    word in numberWords ||
    ["to", "and", "or", "max"].includes(word)
  );
}

/** The amount of time that begins at token `at`, if one does: a number without a unit counts as minutes. */
export function amountAt(tokens: readonly Token[], at: number): Amount | null {
  const named = namedAmount(tokens, at);
  if (named !== null) return withMinutes(tokens, named);
  const clock = /^(\d+):(\d\d)$/.exec(textAt(tokens, at));
  if (clock !== null) return { after: at + 1, seconds: clockSeconds(clock), hasUnit: true };
  const number = plainNumber(tokens, at);
  if (number === null) return null;
  if (textAt(tokens, number.after) === "ish") return roughAmount(tokens, number);
  const unit = textAt(tokens, number.after);
  if (minuteWords.has(unit) && number.value <= mostMinutes)
    return { after: number.after + 1, seconds: number.value * 60, hasUnit: true };
  // "Ten quiet minutes": the word between says something of its own.
  const isParted =
    /^\p{L}+$/u.test(unit) && !isCountOrJoin(unit) && minuteWords.has(textAt(tokens, number.after + 1));
  if (isParted) return { after: number.after, seconds: number.value * 60, hasUnit: true };
  if (!hourWords.has(unit)) return { after: number.after, seconds: number.value * 60, hasUnit: false };
  let seconds = number.value * 3600;
  let after = number.after + 1;
  const joined = textAt(tokens, after) === "and" && minuteWords.has(textAt(tokens, after + 2));
  if (joined) after += 1;
  const minutes = plainNumber(tokens, after);
  if (minutes !== null && minutes.value < 60) {
    seconds += minutes.value * 60;
    after = minutes.after + (minuteWords.has(textAt(tokens, minutes.after)) ? 1 : 0);
  }
  return { after, seconds, hasUnit: true };
}
