/** Whether somebody speaks, by the level of what is heard of them: music is lowered as long as they do. */
import type { Milliseconds } from "#domain/units.ts";

/** Recorded speech lies at -30 to -15 dBFS, the room behind it at -50 or less: in between, with room for a quiet voice. */
export const speaksOverDb = -40;
/** Lower than the one above, so that a voice that trails off does not make the music flutter. */
export const speaksDownToDb = -46;
/** A knock or a click is over sooner; a voice is not yet a syllable on. */
export const attackMs = 80;
/** People breathe for less than this between sentences: the music waits. */
export const holdMs = 900;

export interface VoiceHeard {
  readonly speaks: boolean;
  /** Since when the level has said the opposite of `speaks`; null while it says the same. */
  readonly otherwiseSinceMs: Milliseconds | null;
}

export const nobodyHeard: VoiceHeard = { speaks: false, otherwiseSinceMs: null };

/** What is known after a level (root mean square, dBFS; -Infinity is silence) at `tMs`. Anything but a number is silence. */
export function hearVoice(before: VoiceHeard, levelDb: number, tMs: Milliseconds): VoiceHeard {
  const isOver = levelDb > (before.speaks ? speaksDownToDb : speaksOverDb);
  if (isOver === before.speaks)
    return before.otherwiseSinceMs === null ? before : { ...before, otherwiseSinceMs: null };
  const sinceMs = before.otherwiseSinceMs ?? tMs;
  const neededMs = before.speaks ? holdMs : attackMs;
  return tMs - sinceMs >= neededMs
    ? { speaks: isOver, otherwiseSinceMs: null }
    : { ...before, otherwiseSinceMs: sinceMs };
}
