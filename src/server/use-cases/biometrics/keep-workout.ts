/** An effort becomes yours: head, chunks of series, end; sealed before they reach the store, acknowledged once durable. */
import { sports, type ClassPlan } from "#domain/class-plan.ts";
import { describe } from "#domain/summary/words.ts";
import { computeFacts } from "#domain/summary/facts.ts";
import type { SeriesRow, WorkoutEnd, WorkoutHead } from "#domain/workout.ts";
import { maxSeriesRows } from "#protocol/api/workouts.ts";
import type { KeptWorkout } from "#server/ports/biometrics.ts";
import type { ClassBook } from "../class-book.ts";
import type { Consents } from "../consents.ts";
import { Refusal } from "../refusal.ts";
import type { KeepAthlete } from "./keep-athlete.ts";
import { lineOf, type SealedWorkouts } from "./sealed-workouts.ts";

export interface KeepWorkout {
  /**
   * Begins a workout; the same again changes nothing. With detail "line" nothing but that it took place will be kept;
   * "full" rejects with `Refusal` "consent" without the person's yes.
   */
  begin(personId: string, head: WorkoutHead, detail: KeptWorkout["detail"]): Promise<KeptWorkout>;
  /** Keeps a chunk of its series; the same sequence number again changes nothing. A line takes none ("conflict"). */
  keepChunk(personId: string, id: string, sequence: number, rows: readonly SeriesRow[]): Promise<void>;
  /** Ends it once all `chunks` are there (`Refusal` "conflict" with the missing ones otherwise). */
  end(personId: string, id: string, end: WorkoutEnd, chunks: number): Promise<KeptWorkout>;
  remove(personId: string, id: string): Promise<void>;
  /** Deletes all that was ever measured; each workout stays as a line. */
  forgetMeasured(personId: string): Promise<void>;
}

interface KeepWorkoutParts {
  readonly sealed: SealedWorkouts;
  readonly consents: Consents;
  readonly classes: ClassBook;
  readonly athletes: KeepAthlete;
}

/** Workouts read at once while what was measured is forgotten. */
const forgetPageSize = 100;

function checkRows(rows: readonly SeriesRow[]): void {
  let lastS = -1;
  for (const { tS } of rows) {
    if (!(tS > lastS)) throw new Refusal("invalid", "The rows of a chunk go forward in time.");
    if (tS >= maxSeriesRows) throw new Refusal("invalid", "A workout lasts at most a day.");
    lastS = tS;
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

class WorkoutKeeper implements KeepWorkout {
  readonly #parts: KeepWorkoutParts;

  constructor(parts: KeepWorkoutParts) {
    this.#parts = parts;
  }

  async begin(personId: string, head: WorkoutHead, detail: KeptWorkout["detail"]): Promise<KeptWorkout> {
    if (detail === "full") await this.#mustAllow(personId);
    const known = await this.#parts.sealed.find(personId, head.id);
    if (known !== null) return known;
    const begun = { id: head.id, finished: false, detail, head, end: null, facts: null, text: "" } as const;
    return this.#put(personId, detail === "line" ? lineOf(begun) : begun);
  }

  async keepChunk(personId: string, id: string, sequence: number, rows: readonly SeriesRow[]): Promise<void> {
    checkRows(rows);
    await this.#mustAllow(personId);
    const { detail, finished } = await this.#parts.sealed.get(personId, id);
    if (detail === "line") throw new Refusal("conflict", "Of this workout nothing measured is kept.");
    // A late repeat of a chunk that was counted already is fine; it changes nothing.
    if (finished) return;
    await this.#parts.sealed.putChunk(personId, id, sequence, rows);
    if (!(await this.#allows(personId))) await this.forgetMeasured(personId);
  }

  async end(personId: string, id: string, end: WorkoutEnd, chunks: number): Promise<KeptWorkout> {
    checkEnd(end);
    const { sealed } = this.#parts;
    const workout = await sealed.get(personId, id);
    if (workout.finished) return workout;
    if (workout.detail === "line") return sealed.put(personId, lineOf({ ...workout, finished: true, end }));
    await this.#mustAllow(personId);
    const there = await sealed.chunkNumbers(personId, id);
    const missing = Array.from({ length: chunks }, (_, sequence) => sequence).filter((n) => !there.has(n));
    if (missing.length > 0) {
      throw new Refusal("conflict", `${missing.length} chunks of the series are not here yet.`, { missing });
    }
    const rows = await sealed.rows(personId, id);
    const known = await this.#parts.classes.byId(personId, workout.head.classId);
    const plan = known ?? classWithoutBlocks(workout.head, end.durationS);
    const athlete = await this.#parts.athletes.get(personId);
    const facts = computeFacts({ end, rows, plan, athlete });
    const text = describe(facts, workout.head, athlete.units);
    return this.#put(personId, { ...workout, finished: true, end, facts, text });
  }

  async remove(personId: string, id: string): Promise<void> {
    await this.#parts.sealed.get(personId, id);
    await this.#parts.sealed.remove(personId, id);
  }

  async forgetMeasured(personId: string): Promise<void> {
    let cursor: string | null = null;
    do {
      const page = await this.#parts.sealed.page(personId, { limit: forgetPageSize, cursor });
      for (const workout of page.items) await this.#parts.sealed.reduceToLine(personId, workout);
      cursor = page.nextCursor;
    } while (cursor !== null);
  }

  #allows(personId: string): Promise<boolean> {
    return this.#parts.consents.allows(personId, "keep-biometrics");
  }

  async #mustAllow(personId: string): Promise<void> {
    if (await this.#allows(personId)) return;
    throw new Refusal("consent", "You have not said that your workouts may be kept.", {
      purpose: "keep-biometrics",
    });
  }

  /** A withdrawal during the write has either seen what was written, or is seen here. */
  async #put(personId: string, workout: KeptWorkout): Promise<KeptWorkout> {
    const { sealed } = this.#parts;
    await sealed.put(personId, workout);
    if (workout.detail === "line" || (await this.#allows(personId))) return workout;
    await sealed.reduceToLine(personId, workout);
    return sealed.get(personId, workout.id);
  }
}

/** Listens for a withdrawn "keep-biometrics" and forgets what was measured. */
export function createKeepWorkout(parts: KeepWorkoutParts): KeepWorkout {
  const keeper = new WorkoutKeeper(parts);
  parts.consents.onChange(async ({ personId, entry }) => {
    if (entry.purpose === "keep-biometrics" && !entry.granted) await keeper.forgetMeasured(personId);
  });
  return keeper;
}
