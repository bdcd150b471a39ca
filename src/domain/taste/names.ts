/** Names of music as different programmes spell them, made alike. */

/** Words that name an edition of the same recording. */
const edition =
  /\b(remaster(ed)?|deluxe|bonus track|mono|stereo|anniversary|expanded|explicit|clean|(album|single) version|original mix|(19|20)\d\d (version|mix))\b/i;
const guest = /\b(feat|ft|featuring)\b/i;
/** Characters of names that are looked at; more is noise or an attack. */
const longestName = 300;

/** The name before its last part, and that part, where it stands in brackets or after a dash at the end; null otherwise. */
function lastPart(name: string): { readonly before: string; readonly part: string } | null {
  const open = /[)\]}]$/.test(name)
    ? Math.max(name.lastIndexOf("("), name.lastIndexOf("["), name.lastIndexOf("{"))
    : Math.max(name.lastIndexOf(" - "), name.lastIndexOf(" – "), name.lastIndexOf(" — "));
  return open > 0 ? { before: name.slice(0, open).trimEnd(), part: name.slice(open) } : null;
}

/** Without the editions named at its end. */
function withoutEdition(name: string): string {
  let rest = name.trimEnd();
  for (let last = lastPart(rest); last !== null && edition.test(last.part); last = lastPart(rest)) {
    rest = last.before;
  }
  return rest;
}

/** Without its guests: up to the closing bracket where they stand in brackets, up to the end otherwise. */
function withoutGuests(name: string): string {
  const at = name.search(guest);
  if (at <= 0) return name;
  const before = name.slice(0, at).trimEnd();
  if (!/[([{]$/.test(before)) return before;
  const close = name.slice(at).search(/[)\]}]/);
  return before.slice(0, -1) + (close === -1 ? "" : name.slice(at + close + 1));
}

/** Lower case, without marks on letters, without punctuation, one space between words. */
function plain(name: string): string {
  return name
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .toLowerCase()
    .replaceAll("ß", "ss")
    .replaceAll("ø", "o")
    .replaceAll("æ", "ae")
    .replaceAll("œ", "oe")
    .replaceAll("ł", "l")
    .replaceAll("đ", "d")
    .replaceAll("&", " and ")
    .replace(/['’`´]/g, "")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

/** Falls back to the bare name where it is made of nothing but marks ("+/-", "!!!"). */
function keyOf(name: string, short: string): string {
  const key = plain(short);
  return key === "" ? name.trim().toLowerCase() : key;
}

/** "Beyoncé feat. JAY-Z" and "beyonce" are one artist. A leading "the" does not count. */
export function artistKey(artist: string): string {
  const name = artist.slice(0, longestName);
  return keyOf(name, withoutGuests(name)).replace(/^the (?=.)/, "");
}

/** "Song (2011 Remaster)" and "Song - Remastered" are "Song"; a live take, a remix or an acoustic version is another recording. */
export function titleKey(title: string): string {
  const name = title.slice(0, longestName);
  return keyOf(name, withoutEdition(withoutGuests(name)));
}
