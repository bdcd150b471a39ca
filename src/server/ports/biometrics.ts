/**
 * The one door to what bodies told. Whoever reads names the purpose in code and passes the person's consent; the type of
 * what comes back carries that purpose, so that a function can demand it: `suggest(of: Biometrics<"recommend">)`.
 */
import type { AthleteProfile } from "#domain/athlete.ts";
import type { ReadPurpose } from "#domain/consent.ts";
import type { SummaryFacts } from "#domain/summary/facts.ts";
import type { WorkoutEnd, WorkoutHead, WorkoutRecord } from "#domain/workout.ts";

export interface KeptWorkout {
  readonly id: string;
  readonly finished: boolean;
  /** "line": only that it took place is kept (a private session, or consent withdrawn). */
  readonly detail: "full" | "line";
  readonly head: WorkoutHead;
  readonly end: WorkoutEnd | null;
  readonly facts: SummaryFacts | null;
  readonly text: string;
}

export interface WorkoutPage {
  readonly items: readonly KeptWorkout[];
  readonly nextCursor: string | null;
}

/**
 * One person's biometrics, opened for one purpose. Every read asks the ledger again, so a withdrawal also ends what was
 * opened before it. Methods reject with `Refusal` "consent" when it is not allowed, "not-found" when it is not there.
 */
export interface Biometrics<P extends ReadPurpose = ReadPurpose> {
  readonly purpose: P;
  readonly personId: string;
  /** Newest first. */
  workouts(page: { readonly limit: number; readonly cursor: string | null }): Promise<WorkoutPage>;
  workout(id: string): Promise<KeptWorkout>;
  /** Everything that was recorded of a workout; of one that still runs, so far. */
  record(id: string): Promise<WorkoutRecord>;
  /** The training profile; the stated defaults for somebody who has told us nothing. */
  athlete(): Promise<AthleteProfile>;
}

export interface BiometricsReader {
  /** Rejects with `Refusal` "consent" when the person has not allowed this purpose. */
  open<P extends ReadPurpose>(purpose: P, personId: string): Promise<Biometrics<P>>;
}
