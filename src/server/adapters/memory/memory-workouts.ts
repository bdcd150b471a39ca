import type { SealedRow, StoredWorkout, WorkoutStore } from "#server/ports/store.ts";
import { fromCursor, toCursor } from "../cursor.ts";

type Chunk = SealedRow & { readonly sequence: number };

export function memoryWorkouts(): WorkoutStore & { forget(personId: string): void } {
  const workouts = new Map<string, StoredWorkout>();
  const chunks = new Map<string, Map<number, Chunk>>();
  const keyOf = (personId: string, workoutId: string): string => JSON.stringify([personId, workoutId]);
  return {
    forget(personId) {
      for (const [key, workout] of workouts) if (workout.personId === personId) workouts.delete(key);
      for (const [key, ofWorkout] of chunks) {
        if ([...ofWorkout.values()].some((chunk) => chunk.personId === personId)) chunks.delete(key);
      }
    },
    async putWorkout(workout) {
      workouts.set(keyOf(workout.personId, workout.workoutId), workout);
    },
    getWorkout: async (personId, workoutId) => workouts.get(keyOf(personId, workoutId)) ?? null,
    async listWorkouts(personId, { limit, cursor }) {
      const before = cursor === null ? null : fromCursor(cursor);
      const rest = [...workouts.values()]
        .filter((workout) => workout.personId === personId)
        .filter((workout) => before === null || workout.workoutId < before)
        .toSorted((a, b) => (a.workoutId < b.workoutId ? 1 : -1));
      const items = rest.slice(0, limit);
      const last = items.at(-1);
      const more = rest.length > limit && last !== undefined;
      return { items, nextCursor: more ? toCursor(last.workoutId) : null };
    },
    async putChunk(chunk) {
      const key = keyOf(chunk.personId, chunk.workoutId);
      const ofWorkout = chunks.get(key) ?? new Map<number, Chunk>();
      chunks.set(key, ofWorkout);
      if (!ofWorkout.has(chunk.sequence)) ofWorkout.set(chunk.sequence, chunk);
    },
    async chunks(personId, workoutId) {
      const ofWorkout = chunks.get(keyOf(personId, workoutId));
      return [...(ofWorkout?.values() ?? [])].toSorted((a, b) => a.sequence - b.sequence);
    },
    async removeChunks(personId, workoutId) {
      chunks.delete(keyOf(personId, workoutId));
    },
    async workoutsWithChunks(personId) {
      const all = [...chunks.values()].flatMap((ofWorkout) => [...ofWorkout.values()]);
      return [...new Set(all.filter((chunk) => chunk.personId === personId).map((chunk) => chunk.workoutId))];
    },
    async removeWorkout(personId, workoutId) {
      workouts.delete(keyOf(personId, workoutId));
      chunks.delete(keyOf(personId, workoutId));
    },
  };
}
