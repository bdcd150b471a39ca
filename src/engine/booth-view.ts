import type { Cadence, Milliseconds, Seconds, Share } from "#domain/units.ts";
import type { MotionLine } from "./motion-line.ts";

/** What a look at the decks needs to know of the moment and of the class ahead. */
export interface BoothView {
  readonly nowMs: Milliseconds;
  /** The first moment a command given now can sound. */
  readonly atMs: Milliseconds;
  readonly pulse: MotionLine;
  /** Base rate of the pulse, cadence units per second. */
  readonly unitsPerS: number;
  readonly classTimeS: Seconds;
  msAtClassTime(classTimeS: Seconds): Milliseconds;
  /** Seconds since Start at a host time, pauses excluded. */
  elapsedAt(tMs: Milliseconds): Seconds;
  /** Cadence the music should serve from a class time on; null when nothing asks for one. */
  cadenceFrom(classTimeS: Seconds): Cadence | null;
  /** Where near an output time a beat would meet a stroke; null while beats are there already, or no stroke is known. */
  strokeNear(tMs: Milliseconds): Milliseconds | null;
  energyAt(classTimeS: Seconds): Share;
}
