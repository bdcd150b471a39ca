import type { Sample } from "#domain/sensor.ts";
import type { EngineSnapshot } from "#engine/contract.ts";
import type { Source } from "../ui/routes.ts";
import type { Course } from "./keep/kept-workout.ts";

/** Who moves: samples that arrive on their own clockwork while the workout runs. Sensors are not among them: they push. */
export interface Movement {
  /** Samples that have arrived up to `tMs` since the last call, in order. `snapshot` is what the person sees and hears. */
  take(tMs: number, snapshot: EngineSnapshot): readonly Sample[];
}

const noMovement: Movement = { take: () => [] };

/** The movement of a source; `replayFile` is the FIT file to replay. Rejects in words when it cannot be read. */
export async function movementOf(
  _source: Source,
  _course: Course,
  _replayFile: File | null,
): Promise<Movement> {
  return noMovement;
}
