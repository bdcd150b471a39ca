import type { Sport } from "#domain/class-plan.ts";
import type { Milliseconds } from "#domain/units.ts";
import { strokesPerUnit } from "./track-fit.ts";

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

/** The output time nearest to `tMs` whose sound is heard on a stroke. */
export function nearestStrokeMs(
  movement: Movement,
  sport: Sport,
  tMs: Milliseconds,
  outputDelayMs: Milliseconds,
): Milliseconds {
  const perUnit = strokesPerUnit(sport);
  const strokes = movement.phaseAt(tMs + outputDelayMs) * perUnit;
  return tMs + ((Math.round(strokes) - strokes) / perUnit / movement.momentUnitsPerS) * 1000;
}
