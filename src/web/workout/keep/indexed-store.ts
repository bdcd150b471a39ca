import { openDB } from "idb";
import type { DBSchema, IDBPDatabase } from "idb";
import type { SeriesRow } from "#domain/workout.ts";
import type { Checkpoint, KeepStore, KeptWorkout } from "./kept-workout.ts";

interface KeepSchema extends DBSchema {
  workouts: { key: string; value: KeptWorkout & { readonly id: string } };
  /** Keyed by [workout id, row number]. */
  rows: { key: [string, number]; value: SeriesRow };
}

/** The KeepStore of the browser: IndexedDB, shared by all tabs of this origin. */
export async function openIndexedStore(): Promise<KeepStore> {
  const database = await openDB<KeepSchema>("upbeat-workouts", 1, {
    upgrade(fresh) {
      fresh.createObjectStore("workouts", { keyPath: "id" });
      fresh.createObjectStore("rows");
    },
  });
  return new IndexedStore(database);
}

class IndexedStore implements KeepStore {
  readonly #database: IDBPDatabase<KeepSchema>;

  constructor(database: IDBPDatabase<KeepSchema>) {
    this.#database = database;
  }

  async put(workout: KeptWorkout): Promise<void> {
    await this.#database.put("workouts", { ...workout, id: workout.head.id });
  }

  async get(id: string): Promise<KeptWorkout | null> {
    return (await this.#database.get("workouts", id)) ?? null;
  }

  all(): Promise<readonly KeptWorkout[]> {
    return this.#database.getAll("workouts");
  }

  async update(id: string, change: (workout: KeptWorkout) => KeptWorkout): Promise<KeptWorkout | null> {
    const transaction = this.#database.transaction("workouts", "readwrite");
    const before = await transaction.store.get(id);
    const after = before === undefined ? null : { ...change(before), id };
    if (after !== null) await transaction.store.put(after);
    await transaction.done;
    return after;
  }

  async addRow(id: string, row: SeriesRow, checkpoint: Checkpoint): Promise<void> {
    const transaction = this.#database.transaction(["workouts", "rows"], "readwrite");
    const workouts = transaction.objectStore("workouts");
    const before = await workouts.get(id);
    if (before !== undefined) {
      await transaction.objectStore("rows").put(row, [id, before.rowCount]);
      await workouts.put({ ...before, checkpoint, rowCount: before.rowCount + 1 });
    }
    await transaction.done;
  }

  rows(id: string, fromRow: number, toRow: number): Promise<readonly SeriesRow[]> {
    return this.#database.getAll("rows", IDBKeyRange.bound([id, fromRow], [id, toRow], false, true));
  }

  async removeRows(id: string): Promise<void> {
    await this.#database.delete("rows", IDBKeyRange.bound([id, 0], [id, Infinity]));
  }

  async remove(id: string): Promise<void> {
    const transaction = this.#database.transaction(["workouts", "rows"], "readwrite");
    await transaction.objectStore("workouts").delete(id);
    await transaction.objectStore("rows").delete(IDBKeyRange.bound([id, 0], [id, Infinity]));
    await transaction.done;
  }
}
