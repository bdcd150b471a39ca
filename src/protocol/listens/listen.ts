/** What the readers of music histories have in common. */
import type { ImportFormat } from "#domain/taste/imports.ts";

export interface Listen {
  readonly artist: string;
  readonly title: string;
  /** Null in a list of favourites. */
  readonly atMs: number | null;
}

export interface Listens {
  readonly format: ImportFormat;
  readonly listens: readonly Listen[];
  /** Entries without artist, title or a time that can be: left out. */
  readonly unreadable: number;
}

/** A history that cannot be read; the message is one line for the person who gave it. */
export class ListensError extends Error {
  override name = "ListensError";
}

/** Ten years of a service's history by day and night are about half of it; far larger ones come in several files. */
export const maxListensBytes = 32 * 1024 * 1024;
/** 150 listens a day for ten years. */
export const maxListens = 500_000;

/** The first plays that a service could have noted; earlier times are a clock that was never set. */
const earliestMs = Date.UTC(2000, 0, 1);

/** Collects entries, those that cannot be read as a number only. */
export class ListenCollector {
  readonly listens: Listen[] = [];
  unreadable = 0;
  readonly #nowMs: number;

  constructor(nowMs: number) {
    this.#nowMs = nowMs;
  }

  add(artist: unknown, title: unknown, atMs: number | null): void {
    const isTimed = atMs === null || (atMs >= earliestMs && atMs <= this.#nowMs + 86_400_000);
    if (typeof artist !== "string" || typeof title !== "string" || !isTimed) this.unreadable += 1;
    else if (artist.trim() === "" || title.trim() === "") this.unreadable += 1;
    else if (this.listens.length >= maxListens)
      throw new ListensError(`It holds more than ${maxListens} listens. Import it in parts, by year.`);
    else this.listens.push({ artist: artist.trim(), title: title.trim(), atMs });
  }
}

/** A field of something that came as JSON; undefined where there is none. */
export function fieldOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;
}
