/** Music histories that a person brought: what is told of one, and which may come in. */
import type { TasteImport } from "#domain/taste/imports.ts";
import type { TrackMatcher } from "#domain/taste/matching.ts";
import { Refusal } from "./refusal.ts";

/** A history by year for two decades, and lists of favourites. */
const maxImports = 30;

/** An import as it is told: how much of it the library has now. */
export interface ImportCount extends Omit<TasteImport, "recordings"> {
  readonly recordings: number;
  /** Recordings that are in the library. */
  readonly matched: number;
  /** Tracks of the library that they are. */
  readonly tracks: number;
}

export function countOf({ recordings, ...told }: TasteImport, matcher: TrackMatcher): ImportCount {
  const found = recordings.map((recording) => matcher.match(recording)).filter(({ length }) => length > 0);
  return {
    ...told,
    recordings: recordings.length,
    matched: found.length,
    tracks: new Set(found.flat()).size,
  };
}

/** The time it came, or the next millisecond that is free. */
export function freeId(imports: readonly TasteImport[], atMs: number): string {
  const taken = new Set(imports.map(({ id }) => id));
  let free = atMs;
  while (taken.has(`import-${free}`)) free += 1;
  return `import-${free}`;
}

export function mustBeNew(imports: readonly TasteImport[], { format, recordings }: TasteImport): void {
  // Favourites have no time of their own, so times do not count.
  const contents = (one: Pick<TasteImport, "recordings">) =>
    JSON.stringify(one.recordings.map(({ artist, title, plays }) => [artist, title, plays]));
  const same = contents({ recordings });
  if (imports.some((known) => known.format === format && contents(known) === same))
    throw new Refusal("conflict", "This history is imported already.");
  if (imports.length >= maxImports)
    throw new Refusal("conflict", `There are ${maxImports} imports already. Take one out first.`);
}
