import type { Intensity, Level, Sport } from "../../class-plan.ts";
import type { Cadence, Seconds } from "../../units.ts";
import {
  easy,
  numbered,
  rounds,
  spokenDuration,
  work,
  writtenDuration,
  type ClassDraft,
  type Step,
} from "../draft.ts";
import type { Effort } from "../effort.ts";

/** A class of sets of equal work intervals: what most protocols are. */
export interface IntervalRow {
  readonly sport: Sport;
  readonly family: string;
  /** Begins the slug and the title: "sweet-spot", "Sweet spot". */
  readonly slug: string;
  readonly name: string;
  readonly label?: string;
  readonly sets?: number;
  readonly reps: number;
  readonly workS: Seconds;
  readonly effort: Effort;
  readonly cadence?: Cadence;
  readonly restS: Seconds;
  readonly restEffort?: Effort;
  readonly restCadence?: Cadence;
  readonly setRestS?: Seconds;
  readonly intensity: Intensity;
  readonly level: Level;
  /** What it trains or feels like: a sentence that ends the description. */
  readonly purpose: string;
  readonly citation?: string;
  readonly equipment?: readonly string[];
  readonly warmUpS?: Seconds;
  readonly coolDownS?: Seconds;
  /** Ends the core, e.g. an easy spin after climbs. */
  readonly rollOut?: Step;
}

function shortDuration(durationS: Seconds): string {
  return durationS % 60 === 0 ? `${durationS / 60}` : `${durationS}s`;
}

function describe(row: IntervalRow): string {
  const sets = row.sets ?? 1;
  const count = sets === 1 ? `${row.reps}` : `${sets} sets of ${row.reps}`;
  const rest = row.reps > 1 || sets === 1 ? `, ${spokenDuration(row.restS)} easy between` : "";
  const between = sets > 1 ? ` and ${spokenDuration(row.setRestS ?? row.restS)} between sets` : "";
  const once = row.reps === 1 && sets === 1;
  return once
    ? `${spokenDuration(row.workS)} in one piece. ${row.purpose}`
    : `${count} × ${spokenDuration(row.workS)}${rest}${between}. ${row.purpose}`;
}

/** The draft of one row. */
export function intervalClass(row: IntervalRow): ClassDraft {
  const sets = row.sets ?? 1;
  const hard = work(row.label ?? "Hard", row.workS, row.effort, cadenceOption(row.cadence));
  const rest = easy(row.restS, row.restEffort, cadenceOption(row.restCadence));
  const setRest = easy(row.setRestS ?? row.restS, row.restEffort, cadenceOption(row.restCadence));
  const steps = rounds(sets, [{ ...setRest, label: "Easy between sets" }], (set) =>
    rounds(row.reps, [rest], (rep) => [numbered(hard, (set - 1) * row.reps + rep, sets * row.reps)]),
  );
  const counts = sets === 1 ? [row.reps] : [sets, row.reps];
  return {
    slug: [row.slug, [...counts, shortDuration(row.workS)].join("x")].join("-"),
    title: `${row.name} ${[...counts, writtenDuration(row.workS)].join(" × ")}`,
    sport: row.sport,
    family: row.family,
    description: describe(row),
    intensity: row.intensity,
    level: row.level,
    steps: row.rollOut === undefined ? steps : [...steps, row.rollOut],
    ...(row.equipment && { equipment: row.equipment }),
    ...(row.citation !== undefined && { citation: row.citation }),
    ...(row.warmUpS !== undefined && { warmUpS: row.warmUpS }),
    ...(row.coolDownS !== undefined && { coolDownS: row.coolDownS }),
  };
}

function cadenceOption(cadence: Cadence | undefined): { cadence?: Cadence } {
  return cadence === undefined ? {} : { cadence };
}

/** Level by how much of the work there is: the first third of a list sorted by it is for beginners, the last for the advanced. */
export function levelByRank(index: number, count: number): Level {
  if (index < count / 3) return "beginner";
  return index < (2 * count) / 3 ? "intermediate" : "advanced";
}
