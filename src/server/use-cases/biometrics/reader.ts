import type { AthleteProfile } from "#domain/athlete.ts";
import type { ReadPurpose } from "#domain/consent.ts";
import type { WorkoutEnd, WorkoutRecord } from "#domain/workout.ts";
import type { Biometrics, BiometricsReader, KeptWorkout, WorkoutPage } from "#server/ports/biometrics.ts";
import type { AuditCategory } from "#server/ports/audit.ts";
import type { AuditTrail } from "../audit.ts";
import type { Consents } from "../consents.ts";
import { Refusal } from "../refusal.ts";
import type { KeepAthlete } from "./keep-athlete.ts";
import type { SealedWorkouts } from "./sealed-workouts.ts";

interface ReaderParts {
  readonly sealed: SealedWorkouts;
  readonly consents: Consents;
  readonly athletes: KeepAthlete;
  readonly audit: AuditTrail;
}

async function mustAllow(consents: Consents, personId: string, purpose: ReadPurpose): Promise<void> {
  if (await consents.allows(personId, purpose)) return;
  const details = purpose === "own" ? {} : { purpose };
  throw new Refusal(
    "consent",
    "The person has not allowed this use of what their workouts measured.",
    details,
  );
}

/** Not exported: `open` is the only way to one, so nobody holds biometrics without having named why. */
class OpenedBiometrics<P extends ReadPurpose> implements Biometrics<P> {
  readonly purpose: P;
  readonly personId: string;
  readonly #parts: ReaderParts;

  constructor(purpose: P, personId: string, parts: ReaderParts) {
    this.purpose = purpose;
    this.personId = personId;
    this.#parts = parts;
  }

  async workouts(page: { readonly limit: number; readonly cursor: string | null }): Promise<WorkoutPage> {
    await this.#check("workouts");
    const found = await this.#parts.sealed.page(this.personId, page);
    if (this.purpose === "own") return found;
    return { ...found, items: found.items.filter((workout) => this.#mayShow(workout)) };
  }

  async workout(id: string): Promise<KeptWorkout> {
    await this.#check("workouts");
    return this.#get(id);
  }

  async record(id: string): Promise<WorkoutRecord> {
    await this.#check("series");
    const { head, end } = await this.#get(id);
    const rows = await this.#parts.sealed.rows(this.personId, id);
    const soFar: WorkoutEnd = {
      durationS: rows.at(-1)?.tS ?? 0,
      reason: "ended-early",
      trackPlays: [],
      blockPasses: [],
      distrustS: 0,
    };
    return { head, end: end ?? soFar, rows };
  }

  async athlete(): Promise<AthleteProfile> {
    await this.#check("profile");
    return this.#parts.athletes.get(this.personId);
  }

  /** Lines are for the person alone: a private session informs nothing. */
  #mayShow(workout: KeptWorkout): boolean {
    return this.purpose === "own" || workout.detail === "full";
  }

  async #get(id: string): Promise<KeptWorkout> {
    const workout = await this.#parts.sealed.get(this.personId, id);
    if (!this.#mayShow(workout)) throw new Refusal("not-found", "There is no such workout.");
    return workout;
  }

  /** What somebody else reads is noted before it is read; a person's own look at their own is nobody's business. */
  async #check(category: AuditCategory): Promise<void> {
    await mustAllow(this.#parts.consents, this.personId, this.purpose);
    if (this.purpose !== "own") await this.#parts.audit.note(this.personId, this.purpose, category);
  }
}

export function createBiometricsReader(parts: ReaderParts): BiometricsReader {
  return {
    async open(purpose, personId) {
      await mustAllow(parts.consents, personId, purpose);
      return new OpenedBiometrics(purpose, personId, parts);
    },
  };
}
