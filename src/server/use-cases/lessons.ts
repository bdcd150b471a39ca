/** The workouts that taste and recommendations may learn from: none without the person's yes to "recommend". */
import type { Consents } from "#server/use-cases/consents.ts";
import type { Biometrics, BiometricsReader, KeptWorkout } from "#server/ports/biometrics.ts";
import { Refusal } from "./refusal.ts";

/** Newest workouts that are looked at. At five a week these reach back over a year, and older ones would hardly count. */
const maxWorkoutsRead = 400;
const pageSize = 200;

export interface Lesson {
  /** False while the person has not allowed it: then there are no workouts. */
  readonly allowed: boolean;
  /** Newest first, ended ones only. */
  readonly workouts: readonly KeptWorkout[];
  /** Another one whenever the workouts or the permission have changed. */
  readonly version: string;
}

export interface Lessons {
  of(personId: string): Promise<Lesson>;
  /** Forgets what is held in memory of a person. */
  drop(personId: string): void;
}

export interface LessonsParts {
  readonly reader: BiometricsReader;
  readonly consents: Consents;
  /** Changes when a workout came, ended or went. */
  readonly version: () => number;
}

async function newest(of: Biometrics<"recommend">): Promise<KeptWorkout[]> {
  const workouts: KeptWorkout[] = [];
  let cursor: string | null = null;
  let read = 0;
  do {
    const page: Awaited<ReturnType<typeof of.workouts>> = await of.workouts({ limit: pageSize, cursor });
    workouts.push(...page.items.filter(({ finished }) => finished));
    read += pageSize;
    cursor = page.nextCursor;
  } while (cursor !== null && read < maxWorkoutsRead);
  return workouts;
}

export function createLessons({ reader, consents, version }: LessonsParts): Lessons {
  const known = new Map<string, Lesson>();
  // A withdrawal is answered only after nothing of the workouts is left here.
  consents.onChange(async ({ personId }) => {
    known.delete(personId);
  });
  return {
    drop(personId) {
      known.delete(personId);
    },
    async of(personId) {
      const allowed = await consents.allows(personId, "recommend");
      const now = `${version()} ${allowed}`;
      const before = known.get(personId);
      if (before?.version === now) return before;
      if (!allowed) return { allowed, workouts: [], version: now };
      try {
        const workouts = await newest(await reader.open("recommend", personId));
        const lesson = { allowed, workouts, version: now };
        known.set(personId, lesson);
        return lesson;
      } catch (error) {
        // Withdrawn between the question and the reading.
        if (error instanceof Refusal && error.kind === "consent") return this.of(personId);
        throw error;
      }
    },
  };
}
