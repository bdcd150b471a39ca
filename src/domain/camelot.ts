import type { CamelotKey } from "./track.ts";

const semitones: Readonly<Record<string, number>> = { C: 0, D: 2, E: 4, F: 5, G: 7, A: 9, B: 11 };

/** The Camelot code of a key such as ("F#", "minor"): 8B is C major, a fifth up is the next number; null for an unknown name. */
export function camelotOf(tonic: string, scale: string): CamelotKey | null {
  const natural = semitones[tonic.charAt(0)];
  if (natural === undefined || (scale !== "major" && scale !== "minor")) return null;
  const accidental = tonic.endsWith("#") ? 1 : tonic.endsWith("b") ? -1 : 0;
  const majorTonic = natural + accidental + (scale === "minor" ? 3 : 0);
  const fifths = (((majorTonic * 7) % 12) + 12) % 12;
  return `${((fifths + 7) % 12) + 1}${scale === "minor" ? "A" : "B"}`;
}
