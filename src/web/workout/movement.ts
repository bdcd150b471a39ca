import { ReplayedAthlete } from "#engine/athlete/replay.ts";
import { SimulatedAthlete } from "#engine/athlete/simulated.ts";
import type { MovementSource } from "#engine/athlete/source.ts";
import { readActivity } from "#protocol/fit/read-activity.ts";
import type { Source } from "../ui/routes.ts";
import type { Course } from "./keep/kept-workout.ts";

/** Makes who moves, at Start. Null for sensors, which push, and for nobody. */
export type MakeMovement = (startMs: number) => MovementSource | null;

/** What moves for this source; `replayFile` is the FIT file to replay. Rejects in words when it cannot be read. */
export async function movementOf(
  source: Source,
  course: Course,
  replayFile: File | null,
): Promise<MakeMovement> {
  const { plan, athlete } = course;
  if (source === "simulated") {
    const [seed = 1] = crypto.getRandomValues(new Uint32Array(1));
    return () => new SimulatedAthlete({ seed, plan, athlete });
  }
  if (source === "replay" && replayFile !== null) {
    const { records } = readActivity(new Uint8Array(await replayFile.arrayBuffer()));
    return (startMs) => new ReplayedAthlete({ rows: records, sport: plan.sport, fromMs: startMs });
  }
  return () => null;
}
