import type { ClassPlan } from "#domain/class-plan.ts";
import type { Alternative, Soundtrack, Swap } from "#domain/soundtrack.ts";
import type { PlannerTaste } from "#domain/taste/planner-taste.ts";
import type { PlannerTrack } from "#domain/track.ts";

export interface PlanRequest {
  readonly plan: ClassPlan;
  readonly seed: number;
  /** Plan from this class time on; 0 for the whole class. */
  readonly fromS: number;
  readonly exclude: readonly string[];
  readonly taste: PlannerTaste;
  readonly swaps: readonly Swap[];
  /** The soundtrack without swaps, where it is at hand. */
  readonly unswapped?: Pick<Soundtrack, "grid" | "lowerBound">;
}

/** `tracks` is only called when the planner does not hold this `version` of the library yet. */
export interface PlannerLibrary {
  readonly version: number;
  tracks(): Promise<readonly PlannerTrack[]>;
}

/** Plans soundtracks away from the thread that answers requests. */
export interface SoundtrackPlanner {
  plan(request: PlanRequest, library: PlannerLibrary): Promise<Soundtrack>;
  /** The next best tracks for the slot at class time `atS`, cheapest first. */
  alternatives(request: PlanRequest, atS: number, library: PlannerLibrary): Promise<readonly Alternative[]>;
  close(): Promise<void>;
}
