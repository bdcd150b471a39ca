/** How near a key is to the true one. */
import type { CamelotKey } from "#domain/track.ts";

/** Pitch class of the tonic (0 is C), and the mode. */
export interface Tonality {
  readonly tonic: number;
  readonly minor: boolean;
}

/** 8B is C major; a number more is a fifth up; the minor of a number is its relative. */
export function tonalityOf(key: CamelotKey): Tonality {
  const minor = key.endsWith("A");
  const majorTonic = ((Number.parseInt(key, 10) + 4) * 7) % 12;
  return { tonic: minor ? (majorTonic + 9) % 12 : majorTonic, minor };
}

/** The MIREX score: 1 right, 0.5 a fifth off, 0.3 the relative, 0.2 the parallel key, 0 otherwise. */
export function keyScore(truth: Tonality, found: Tonality | null): number {
  if (found === null) return 0;
  const steps = (found.tonic - truth.tonic + 12) % 12;
  if (found.minor === truth.minor) return steps === 0 ? 1 : steps === 7 || steps === 5 ? 0.5 : 0;
  if (steps === 0) return 0.2;
  return steps === (truth.minor ? 3 : 9) ? 0.3 : 0;
}
