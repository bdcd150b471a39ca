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

/** At class time `atS` this track shall sound, whatever else would. */
export interface Swap {
  readonly atS: Seconds;
  readonly trackId: string;
}

/** A slot before its edges moved to bar lines. */
export type GridSlot = Pick<Slot, "trackId" | "startS" | "endS">;

/** Another track for a slot. */
export interface Alternative {
  /** The slot that it would get. */
  readonly slot: Slot;
  /** All swaps of the soundtrack with this one made. */
  readonly swaps: readonly Swap[];
  /** How much more the whole soundtrack would cost than it does now, and that as a share of its cost; below 0: less. */
  readonly extraCost: number;
  readonly extraPct: number;
  /** The same in words: "a little worse". */
  readonly words: string;
}

/** The plan of tracks over a class. `lowerBound` is proven: no soundtrack from this library costs less. */
export interface Soundtrack {
  readonly classId: string;
  readonly slots: readonly Slot[];
  readonly metrics: SoundtrackMetrics;
  /** Plain sentences: what music the library lacks for this class. */
  readonly missing: readonly string[];
  /** The swaps that it honours; one whose track is not there, or cannot sound then, is left out. */
  readonly swaps: readonly Swap[];
  /** The plan on the grid of 15 s: `cost` and `lowerBound` are those of this. */
  readonly grid: readonly GridSlot[];
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
