/** Histories of Last.fm as CSV: with a header that names the columns, or the bare artist, album, title, date of older exporters. */
import { ListenCollector, ListensError, type Listens } from "./listen.ts";

/** Fields of one row are at most these: the widest known export has nine. */
const maxColumns = 30;

/** The rows of a CSV (RFC 4180), quoted fields and line breaks in them included. */
export function* csvRows(text: string): Generator<readonly string[]> {
  let row: string[] = [];
  let at = 0;
  while (at < text.length) {
    let field: string;
    if (text[at] === '"') {
      let end = at + 1;
      while (end < text.length && (text[end] !== '"' || text[end + 1] === '"'))
        end += text[end] === '"' ? 2 : 1;
      field = text.slice(at + 1, end).replaceAll('""', '"');
      at = end + 1;
    } else {
      let end = at;
      while (end < text.length && text[end] !== "," && text[end] !== "\n") end += 1;
      field = text.slice(at, end).replace(/\r$/, "");
      at = end;
    }
    if (row.length < maxColumns) row.push(field);
    if (text[at] === "\r") at += 1;
    if (text[at] === ",") at += 1;
    else {
      // After a quoted field only a comma or the end of the row makes sense; what else stands there is passed over.
      while (at < text.length && text[at] !== "\n") at += 1;
      at += 1;
      yield row;
      row = [];
    }
  }
  if (row.length > 0) yield row;
}

/** Seconds since 1970, "31 Dec 2023, 22:04", "2023-12-31 22:04": times of exports are UTC. */
function timeOf(text: string): number {
  if (/^\d{9,11}$/.test(text)) return Number(text) * 1000;
  return Date.parse(/(Z|[+-]\d\d:?\d\d|GMT|UTC)$/.test(text) ? text : `${text.replace(",", "")} UTC`);
}

export function csvListens(text: string, nowMs: number): Listens {
  const collected = new ListenCollector(nowMs);
  let columns: { artist: number; title: number; time: number } | null = null;
  for (const row of csvRows(text)) {
    if (row.length === 1 && row[0]?.trim() === "") continue;
    if (columns === null) {
      const names = row.map((name) => name.trim().toLowerCase());
      const find = (...known: string[]) => names.findIndex((name) => known.includes(name));
      const [artist, title] = [
        find("artist", "artist name"),
        find("track", "title", "song", "track name", "name"),
      ];
      const time = find("uts", "timestamp", "utc_time", "date", "played at");
      const hasHeader = artist >= 0 && title >= 0 && time >= 0;
      if (!hasHeader && row.length < 4)
        throw new ListensError("This CSV has no columns for artist, track and time.");
      columns = hasHeader ? { artist, title, time } : { artist: 0, title: 2, time: 3 };
      if (hasHeader) continue;
    }
    collected.add(row[columns.artist], row[columns.title], timeOf(row[columns.time] ?? ""));
  }
  if (collected.listens.length === 0)
    throw new ListensError("This CSV holds no listen with artist, track and time.");
  return { format: "lastfm", listens: collected.listens, unreadable: collected.unreadable };
}
