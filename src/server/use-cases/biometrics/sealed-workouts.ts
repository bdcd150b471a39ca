/** Workouts between the store and the rest of this folder: sealed on the way in, opened on the way out. */
import type { SeriesRow, WorkoutHead } from "#domain/workout.ts";
import { decodeRows, encodeRows } from "#protocol/series/chunk-codec.ts";
import type { KeptWorkout, WorkoutPage } from "#server/ports/biometrics.ts";
import { SealError, type SealContext, type Sealer } from "#server/ports/sealer.ts";
import type { StoredWorkout, WorkoutStore } from "#server/ports/store.ts";
import { Refusal } from "../refusal.ts";
import { rememberPages } from "./remembered-pages.ts";

/** What is sealed as one piece: everything about a workout but its series. */
type SealedWorkout = Omit<KeptWorkout, "id" | "finished">;

export interface SealedWorkouts {
  find(personId: string, id: string): Promise<KeptWorkout | null>;
  /** Rejects with `Refusal` "not-found". */
  get(personId: string, id: string): Promise<KeptWorkout>;
  page(
    personId: string,
    page: { readonly limit: number; readonly cursor: string | null },
  ): Promise<WorkoutPage>;
  put(personId: string, workout: KeptWorkout): Promise<KeptWorkout>;
  putChunk(personId: string, id: string, sequence: number, rows: readonly SeriesRow[]): Promise<void>;
  /** Sequence numbers of the chunks that are there. */
  chunkNumbers(personId: string, id: string): Promise<ReadonlySet<number>>;
  /** The series, in order of time; where chunks overlap, the later chunk is right. */
  rows(personId: string, id: string): Promise<readonly SeriesRow[]>;
  /** Leaves of a workout that it took place. */
  reduceToLine(personId: string, workout: KeptWorkout): Promise<void>;
  remove(personId: string, id: string): Promise<void>;
  /** Forgets the series of a workout; its summary stays. */
  removeSeries(personId: string, id: string): Promise<void>;
  /** Ids of the workouts that have a series. */
  withSeries(personId: string): Promise<ReadonlySet<string>>;
  /** Forgets what was opened of a person. */
  drop(personId: string): void;
}

function workoutContext(personId: string, id: string): SealContext {
  return { personId, category: "workout", rowId: id };
}

function chunkContext(personId: string, id: string, sequence: number): SealContext {
  return { personId, category: "series", rowId: `${id}/${sequence}` };
}

/** The time a UUIDv7 was made: its first 48 bits (RFC 9562, 5.7). */
function timeOfId(id: string): number {
  return Number.parseInt(id.replaceAll("-", "").slice(0, 12), 16);
}

/** What can be said of a workout whose key is gone: that it was, and when. */
function unreadable(id: string, finished: boolean): KeptWorkout {
  const head: WorkoutHead = {
    id,
    classId: "",
    classTitle: "Sealed workout",
    sport: "",
    startedAtMs: timeOfId(id),
    mode: "auto",
    source: "none",
  };
  const text = "The key that opens this workout is not in the keystore.";
  return { id, finished, detail: "line", head, end: null, facts: null, text };
}

function packRows(rows: readonly SeriesRow[]): Uint8Array {
  try {
    return encodeRows(rows);
  } catch (error) {
    if (error instanceof RangeError) throw new Refusal("invalid", error.message);
    throw error;
  }
}

function mergeRows(chunks: readonly (readonly SeriesRow[])[]): readonly SeriesRow[] {
  const byTime = new Map<number, SeriesRow>();
  for (const rows of chunks) for (const row of rows) byTime.set(row.tS, row);
  return [...byTime.values()].toSorted((a, b) => a.tS - b.tS);
}

/** What may stay of a workout that is only a line: when, which class, how long. */
export function lineOf(workout: KeptWorkout): KeptWorkout {
  const { end } = workout;
  const bareEnd = end && { ...end, trackPlays: [], blockPasses: [], distrustS: 0 };
  const head = { ...workout.head, mode: "auto", source: "none" } as const;
  return { ...workout, detail: "line", head, end: bareEnd, facts: null, text: "" };
}

export function createSealedWorkouts(store: WorkoutStore, sealer: Sealer): SealedWorkouts {
  const open = async ({ personId, workoutId, finished, sealed }: StoredWorkout): Promise<KeptWorkout> => {
    try {
      const plain = await sealer.open(workoutContext(personId, workoutId), sealed);
      const workout = JSON.parse(new TextDecoder().decode(plain)) as SealedWorkout;
      return { ...workout, id: workoutId, finished };
    } catch (error) {
      if (error instanceof SealError) return unreadable(workoutId, finished);
      throw error;
    }
  };
  const find = async (personId: string, id: string): Promise<KeptWorkout | null> => {
    const stored = await store.getWorkout(personId, id);
    return stored === null ? null : open(stored);
  };
  const pages = rememberPages(async (personId, page) => {
    const { items, nextCursor } = await store.listWorkouts(personId, page);
    return { items: await Promise.all(items.map(open)), nextCursor };
  });
  const changing = async (personId: string, write: () => Promise<void>): Promise<void> => {
    pages.drop(personId);
    await write().finally(() => pages.drop(personId));
  };
  const put = async (personId: string, workout: KeptWorkout): Promise<KeptWorkout> => {
    const { id, finished, ...rest } = workout;
    const plain = new TextEncoder().encode(JSON.stringify(rest satisfies SealedWorkout));
    const sealed = await sealer.seal(workoutContext(personId, id), plain);
    await changing(personId, () => store.putWorkout({ personId, workoutId: id, finished, sealed }));
    return workout;
  };
  return {
    find,
    put,
    async get(personId, id) {
      const workout = await find(personId, id);
      if (workout === null) throw new Refusal("not-found", "There is no such workout.");
      return workout;
    },
    page: (personId, page) => pages.get(personId, page),
    drop: (personId) => pages.drop(personId),
    async putChunk(personId, id, sequence, rows) {
      const sealed = await sealer.seal(chunkContext(personId, id, sequence), packRows(rows));
      await store.putChunk({ personId, workoutId: id, sequence, sealed });
    },
    async chunkNumbers(personId, id) {
      const chunks = await store.chunks(personId, id);
      return new Set(chunks.map(({ sequence }) => sequence));
    },
    async rows(personId, id) {
      const stored = await store.chunks(personId, id);
      const chunks = stored.map(async ({ sequence, sealed }) =>
        decodeRows(await sealer.open(chunkContext(personId, id, sequence), sealed)),
      );
      return mergeRows(await Promise.all(chunks));
    },
    async reduceToLine(personId, workout) {
      if (workout.detail === "full") await put(personId, lineOf(workout));
      await store.removeChunks(personId, workout.id);
    },
    removeSeries: (personId, id) => store.removeChunks(personId, id),
    withSeries: async (personId) => new Set(await store.workoutsWithChunks(personId)),
    remove: (personId, id) => changing(personId, () => store.removeWorkout(personId, id)),
  };
}
