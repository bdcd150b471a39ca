/** Whether a grid that came from outside can be used. */
import type { BeatGrid } from "../track.ts";
import type { Seconds } from "../units.ts";

/** Three hours at 400 BPM: no track of the library has more. */
export const maxGridBeats = 72_000;
/** Rounding in a file brings beats a little nearer than the nearest an edit allows. */
const nearestS: Seconds = 0.1;
/** A last beat may lie a little behind the end: another decoder's padding. */
const pastEndS: Seconds = 0.5;

/** What is wrong with a grid for a track of this length, as one line after "The grid cannot be used:"; null when nothing. */
export function gridFault({ beatsS, downbeatsS }: BeatGrid, durationS: Seconds): string | null {
  if (beatsS.length > maxGridBeats) return `it has ${beatsS.length} beats; at most ${maxGridBeats} are kept`;
  if (beatsS.length === 1) return "one beat alone is no grid";
  let previousS = Number.NEGATIVE_INFINITY;
  for (const beatS of beatsS) {
    if (!(beatS >= 0 && beatS <= durationS + pastEndS)) return "a beat lies outside the track";
    if (beatS <= previousS) return "its beats do not ascend";
    if (beatS - previousS < nearestS) return "two of its beats are less than 0.1 s apart";
    previousS = beatS;
  }
  const beats = new Set(beatsS);
  previousS = Number.NEGATIVE_INFINITY;
  for (const downbeatS of downbeatsS) {
    if (!beats.has(downbeatS)) return "a downbeat is none of its beats";
    if (downbeatS <= previousS) return "its downbeats do not ascend";
    previousS = downbeatS;
  }
  return null;
}
