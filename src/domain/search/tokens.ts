/** A word or number of the query and where it stands in the text. */
export interface Token {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Protocols whose names are numbers; elsewhere a hyphen between numbers is a range. */
const numberedProtocols = /\b(?:30-30|30-15|40-20|20-10|10-20-30)\b(?!\s*m)/g;

/** Lower-case words and numbers; "3x10", "30/15" and "30-30" stay whole, other hyphens part words. */
export function tokenize(text: string): Token[] {
  const pattern =
    /[<>]=?|w\/(?:out|o)?(?![\p{L}])|\d+(?:\s?[x×/]\s?\d+)+|z2\b|vo2(?:\s?max)?\b|c25k|\d{1,3}:\d\d(?!\d)|\d+(?:[.,]\d+)?|\p{L}+(?:'\p{L}+)?|\+|,/gu;
  const plain = text.toLowerCase().replace(numberedProtocols, (name) => name.replaceAll("-", "/"));
  return Array.from(plain.matchAll(pattern), (match) => ({
    text: match[0].replace(/\s/g, "").replace("×", "x"),
    start: match.index,
    end: match.index + match[0].length,
  }));
}

/** A word without its plural or -ing: crude, the same for query and index, which is all that matters. */
export function stem(word: string): string {
  if (/\d/.test(word) || word.length < 4) return word;
  const base = word.replace(/(?:ies)$/, "y").replace(/(?:ing|ers?|ed|es|s)$/, "");
  return base.length < 3 ? word : base.replace(/(.)\1$/, "$1");
}

/** Number of single-letter insertions, deletions, changes and swaps of neighbours between two words; more than `most` answers `most + 1`. */
export function editDistance(one: string, other: string, most: number): number {
  if (Math.abs(one.length - other.length) > most) return most + 1;
  let beforeLast: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let i = 1; i <= one.length; i++) {
    const row = [i];
    for (let j = 1; j <= other.length; j++) {
      const change = one[i - 1] === other[j - 1] ? 0 : 1;
      let best = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + change);
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1])
        best = Math.min(best, (beforeLast[j - 2] ?? 0) + 1);
      row.push(best);
    }
    if (Math.min(...row) > most) return most + 1;
    beforeLast = last;
    last = row;
  }
  return last[other.length] ?? most + 1;
}

/** Words of four letters forgive one slip, of eight two; of three only a missing last letter. */
function slipsAllowed(word: string): number {
  if (word.length < 4) return 0;
  return word.length < 8 ? 1 : 2;
}

/** The known word that `word` was most likely meant to be; null when it is known itself or nothing is near. */
export function correction(word: string, known: ReadonlySet<string>): string | null {
  const most = slipsAllowed(word);
  if (known.has(word) || /\d/.test(word)) return null;
  if (word.length === 3) return [...known].find((one) => one.length === 4 && one.startsWith(word)) ?? null;
  if (most === 0) return null;
  let best: string | null = null;
  let bestDistance = most + 1;
  for (const candidate of known) {
    if (candidate.length < 4 || candidate[0] !== word[0]) continue;
    const distance = editDistance(word, candidate, most);
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}
