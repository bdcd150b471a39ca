import type { WorkoutStore } from "#server/ports/store.ts";

/** A workout store that counts when workouts came, ended or went, so that what was learned from them is learned anew. */
export interface CountedWorkouts {
  readonly workouts: WorkoutStore;
  readonly version: () => number;
}

export function countWorkouts(store: WorkoutStore): CountedWorkouts {
  let version = 0;
  const counted = async (write: Promise<void>): Promise<void> => {
    await write;
    version += 1;
  };
  return {
    workouts: {
      ...store,
      putWorkout: (workout) => counted(store.putWorkout(workout)),
      removeWorkout: (personId, workoutId) => counted(store.removeWorkout(personId, workoutId)),
    },
    version: () => version,
  };
}
