import type { ClassPlan } from "#domain/class-plan.ts";
import {
  countsAsDone,
  progressOf,
  type DoneClass,
  type Programme,
  type Progress,
} from "#domain/programme/programme.ts";
import { partsOfMixId } from "#domain/recommendation/mix.ts";
import type { Biometrics } from "#server/ports/biometrics.ts";
import type { ClassBook } from "./class-book.ts";

const pageSize = 200;
/** Two workouts a day for the half year that counts. */
const mostWorkouts = 400;

async function doneClasses(own: Biometrics, classes: ReadonlyMap<string, ClassPlan>): Promise<DoneClass[]> {
  const done: DoneClass[] = [];
  let cursor: string | null = null;
  let read = 0;
  do {
    const page = await own.workouts({ limit: pageSize, cursor });
    for (const { head, end } of page.items) {
      const { classId } = partsOfMixId(head.classId);
      const plan = classes.get(classId);
      if (end === null || plan === undefined) continue;
      const workout = {
        classId,
        startedAtMs: head.startedAtMs,
        durationS: end.durationS,
        isWhole: end.reason === "class-finished",
      };
      if (countsAsDone(workout, plan.durationS)) done.push(workout);
    }
    read += page.items.length;
    cursor = page.nextCursor;
  } while (cursor !== null && read < mostWorkouts);
  return done;
}

export interface FollowedProgramme {
  readonly programme: Programme;
  readonly progress: Progress;
  /** Every class it names, by id. */
  readonly classes: ReadonlyMap<string, ClassPlan>;
}

/** How far a person is in each of these programmes: nothing is kept for it, their finished workouts say it. */
export async function followProgrammes(
  programmes: readonly Programme[],
  own: Biometrics,
  book: ClassBook,
): Promise<readonly FollowedProgramme[]> {
  const ids = [...new Set(programmes.flatMap(({ weeks }) => weeks.flat()))];
  const found = await Promise.all(ids.map((id) => book.byId(null, id)));
  const classes = new Map(found.filter((plan) => plan !== null).map((plan) => [plan.id, plan]));
  const done = await doneClasses(own, classes);
  return programmes.map((programme) => ({ programme, progress: progressOf(programme, done), classes }));
}
