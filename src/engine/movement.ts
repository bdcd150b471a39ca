import type { Milliseconds } from "#domain/units.ts";

/** What the body does, as far as its sensors let us know. Cadence units are revolutions, steps or drives. */
export interface Movement {
  /** phase: strokes have known times. tempo: only a rate is known. */
  readonly quality: "phase" | "tempo";
  /** Rate to set the music's base tempo by, units per second. */
  readonly unitsPerS: number;
  /** Rate of the moment, quicker and noisier, units per second. */
  readonly momentUnitsPerS: number;
  /** The rate is probably changing on purpose. */
  readonly changing: boolean;
  /** Standard deviation of a stroke predicted for now. */
  readonly sigmaMs: Milliseconds;
  /** Units gone through at a host time, predicted where it lies ahead; whole numbers are tops of the downstroke. */
  phaseAt(tMs: Milliseconds): number;
}
