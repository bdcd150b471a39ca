import type { Sample } from "#domain/sensor.ts";
import type { EngineSnapshot } from "#engine/contract.ts";

/** Who moves: samples that arrive on their own clockwork while the workout runs. Sensors are not among them: they push. */
export interface Movement {
  /** Samples that have arrived up to `tMs` since the last call, in order. `snapshot` is what the person sees and hears. */
  take(tMs: number, snapshot: EngineSnapshot): readonly Sample[];
}

export const noMovement: Movement = { take: () => [] };
