/** A history of music from elsewhere, read by what is in it. Time is passed in: an entry of tomorrow is none. */
import { csvListens } from "./csv-listens.ts";
import { jsonListens } from "./json-listens.ts";
import { ListensError, maxListensBytes, type Listens } from "./listen.ts";
import { m3uListens } from "./m3u-listens.ts";

/**
 * ListenBrainz JSON or JSON lines, Last.fm JSON or CSV, an M3U list of favourites.
 * @throws ListensError with one line that says what is wrong
 */
export function readListens(name: string, text: string, nowMs: number): Listens {
  if (text.length > maxListensBytes)
    throw new ListensError(
      `A history is at most ${maxListensBytes / 2 ** 20} MB. Import it in parts, by year.`,
    );
  const start = text
    .slice(0, 4096)
    .replace(/^\uFEFF/, "")
    .trimStart();
  const whole = text.replace(/^\uFEFF/, "");
  if (start === "") throw new ListensError("The file is empty.");
  if (start.startsWith("{") || start.startsWith("[")) return jsonListens(whole, nowMs);
  if (start.startsWith("#EXTM3U") || /\.m3u8?$/i.test(name)) return m3uListens(whole, nowMs);
  if (start.includes(",")) return csvListens(whole, nowMs);
  throw new ListensError("It is not a history that Upbeat can read (ListenBrainz, Last.fm or an M3U list).");
}
