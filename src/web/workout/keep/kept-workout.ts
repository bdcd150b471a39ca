import type { AthleteProfile } from "#domain/athlete.ts";
import type { ClassPlan } from "#domain/class-plan.ts";
import type { Slot, Swap } from "#domain/soundtrack.ts";
import type { BlockPass, SeriesRow, TrackPlay, WorkoutEnd, WorkoutHead } from "#domain/workout.ts";
import type { TrackDetail } from "#protocol/api/schemas.ts";

/** What a workout needs to go on without the server. */
export interface Course {
  readonly plan: ClassPlan;
  readonly slots: readonly Slot[];
  readonly tracks: readonly TrackDetail[];
  readonly athlete: AthleteProfile;
  /** Tracks the person wants at given times: a plan of the rest keeps to them. */
  readonly swaps: readonly Swap[];
}

/** How far a workout had come, noted with every row. */
export interface Checkpoint {
  readonly classTimeS: number;
  readonly elapsedS: number;
  readonly distrustS: number;
  readonly trackPlays: readonly TrackPlay[];
  readonly blockPasses: readonly BlockPass[];
}

/** Rows [fromRow, toRow) under one sequence number. Once it may have been sent it never changes. */
export interface Chunk {
  readonly sequence: number;
  readonly fromRow: number;
  readonly toRow: number;
  readonly acknowledged: boolean;
}

/** A workout in this browser, from Start until the server has all of it. */
export interface KeptWorkout {
  readonly head: WorkoutHead;
  /** "line": the server shall only hear, at the end, that it took place. */
  readonly detail: "full" | "line";
  readonly course: Course;
  readonly checkpoint: Checkpoint | null;
  readonly rowCount: number;
  readonly headAcknowledged: boolean;
  readonly chunks: readonly Chunk[];
  readonly end: WorkoutEnd | null;
}

/**
 * Where kept workouts lie. A resolved promise means: written. `update` is atomic; it does nothing for an unknown id.
 */
export interface KeepStore {
  put(workout: KeptWorkout): Promise<void>;
  get(id: string): Promise<KeptWorkout | null>;
  all(): Promise<readonly KeptWorkout[]>;
  update(id: string, change: (workout: KeptWorkout) => KeptWorkout): Promise<KeptWorkout | null>;
  /** Adds the next row of a workout, with how far it has come. */
  addRow(id: string, row: SeriesRow, checkpoint: Checkpoint): Promise<void>;
  rows(id: string, fromRow: number, toRow: number): Promise<readonly SeriesRow[]>;
  /** Forgets the rows; the workout stays. */
  removeRows(id: string): Promise<void>;
  remove(id: string): Promise<void>;
}
