import type { Swap } from "#domain/soundtrack.ts";
import type { LibraryInfo, SoundtrackAnswer } from "#protocol/api/schemas.ts";
import { useLibrary, useSoundtrack } from "./queries.ts";

/** What the library has for a class, while it may still be filling. */
export interface ClassMusic {
  /** Undefined until the server has said how its library stands. */
  readonly library: LibraryInfo | undefined;
  readonly soundtrack: SoundtrackAnswer | undefined;
  readonly isPlanning: boolean;
  readonly error: unknown;
  /** More tracks are on their way: what is missing now need not stay so. */
  readonly isFilling: boolean;
}

export function useClassMusic(classId: string, swaps: readonly Swap[]): ClassMusic {
  const library = useLibrary().data;
  const { data, isFetching, error } = useSoundtrack(classId, library?.tracks ?? 0, swaps);
  return { library, soundtrack: data, isPlanning: isFetching, error, isFilling: isFilling(library) };
}

export function isFilling(library: LibraryInfo | undefined): boolean {
  return library !== undefined && library.progress.state !== "idle";
}

/** Whether a class may begin: its music lasts without a track coming back, or all the music there will be is there. */
export function isEnough({ library, soundtrack }: Pick<ClassMusic, "library" | "soundtrack">): boolean {
  if (library === undefined || library.tracks === 0) return false;
  return !isFilling(library) || soundtrack?.metrics.repeats === 0;
}
