/** A list of favourites as M3U: artist and title from #EXTINF, or else from the name of the file. */
import { ListenCollector, ListensError, type Listens } from "./listen.ts";

/** "Artist - Title" in two; the first dash with spaces around it parts them. */
function named(text: string): readonly [artist: string, title: string] | null {
  const at = text.search(/ [-–—] /);
  return at <= 0 ? null : [text.slice(0, at), text.slice(at + 3)];
}

/** "/music/03 Artist - Title.flac": number and ending say nothing. */
function fromPath(path: string): readonly [string, string] | null {
  const name = path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1);
  return named(name.replace(/\.\w{2,5}$/, "").replace(/^\d{1,3}[.)\s-]+(?=\S)/, ""));
}

export function m3uListens(text: string, nowMs: number): Listens {
  const collected = new ListenCollector(nowMs);
  let said: string | null = null;
  for (const line of text.split(/\r?\n/)) {
    const entry = line.trim();
    const comma = entry.indexOf(",");
    if (entry.startsWith("#EXTINF:") && comma >= 0) said = entry.slice(comma + 1).trim();
    if (entry === "" || entry.startsWith("#")) continue;
    const [artist, title] = (said === null ? null : named(said)) ?? fromPath(entry) ?? [null, null];
    collected.add(artist, title, null);
    said = null;
  }
  if (collected.listens.length === 0) throw new ListensError("This list names no track as “Artist - Title”.");
  return { format: "m3u", listens: collected.listens, unreadable: collected.unreadable };
}
