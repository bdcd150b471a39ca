import { basename, extname } from "node:path";
import { parseFile, type IPicture } from "music-metadata";
import type { TrackTags } from "#domain/track.ts";
import type { AnalysedFile } from "#server/ports/analyser.ts";

/** Longer texts are damage or mischief; the API carries these to every page. */
const maxTextLength = 500;
/** Larger pictures are scans for print; nobody sees the difference on a card. */
const maxCoverBytes = 5 * 1024 * 1024;
const coverTypes: ReadonlySet<string> = new Set(["image/jpeg", "image/png", "image/webp", "image/gif"]);
const unknownArtist = "Unknown artist";

function clean(text: string | undefined): string | null {
  const plain = text
    ?.replaceAll(/\p{Cc}+/gu, " ")
    .trim()
    .slice(0, maxTextLength)
    .toWellFormed();
  return plain === undefined || plain === "" ? null : plain;
}

function coverOf(pictures: readonly IPicture[] | undefined): AnalysedFile["cover"] {
  const picture = pictures?.find(
    ({ format, data }) =>
      coverTypes.has(format.toLowerCase()) && data.length > 0 && data.length <= maxCoverBytes,
  );
  return picture === undefined
    ? null
    : { mimeType: picture.format.toLowerCase(), bytes: new Uint8Array(picture.data) };
}

/** Tags and cover of a file; a file whose tags are missing or broken goes by its name. */
export async function readTags(path: string): Promise<{ tags: TrackTags; cover: AnalysedFile["cover"] }> {
  const fallback: TrackTags = {
    title: clean(basename(path, extname(path))) ?? "Untitled",
    artist: unknownArtist,
    album: null,
    genre: null,
    year: null,
  };
  try {
    const { common } = await parseFile(path, { duration: false });
    const { year } = common;
    const tags: TrackTags = {
      title: clean(common.title) ?? fallback.title,
      artist: clean(common.artist) ?? unknownArtist,
      album: clean(common.album),
      genre: clean(common.genre?.[0]),
      year: year !== undefined && Number.isInteger(year) && year > 0 && year < 10_000 ? year : null,
    };
    return { tags, cover: coverOf(common.picture) };
  } catch {
    return { tags: fallback, cover: null };
  }
}
