/** An effort becomes yours: head, chunks of series, end; sealed before they reach the store, acknowledged once durable. */
import { sports, type ClassPlan } from "#domain/class-plan.ts";
import { describe } from "#domain/summary/words.ts";
import { computeFacts, type SummaryFacts } from "#domain/summary/facts.ts";
import type { SeriesRow, WorkoutEnd, WorkoutHead, WorkoutRecord } from "#domain/workout.ts";
import { maxSeriesRows } from "#protocol/api/schemas.ts";
import { decodeRows, encodeRows } from "#protocol/series/chunk-codec.ts";
import { SealError, type SealContext, type Sealer } from "#server/ports/sealer.ts";
import type { StoredWorkout, WorkoutStore } from "#server/ports/store.ts";
import type { ClassBook } from "./class-book.ts";
import type { KeepAthlete } from "./keep-athlete.ts";
import { Refusal } from "./refusal.ts";

/** What is sealed as one piece: everything about a workout but its series. */
interface SealedWorkout {
  readonly head: WorkoutHead;
  readonly end: WorkoutEnd | null;
  readonly facts: SummaryFacts | null;
  readonly text: string;
}

export interface KeptWorkout extends SealedWorkout {
  readonly id: string;
  readonly finished: boolean;
}

export interface KeepWorkout {
  /** Begins a workout; the same again changes nothing. */
  begin(personId: string, head: WorkoutHead): Promise<KeptWorkout>;
  /** Keeps a chunk of its series; the same sequence number again changes nothing. */
  keepChunk(personId: string, id: string, sequence: number, rows: readonly SeriesRow[]): Promise<void>;
  /** Ends it once all `chunks` are there (`Refusal` "conflict" with the missing ones otherwise). */
  end(personId: string, id: string, end: WorkoutEnd, chunks: number): Promise<KeptWorkout>;
  get(personId: string, id: string): Promise<KeptWorkout>;
  list(
    personId: string,
    page: { readonly limit: number; readonly cursor: string | null },
  ): Promise<{ items: readonly KeptWorkout[]; nextCursor: string | null }>;
  /** Everything that was recorded of a workout; of one that still runs, so far. */
  record(personId: string, id: string): Promise<WorkoutRecord>;
  remove(personId: string, id: string): Promise<void>;
}

interface KeepWorkoutParts {
  readonly workouts: WorkoutStore;
  readonly sealer: Sealer;
  readonly classes: ClassBook;
  readonly athletes: KeepAthlete;
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
  return {
    id,
    finished,
    head: {
      id,
      classId: "",
      classTitle: "Sealed workout",
      sport: "",
      startedAtMs: timeOfId(id),
      mode: "auto",
      source: "none",
    },
    end: null,
    facts: null,
    text: "The key that opens this workout is not in the keystore.",
  };
}

function checkRows(rows: readonly SeriesRow[]): void {
  let lastS = -1;
  for (const { tS } of rows) {
    if (!(tS > lastS)) throw new Refusal("invalid", "The rows of a chunk go forward in time.");
    if (tS >= maxSeriesRows) throw new Refusal("invalid", "A workout lasts at most a day.");
    lastS = tS;
  }
}

function packRows(rows: readonly SeriesRow[]): Uint8Array {
  try {
    return encodeRows(rows);
  } catch (error) {
    if (error instanceof RangeError) throw new Refusal("invalid", error.message);
    throw error;
  }
}

function checkEnd(end: WorkoutEnd): void {
  if (end.durationS > maxSeriesRows) throw new Refusal("invalid", "A workout lasts at most a day.");
}

/** Stands in for a class that is not here any more: no blocks, so nothing is compared with a target. */
function classWithoutBlocks({ classId, classTitle, sport }: WorkoutHead, durationS: number): ClassPlan {
  return {
    id: classId,
    title: classTitle,
    sport: sports.find((known) => known === sport) ?? "mobility",
    durationS,
    family: "unknown",
    description: "",
    intensity: "moderate",
    level: "intermediate",
    equipment: [],
    lowImpact: false,
    blocks: [],
    cues: [],
    citation: null,
  };
}

/** All rows in order of time; where chunks overlap, the later chunk is right. */
function mergeRows(chunks: readonly (readonly SeriesRow[])[]): SeriesRow[] {
  const byTime = new Map<number, SeriesRow>();
  for (const rows of chunks) for (const row of rows) byTime.set(row.tS, row);
  return [...byTime.values()].toSorted((a, b) => a.tS - b.tS);
}

class WorkoutKeeper implements KeepWorkout {
  readonly #parts: KeepWorkoutParts;

  constructor(parts: KeepWorkoutParts) {
    this.#parts = parts;
  }

  async begin(personId: string, head: WorkoutHead): Promise<KeptWorkout> {
    const known = await this.#find(personId, head.id);
    if (known !== null) return known;
    return this.#put(personId, { id: head.id, finished: false, head, end: null, facts: null, text: "" });
  }

  async keepChunk(personId: string, id: string, sequence: number, rows: readonly SeriesRow[]): Promise<void> {
    checkRows(rows);
    const stored = await this.#parts.workouts.getWorkout(personId, id);
    if (stored === null) throw new Refusal("not-found", "There is no such workout.");
    // A late repeat of a chunk that was counted already is fine; it changes nothing.
    if (stored.finished) return;
    const sealed = await this.#parts.sealer.seal(chunkContext(personId, id, sequence), packRows(rows));
    await this.#parts.workouts.putChunk({ personId, workoutId: id, sequence, sealed });
  }

  async end(personId: string, id: string, end: WorkoutEnd, chunks: number): Promise<KeptWorkout> {
    checkEnd(end);
    const workout = await this.get(personId, id);
    if (workout.finished) return workout;
    const stored = await this.#parts.workouts.chunks(personId, id);
    const there = new Set(stored.map((chunk) => chunk.sequence));
    const missing = Array.from({ length: chunks }, (_, sequence) => sequence).filter((n) => !there.has(n));
    if (missing.length > 0) {
      throw new Refusal("conflict", `${missing.length} chunks of the series are not here yet.`, { missing });
    }
    const rows = await this.#rows(personId, id);
    const known = await this.#parts.classes.byId(workout.head.classId);
    const plan = known ?? classWithoutBlocks(workout.head, end.durationS);
    const athlete = await this.#parts.athletes.get(personId);
    const facts = computeFacts({ end, rows, plan, athlete });
    const text = describe(facts, workout.head, athlete.units);
    return this.#put(personId, { ...workout, finished: true, end, facts, text });
  }

  async get(personId: string, id: string): Promise<KeptWorkout> {
    const workout = await this.#find(personId, id);
    if (workout === null) throw new Refusal("not-found", "There is no such workout.");
    return workout;
  }

  async list(
    personId: string,
    page: { readonly limit: number; readonly cursor: string | null },
  ): Promise<{ items: readonly KeptWorkout[]; nextCursor: string | null }> {
    const { items, nextCursor } = await this.#parts.workouts.listWorkouts(personId, page);
    return { items: await Promise.all(items.map((stored) => this.#open(stored))), nextCursor };
  }

  async record(personId: string, id: string): Promise<WorkoutRecord> {
    const { head, end } = await this.get(personId, id);
    const rows = await this.#rows(personId, id);
    const soFar: WorkoutEnd = {
      durationS: rows.at(-1)?.tS ?? 0,
      reason: "ended-early",
      trackPlays: [],
      blockPasses: [],
      distrustS: 0,
    };
    return { head, end: end ?? soFar, rows };
  }

  async remove(personId: string, id: string): Promise<void> {
    const stored = await this.#parts.workouts.getWorkout(personId, id);
    if (stored === null) throw new Refusal("not-found", "There is no such workout.");
    await this.#parts.workouts.removeWorkout(personId, id);
  }

  async #find(personId: string, id: string): Promise<KeptWorkout | null> {
    const stored = await this.#parts.workouts.getWorkout(personId, id);
    return stored === null ? null : this.#open(stored);
  }

  async #open({ personId, workoutId, finished, sealed }: StoredWorkout): Promise<KeptWorkout> {
    try {
      const plain = await this.#parts.sealer.open(workoutContext(personId, workoutId), sealed);
      const { head, end, facts, text } = JSON.parse(new TextDecoder().decode(plain)) as SealedWorkout;
      return { id: workoutId, finished, head, end, facts, text };
    } catch (error) {
      if (error instanceof SealError) return unreadable(workoutId, finished);
      throw error;
    }
  }

  async #put(personId: string, workout: KeptWorkout): Promise<KeptWorkout> {
    const { id, finished, head, end, facts, text } = workout;
    const plain = new TextEncoder().encode(
      JSON.stringify({ head, end, facts, text } satisfies SealedWorkout),
    );
    const sealed = await this.#parts.sealer.seal(workoutContext(personId, id), plain);
    await this.#parts.workouts.putWorkout({ personId, workoutId: id, finished, sealed });
    return workout;
  }

  async #rows(personId: string, id: string): Promise<SeriesRow[]> {
    const stored = await this.#parts.workouts.chunks(personId, id);
    const chunks = await Promise.all(
      stored.map(async ({ sequence, sealed }) =>
        decodeRows(await this.#parts.sealer.open(chunkContext(personId, id, sequence), sealed)),
      ),
    );
    return mergeRows(chunks);
  }
}

export function createKeepWorkout(parts: KeepWorkoutParts): KeepWorkout {
  return new WorkoutKeeper(parts);
}
