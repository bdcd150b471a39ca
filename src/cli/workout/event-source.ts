import type { Sample } from "#domain/sensor.ts";
import type { Surroundings } from "#engine/athlete/source.ts";

/** What a headless workout is driven by. Host times; the workout starts at the `startMs` of the source's maker. */
export interface EventSource {
  /** Samples that arrive up to `toMs`. */
  advance(toMs: number, surroundings: Surroundings): readonly Sample[];
  /** The true strokes between two past times; null where only the sensors know them. */
  trueStrokesBetween(fromMs: number, toMs: number): readonly number[] | null;
  /** When it has nothing more to tell; Infinity when it never ends. */
  endMs(startMs: number): number;
  /** A recording has holes that are pauses; a simulated person has none. */
  readonly recorded: boolean;
  /** Radio delay that its sensors are known to have at least, by sensor. */
  readonly radioDelayMs: Readonly<Record<string, number>>;
}
