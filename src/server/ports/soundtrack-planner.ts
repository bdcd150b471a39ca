import type { ClassPlan } from "#domain/class-plan.ts";
import type { Soundtrack } from "#domain/soundtrack.ts";
import type { PlannerTaste } from "#domain/taste/planner-taste.ts";
import type { PlannerTrack } from "#domain/track.ts";

export interface PlanRequest {
  readonly plan: ClassPlan;
  readonly seed: number;
  /** Plan from this class time on; 0 for the whole class. */
  readonly fromS: number;
  readonly exclude: readonly string[];
  readonly taste: PlannerTaste;
}

/** Plans soundtracks away from the thread that answers requests. */
export interface SoundtrackPlanner {
  /** `tracks` is only called when the planner does not hold this `version` of the library yet. */
  plan(
    request: PlanRequest,
    library: { readonly version: number; tracks(): Promise<readonly PlannerTrack[]> },
  ): Promise<Soundtrack>;
  close(): Promise<void>;
}
