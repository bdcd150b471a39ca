/** All that touches sealed biometrics, put together. Whoever is outside reads through `reader` and names a purpose. */
import type { BiometricsReader } from "#server/ports/biometrics.ts";
import type { Clock } from "#server/ports/environment.ts";
import type { RetentionStore } from "#server/ports/retention.ts";
import type { Sealer } from "#server/ports/sealer.ts";
import type { AthleteStore, WorkoutStore } from "#server/ports/store.ts";
import type { AuditTrail } from "../audit.ts";
import type { ClassBook } from "../class-book.ts";
import type { Consents } from "../consents.ts";
import { countWorkouts } from "./counted-workouts.ts";
import { createKeepAthlete, type KeepAthlete } from "./keep-athlete.ts";
import { createKeepRetention, type KeepRetention } from "./keep-retention.ts";
import { createKeepWorkout, type KeepWorkout } from "./keep-workout.ts";
import { createBiometricsReader } from "./reader.ts";
import { createSealedWorkouts } from "./sealed-workouts.ts";

export interface BiometricsParts {
  readonly store: {
    readonly workouts: WorkoutStore;
    readonly athletes: AthleteStore;
    readonly retention: RetentionStore;
  };
  readonly sealer: Sealer;
  readonly consents: Consents;
  readonly audit: AuditTrail;
  readonly classes: ClassBook;
  readonly clock: Clock;
}

export interface BiometricsOfEverybody {
  readonly reader: BiometricsReader;
  readonly workouts: KeepWorkout;
  /** Saving a profile is the person's own doing and needs no further yes. */
  readonly athletes: Pick<KeepAthlete, "put">;
  /** How long workouts are kept, and the deleting of what is older. */
  readonly retention: KeepRetention;
  /** Another number whenever a workout came, ended or went: what was learned from them is out of date. */
  readonly version: () => number;
  /** Forgets what was opened of a person. */
  readonly drop: (personId: string) => void;
}

export function createBiometrics(parts: BiometricsParts): BiometricsOfEverybody {
  const { store, sealer, consents, audit, classes, clock } = parts;
  const counted = countWorkouts(store.workouts);
  const sealed = createSealedWorkouts(counted.workouts, sealer);
  const athletes = createKeepAthlete(store.athletes, sealer);
  return {
    reader: createBiometricsReader({ sealed, consents, athletes, audit }),
    workouts: createKeepWorkout({ sealed, consents, classes, athletes }),
    athletes,
    retention: createKeepRetention({ store: store.retention, sealed, audit, clock }),
    version: counted.version,
    drop: (personId) => sealed.drop(personId),
  };
}
