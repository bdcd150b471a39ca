import type { DatabaseSync, SQLOutputValue } from "node:sqlite";
import type { StoredWorkout } from "#server/ports/store.ts";
import { fromCursor, toCursor } from "../cursor.ts";
import type { SynchronousParts } from "./methods.ts";

function toWorkout(row: Record<string, SQLOutputValue>): StoredWorkout {
  return {
    personId: row.person_id as string,
    workoutId: row.id as string,
    finished: row.finished === 1,
    sealed: row.sealed as Uint8Array,
  };
}

export function sqliteWorkouts(db: DatabaseSync): SynchronousParts["workouts"] {
  const put = db.prepare(
    `INSERT INTO workout (person_id, id, finished, sealed) VALUES (?, ?, ?, ?)
     ON CONFLICT (person_id, id) DO UPDATE SET finished = excluded.finished, sealed = excluded.sealed`,
  );
  const get = db.prepare("SELECT * FROM workout WHERE person_id = ? AND id = ?");
  const newest = db.prepare("SELECT * FROM workout WHERE person_id = ? ORDER BY id DESC LIMIT ?");
  const older = db.prepare("SELECT * FROM workout WHERE person_id = ? AND id < ? ORDER BY id DESC LIMIT ?");
  const putChunk = db.prepare(
    `INSERT INTO workout_chunk (person_id, workout_id, sequence, sealed) VALUES (?, ?, ?, ?)
     ON CONFLICT (person_id, workout_id, sequence) DO NOTHING`,
  );
  const chunks = db.prepare(
    "SELECT sequence, sealed FROM workout_chunk WHERE person_id = ? AND workout_id = ? ORDER BY sequence",
  );
  const remove = db.prepare("DELETE FROM workout WHERE person_id = ? AND id = ?");
  const removeChunks = db.prepare("DELETE FROM workout_chunk WHERE person_id = ? AND workout_id = ?");
  const withChunks = db.prepare("SELECT DISTINCT workout_id FROM workout_chunk WHERE person_id = ?");
  return {
    putWorkout({ personId, workoutId, finished, sealed }) {
      put.run(personId, workoutId, finished ? 1 : 0, sealed);
    },
    getWorkout(personId, workoutId) {
      const row = get.get(personId, workoutId);
      return row === undefined ? null : toWorkout(row);
    },
    listWorkouts(personId, { limit, cursor }) {
      const rows =
        cursor === null
          ? newest.all(personId, limit + 1)
          : older.all(personId, fromCursor(cursor), limit + 1);
      const last = rows.length > limit ? rows[limit - 1] : undefined;
      return {
        items: rows.slice(0, limit).map(toWorkout),
        nextCursor: last === undefined ? null : toCursor(last.id as string),
      };
    },
    putChunk({ personId, workoutId, sequence, sealed }) {
      putChunk.run(personId, workoutId, sequence, sealed);
    },
    chunks(personId, workoutId) {
      return chunks.all(personId, workoutId).map((row) => ({
        personId,
        workoutId,
        sequence: row.sequence as number,
        sealed: row.sealed as Uint8Array,
      }));
    },
    removeChunks(personId, workoutId) {
      removeChunks.run(personId, workoutId);
    },
    removeWorkout(personId, workoutId) {
      removeChunks.run(personId, workoutId);
      remove.run(personId, workoutId);
    },
    workoutsWithChunks: (personId) => withChunks.all(personId).map((row) => row.workout_id as string),
  };
}
