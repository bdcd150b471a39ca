import type { KeepWorkout } from "./biometrics/keep-workout.ts";
import type { Webhooks } from "./webhooks.ts";

/** The same keeping of workouts, telling webhooks when one has ended. A line (a private session) informs nobody. */
export function tellWhenFinished(workouts: KeepWorkout, webhooks: Webhooks): KeepWorkout {
  return {
    begin: (personId, head, detail) => workouts.begin(personId, head, detail),
    keepChunk: (personId, id, sequence, rows) => workouts.keepChunk(personId, id, sequence, rows),
    remove: (personId, id) => workouts.remove(personId, id),
    forgetMeasured: (personId) => workouts.forgetMeasured(personId),
    async end(personId, id, end, chunks) {
      const workout = await workouts.end(personId, id, end, chunks);
      if (workout.detail === "full") await webhooks.tell(personId, "workout.finished", id, { workoutId: id });
      return workout;
    },
  };
}
