import type { SeriesRow } from "#domain/workout.ts";
import type { Checkpoint, KeepStore, KeptWorkout } from "./kept-workout.ts";

/** The KeepStore of a private session: nothing is written anywhere, and all of it is gone with the page. */
export class MemoryKeepStore implements KeepStore {
  readonly workouts = new Map<string, KeptWorkout>();
  readonly #rows = new Map<string, SeriesRow[]>();

  async put(workout: KeptWorkout): Promise<void> {
    this.workouts.set(workout.head.id, workout);
  }

  async get(id: string): Promise<KeptWorkout | null> {
    return this.workouts.get(id) ?? null;
  }

  async all(): Promise<readonly KeptWorkout[]> {
    return [...this.workouts.values()];
  }

  async update(id: string, change: (workout: KeptWorkout) => KeptWorkout): Promise<KeptWorkout | null> {
    const before = this.workouts.get(id);
    if (before === undefined) return null;
    const after = change(before);
    this.workouts.set(id, after);
    return after;
  }

  async addRow(id: string, row: SeriesRow, checkpoint: Checkpoint): Promise<void> {
    const rows = this.#rows.get(id) ?? [];
    rows.push(row);
    this.#rows.set(id, rows);
    await this.update(id, (workout) => ({ ...workout, checkpoint, rowCount: rows.length }));
  }

  async rows(id: string, fromRow: number, toRow: number): Promise<readonly SeriesRow[]> {
    return (this.#rows.get(id) ?? []).slice(fromRow, toRow);
  }

  async removeRows(id: string): Promise<void> {
    this.#rows.delete(id);
  }

  async remove(id: string): Promise<void> {
    this.workouts.delete(id);
    this.#rows.delete(id);
  }
}
