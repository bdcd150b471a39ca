/**
 * Histories as JSON. ListenBrainz: a list of listens, one listen a line, or an answer of its API. Last.fm: tracks as its API
 * answers them, a list of them or a list of such pages, as exporters save it.
 */
import type { ImportFormat } from "#domain/taste/imports.ts";
import { fieldOf, ListenCollector, ListensError, type Listens } from "./listen.ts";

/** Lists within lists: pages of tracks and an envelope around them. */
const deepest = 4;

function addListenBrainz(to: ListenCollector, listen: unknown): void {
  const track = fieldOf(listen, "track_metadata");
  const atS = fieldOf(listen, "listened_at");
  to.add(
    fieldOf(track, "artist_name"),
    fieldOf(track, "track_name"),
    typeof atS === "number" ? atS * 1000 : NaN,
  );
}

function addLastFm(to: ListenCollector, track: unknown): void {
  const artist = fieldOf(track, "artist");
  const date = fieldOf(track, "date");
  // What plays at the moment of the export has no date yet.
  const name = fieldOf(artist, "#text") ?? fieldOf(artist, "name") ?? artist;
  to.add(name, fieldOf(track, "name"), Number(fieldOf(date, "uts") ?? NaN) * 1000);
}

/** Every entry within lists, pages and envelopes. */
function* entriesIn(value: unknown, depth = 0): Generator {
  const inner = Array.isArray(value)
    ? value
    : (fieldOf(fieldOf(value, "payload"), "listens") ??
      fieldOf(fieldOf(value, "recenttracks"), "track") ??
      fieldOf(value, "track") ??
      fieldOf(value, "scrobbles"));
  if (!Array.isArray(inner)) yield value;
  else if (depth < deepest) for (const each of inner) yield* entriesIn(each, depth + 1);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // One entry a line: what does not parse is counted by whoever reads entries.
    return text.split("\n").flatMap((line): unknown[] => {
      if (line.trim() === "") return [];
      try {
        return [JSON.parse(line)];
      } catch {
        return [null];
      }
    });
  }
}

export function jsonListens(text: string, nowMs: number): Listens {
  const collected = new ListenCollector(nowMs);
  let format: ImportFormat | null = null;
  for (const entry of entriesIn(parsed(text))) {
    const kind =
      fieldOf(entry, "track_metadata") !== undefined
        ? "listenbrainz"
        : fieldOf(entry, "artist") !== undefined
          ? "lastfm"
          : null;
    format ??= kind;
    if (kind === "listenbrainz") addListenBrainz(collected, entry);
    else if (kind === "lastfm") addLastFm(collected, entry);
    else collected.unreadable += 1;
  }
  if (format === null) throw new ListensError("This JSON holds no listens of ListenBrainz or Last.fm.");
  return { format, listens: collected.listens, unreadable: collected.unreadable };
}
