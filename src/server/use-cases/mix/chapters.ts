/** The tracks of a mix as chapters: inside the file for players that know them, beside it as a cue sheet for those that do not. */
import type { Slot } from "#domain/soundtrack.ts";
import type { PlannerTrack } from "#domain/track.ts";
import type { Seconds } from "#domain/units.ts";

export interface Chapter {
  readonly startS: Seconds;
  readonly title: string;
  readonly artist: string;
}

/** A cue sheet numbers its tracks with two digits; five hours of class have fewer. */
const mostChapters = 99;
/** Players show less; all names together stay within one page of an Ogg file. */
const mostLetters = 60;

function plain(text: string): string {
  return text
    .replace(/[\s\p{Cc}"]+/gu, " ")
    .trim()
    .slice(0, mostLetters)
    .toWellFormed();
}

export function chaptersOf(
  slots: readonly Slot[],
  tracks: ReadonlyMap<string, Pick<PlannerTrack, "title" | "artist">>,
): Chapter[] {
  return slots.slice(0, mostChapters).map(({ startS, trackId }) => {
    const track = tracks.get(trackId);
    return { startS, title: plain(track?.title ?? "") || "Untitled", artist: plain(track?.artist ?? "") };
  });
}

function digits(value: number, count: number): string {
  return String(value).padStart(count, "0");
}

/** `CHAPTER001=HH:MM:SS.mmm` and `CHAPTER001NAME=...` (xiph.org, "Chapter Extension" of the Vorbis comments). */
export function chapterComments(title: string, chapters: readonly Chapter[]): string[] {
  const named = chapters.flatMap((chapter, index) => {
    const ms = Math.round(chapter.startS * 1000);
    const time = [Math.floor(ms / 3_600_000), Math.floor(ms / 60_000) % 60, Math.floor(ms / 1000) % 60];
    const name = chapter.artist === "" ? chapter.title : `${chapter.artist} – ${chapter.title}`;
    const key = `CHAPTER${digits(index + 1, 3)}`;
    return [
      `${key}=${time.map((part) => digits(part, 2)).join(":")}.${digits(ms % 1000, 3)}`,
      `${key}NAME=${name}`,
    ];
  });
  return [`TITLE=${plain(title)}`, "ARTIST=Upbeat", ...named];
}

/** A cue sheet counts in seventy-fifths of a second. */
const cueFrames = 75;

/** @param fileName the sound's, which lies in the same folder */
export function cueSheet(fileName: string, title: string, chapters: readonly Chapter[]): string {
  const tracks = chapters.flatMap((chapter, index) => {
    const frames = Math.round(chapter.startS * cueFrames);
    const time = [
      Math.floor(frames / (60 * cueFrames)),
      Math.floor(frames / cueFrames) % 60,
      frames % cueFrames,
    ];
    return [
      `  TRACK ${digits(index + 1, 2)} AUDIO`,
      `    TITLE "${chapter.title}"`,
      `    PERFORMER "${chapter.artist}"`,
      `    INDEX 01 ${time.map((part) => digits(part, 2)).join(":")}`,
    ];
  });
  const head = [
    `PERFORMER "Upbeat"`,
    `TITLE "${plain(title)}"`,
    `FILE "${fileName.replace(/["\p{Cc}]/gu, "_")}" WAVE`,
  ];
  return `${[...head, ...tracks].join("\n")}\n`;
}
