import type { Seconds } from "./units.ts";

/** One track's turn in a soundtrack. Slots touch; the boundary is the middle of the crossfade. */
export interface Slot {
  readonly startS: Seconds;
  readonly endS: Seconds;
  readonly trackId: string;
  /** Position in the track that sounds at `startS`; on a bar line of the track. */
  readonly sourceStartS: Seconds;
  /** Beats per cadence unit (revolution, step, drive); 0 where the class has no cadence target. */
  readonly tempoRatio: number;
  /** Mean playback rate against the original over the slot, 1 = untouched. */
  readonly stretch: number;
  /** Plain sentences: why this track here. */
  readonly why: readonly string[];
}

export interface SoundtrackMetrics {
  /** Share of class time (with a cadence target) whose stretch is within 4 % / 8 %. */
  readonly timeWithin4Pct: number;
  readonly timeWithin8Pct: number;
  readonly meanStretchPct: number;
  /** Pearson correlation of wanted and planned energy over time. */
  readonly energyCorrelation: number;
  /** Share of transitions at Camelot distance 0 or 1. */
  readonly keyCompatiblePct: number;
  readonly repeats: number;
}

/** The plan of tracks over a class. `lowerBound` is proven: no soundtrack from this library costs less. */
export interface Soundtrack {
  readonly classId: string;
  readonly slots: readonly Slot[];
  readonly metrics: SoundtrackMetrics;
  /** Plain sentences: what music the library lacks for this class. */
  readonly missing: readonly string[];
  readonly cost: number;
  readonly lowerBound: number;
  readonly gapPct: number;
}

/** Where in its track a slot is at class time `tS`, at the planned stretch. */
export function plannedSourceS(slot: Slot, tS: Seconds): Seconds {
  return slot.sourceStartS + (tS - slot.startS) * slot.stretch;
}

export type Mode = "auto" | "follow" | "lead" | "steady";
export const modes = ["auto", "follow", "lead", "steady"] as const satisfies readonly Mode[];
