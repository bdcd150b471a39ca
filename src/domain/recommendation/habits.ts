/** What a person's history says about a moment: computed once, then asked of every class. */
import { levels, type ClassPlan, type Intensity, type Level, type Sport } from "../class-plan.ts";
import type { Seconds, Share } from "../units.ts";
import {
  dayMs,
  habitWeight,
  hoursApart,
  usualDurationS,
  weightedShares,
  type Moment,
  type PastWorkout,
} from "./history.ts";
import { hardnessFit, type Hardness, type Readiness, type ReadinessRule } from "./readiness.ts";

/** Where somebody without a past begins: this long, and this much longer with each workout. */
const firstDurationS = 20 * 60;
const ladderStepS = 5 * 60;
/** Half an hour suits most people whose habits are not looked at. */
const unknownDurationS = 30 * 60;
/** Durations this far off (as a ratio, e^0.25 = 28 %) fit 60 %. */
const durationSpread = 0.25;
/** Nobody's habits rule a sport out. */
const openness = 0.08;
/** What a first visitor is most likely to have at hand. */
const firstSports: Readonly<Record<Sport, number>> = {
  cycling: 1,
  running: 0.8,
  walking: 0.8,
  rowing: 0.5,
  mobility: 0.5,
  strength: 0.4,
};
/** A kind of class counts half as much after this long, whatever the day it was done on. */
const kindHalfLifeDays = 56;
/** A class is not offered again while it is fresh: its place in the row of workouts, halved with each that followed. */
const freshHalfLifeWorkouts = 1.5;
const sameTimeHours = 2;
const fewestForHabit = 3;
/** So many workouts after one like the last weigh as much as what the day asks for. */
const rhythmPrior = 4;
/** At most this much of the day's verdict is left to a person's own rhythm. */
const mostRhythm = 0.7;
/** Where the day's verdict is said in so many words, the rhythm does not contradict it. */
const open: ReadonlySet<ReadinessRule> = new Set(["steady", "light-week", "pause"]);

export interface Habits {
  readonly readiness: Readiness;
  /** How long this person trains in a sport now. */
  readonly targetS: (sport: Sport) => Seconds;
  readonly knowsDuration: boolean;
  readonly sports: ReadonlyMap<Sport, Share>;
  /** "sport family" -> how often it was finished, each by its age; below 0 for one that was broken off. */
  readonly kinds: ReadonlyMap<string, number>;
  /** Class id -> how many workouts ago it was last done (0: the last one), and how often. */
  readonly done: ReadonlyMap<string, { readonly agoWorkouts: number; readonly times: number }>;
  /** Share of workouts that were of a class done before. */
  readonly repeats: Share;
  readonly level: number;
  readonly sameTime: ReadonlyMap<Sport, number>;
  /** What followed workouts as hard as the last one. */
  readonly rhythm: { readonly weight: Share; readonly shares: ReadonlyMap<Intensity, Share> };
}

export function levelRank(level: Level): number {
  return levels.indexOf(level);
}

export function kindOf({ sport, family }: { readonly sport: Sport; readonly family: string | null }): string {
  return `${sport} ${family}`;
}

function targetsOf(past: readonly PastWorkout[], moment: Moment, readiness: Readiness): Habits["targetS"] {
  const { rule, lengthShare } = readiness;
  if (rule === "unknown") return () => unknownDurationS;
  const allS = usualDurationS(past, moment);
  if (rule === "first" || rule === "ladder" || allS === null)
    return () => firstDurationS + past.length * ladderStepS;
  const bySport = Map.groupBy(past, ({ sport }) => sport);
  const usualS = new Map([...bySport].map(([sport, own]) => [sport, usualDurationS(own, moment)]));
  return (sport) => (usualS.get(sport) ?? allS) * lengthShare;
}

function kindsOf(past: readonly PastWorkout[], { nowMs }: Moment): Map<string, number> {
  const kinds = new Map<string, number>();
  for (const workout of past) {
    if (workout.family === null) continue;
    const age = 0.5 ** ((nowMs - workout.startedAtMs) / (kindHalfLifeDays * dayMs));
    const key = kindOf(workout);
    kinds.set(key, (kinds.get(key) ?? 0) + (workout.finished ? 1 : -0.5) * age);
  }
  return kinds;
}

/** @param past newest first */
function doneIn(past: readonly PastWorkout[]): Pick<Habits, "done" | "repeats"> {
  const done = new Map<string, { agoWorkouts: number; times: number }>();
  let repeats = 0;
  for (const [agoWorkouts, { classId }] of past.entries()) {
    const known = done.get(classId);
    if (known === undefined) done.set(classId, { agoWorkouts, times: 1 });
    else {
      known.times += 1;
      repeats += 1;
    }
  }
  return { done, repeats: past.length === 0 ? 0 : repeats / past.length };
}

/** @param past newest first */
function rhythmOf(past: readonly PastWorkout[]): Habits["rhythm"] {
  const known = past.flatMap(({ intensity }) => (intensity === null ? [] : [intensity]));
  const followers = known.filter((_, at) => known[at + 1] === known[0] && at + 1 < known.length);
  const counts = Map.groupBy(followers, (intensity) => intensity);
  const shares = new Map([...counts].map(([intensity, list]) => [intensity, list.length / followers.length]));
  return { weight: (mostRhythm * followers.length) / (followers.length + rhythmPrior), shares };
}

function levelOf(past: readonly PastWorkout[], classes: readonly ClassPlan[]): number {
  const ranks = new Map(classes.map(({ id, level }) => [id, levelRank(level)]));
  const known = past.flatMap(({ classId }) => ranks.get(classId) ?? []);
  return known.length === 0 ? 0 : known.reduce((sum, rank) => sum + rank, 0) / known.length;
}

export function habitsOf(
  past: readonly PastWorkout[],
  moment: Moment,
  classes: readonly ClassPlan[],
  readiness: Readiness,
): Habits {
  const newestFirst = past.toSorted((a, b) => b.startedAtMs - a.startedAtMs);
  const recent = past.filter(({ startedAtMs }) => moment.nowMs - startedAtMs < kindHalfLifeDays * dayMs);
  const sameTime = new Map<Sport, number>();
  for (const { sport, startedAtMs } of recent)
    if (hoursApart(moment, startedAtMs) <= sameTimeHours) sameTime.set(sport, (sameTime.get(sport) ?? 0) + 1);
  return {
    readiness,
    targetS: targetsOf(past, moment, readiness),
    knowsDuration: readiness.rule !== "ladder" && past.length >= fewestForHabit,
    sports: weightedShares(
      past,
      ({ sport }) => sport,
      ({ startedAtMs }) => habitWeight(moment, startedAtMs),
    ),
    kinds: kindsOf(past, moment),
    ...doneIn(newestFirst),
    level: levelOf(past, classes),
    sameTime,
    rhythm: rhythmOf(newestFirst),
  };
}

/** The sports somebody does at a time of day, from three times in eight weeks on. */
export function timesAtThisTime({ sameTime }: Habits, sport: Sport): number {
  const times = sameTime.get(sport) ?? 0;
  return times >= fewestForHabit ? times : 0;
}

export function sportFit({ sports }: Habits, sport: Sport): Share {
  const most = Math.max(0, ...sports.values());
  return most === 0 ? firstSports[sport] : openness + (1 - openness) * ((sports.get(sport) ?? 0) / most);
}

export function durationFit({ targetS }: Habits, { sport, durationS }: ClassPlan): Share {
  return Math.exp(-0.5 * (Math.log(durationS / targetS(sport)) / durationSpread) ** 2);
}

export function kindFit({ kinds }: Habits, plan: ClassPlan): number {
  const count = kinds.get(kindOf(plan)) ?? 0;
  return count >= 0 ? 1 - Math.exp(-count / 4) : Math.max(-1, count);
}

/** How well a class's intensity suits the day, in part by what this person does after a workout like the last. */
export function intensityFit(habits: Habits, hardness: Hardness, intensity: Intensity): Share {
  const { rhythm, readiness } = habits;
  const fit = hardnessFit(hardness, intensity);
  // A day that was chosen harder or easier than it asks for is meant so.
  if (!open.has(readiness.rule) || hardness !== readiness.hardness) return fit;
  const most = Math.max(0, ...rhythm.shares.values());
  const own = most === 0 ? 0 : (rhythm.shares.get(intensity) ?? 0) / most;
  return (1 - rhythm.weight) * fit + rhythm.weight * own;
}

/** 0..1 for somebody who comes back to classes they know: this class, by how often it was done. */
export function familiarity({ done, repeats }: Habits, classId: string): Share {
  return repeats * (1 - Math.exp(-(done.get(classId)?.times ?? 0) / 2));
}

/** 1 for the class of the last workout, falling with each that followed it. */
export function freshness({ done }: Habits, classId: string): Share {
  const known = done.get(classId);
  return known === undefined ? 0 : 0.5 ** (known.agoWorkouts / freshHalfLifeWorkouts);
}
