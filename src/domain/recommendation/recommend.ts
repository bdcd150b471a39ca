/**
 * Which classes suit a person today, and why. Every part of a score is a fit of 0..1 with a fixed weight, and what is said
 * of it is checked against the history: docs/recommendation.md tells the formula to people. Deterministic; no clock.
 */
import { levels, type ClassPlan, type Level, type Sport } from "../class-plan.ts";
import { hashText, seededRandom } from "../seeded-random.ts";
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
import { hardnessFit, readinessOf, unknownReadiness, type Hardness, type Readiness } from "./readiness.ts";

/** The next class of a programme the person follows. */
export interface ProgrammeStep {
  readonly classId: string;
  readonly programmeTitle: string;
  /** From 1. */
  readonly step: number;
  readonly steps: number;
}

export interface RecommendationInput {
  readonly classes: readonly ClassPlan[];
  /** What the person did themselves (no simulated or replayed athlete), in any order. */
  readonly past: readonly PastWorkout[];
  readonly moment: Moment;
  /** Whether the past may be looked at; without it, `past` is empty and says nothing. */
  readonly pastAllowed?: boolean;
  readonly programmes?: readonly ProgrammeStep[];
  /** How many tracks that the person likes fit a class's cadence; absent when no music is known. */
  readonly likedTracksFor?: (plan: ClassPlan) => number;
}

export type ReasonKind = "programme" | "readiness" | "duration" | "sport" | "family" | "new" | "music";

export interface RecommendationReason {
  readonly kind: ReasonKind;
  readonly text: string;
}

export interface Recommendation {
  readonly plan: ClassPlan;
  /** 1 for the best of the list. */
  readonly score: Share;
  readonly reasons: readonly RecommendationReason[];
}

const weights = {
  readiness: 0.32,
  sport: 0.3,
  duration: 0.2,
  family: 0.1,
  level: 0.08,
  music: 0.06,
  repeated: -0.25,
  ofTheDay: 0.04,
  programme: 1,
} as const;

/** Where somebody without a past begins: this long, and this much longer with each workout. */
const firstDurationS = 20 * 60;
const ladderStepS = 5 * 60;
/** Half an hour suits most people whose habits are not looked at. */
const unknownDurationS = 30 * 60;
/** Durations this far off (as a ratio, e^0.3 = 35 %) fit 60 %. */
const durationSpread = 0.3;
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
/** A class done this lately is not new; it counts as repeated the more, the fresher it is. */
const repeatDays = 21;
/** 0..1, another one each day for each class: equals do not stand in the same order for ever. */
function ofTheDay({ nowMs, utcOffsetMinutes }: Moment, classId: string): Share {
  const day = Math.floor((nowMs + utcOffsetMinutes * 60_000) / dayMs);
  return seededRandom(hashText(`${classId} ${day}`))();
}

/** Liked tracks that make a full soundtrack of an hour. */
const enoughTracks = 15;
/** A family, or a sport, that was placed already gives way a little. */
const repeatedFamilyShare = 0.9;
const repeatedSportShare = 0.97;
const habitDays = 56;
const sameTimeHours = 2;
const fewestForHabit = 3;

const sportVerbs: Readonly<Record<Sport, string>> = {
  cycling: "rode",
  running: "ran",
  walking: "walked",
  rowing: "rowed",
  strength: "did strength work",
  mobility: "did mobility work",
};

/** The habits of a person at a moment, computed once for all classes. */
interface Habits {
  readonly readiness: Readiness;
  readonly targetS: Seconds;
  readonly knowsDuration: boolean;
  readonly sports: ReadonlyMap<Sport, Share>;
  readonly mostSport: Share;
  readonly families: ReadonlyMap<string, number>;
  readonly level: number;
  readonly lastDone: ReadonlyMap<string, number>;
  readonly sameTime: ReadonlyMap<Sport, number>;
}

function levelRank(level: Level): number {
  return levels.indexOf(level);
}

function habitsOf({ past, moment, classes, pastAllowed = true }: RecommendationInput): Habits {
  const readiness = pastAllowed ? readinessOf(past, moment) : unknownReadiness;
  const usualS = usualDurationS(past, moment);
  const ladder = readiness.rule === "first" || readiness.rule === "ladder";
  const targetS =
    readiness.rule === "unknown"
      ? unknownDurationS
      : usualS === null || ladder
        ? firstDurationS + past.length * ladderStepS
        : usualS * readiness.lengthShare;
  const now = (workout: PastWorkout) => habitWeight(moment, workout.startedAtMs);
  const sports = weightedShares(past, ({ sport }) => sport, now);
  const families = new Map<string, number>();
  const lastDone = new Map<string, number>();
  const sameTime = new Map<Sport, number>();
  const levelOf = new Map(classes.map((plan) => [plan.id, levelRank(plan.level)]));
  let levelSum = 0;
  let levelCount = 0;
  for (const workout of past) {
    const { sport, family, classId, startedAtMs, finished } = workout;
    if (family !== null) {
      const key = `${sport} ${family}`;
      families.set(
        key,
        (families.get(key) ?? 0) +
          (finished ? 1 : -0.5) * 0.5 ** ((moment.nowMs - startedAtMs) / (habitDays * dayMs)),
      );
    }
    lastDone.set(classId, Math.max(startedAtMs, lastDone.get(classId) ?? 0));
    const recent = moment.nowMs - startedAtMs < habitDays * dayMs;
    if (recent && hoursApart(moment, startedAtMs) <= sameTimeHours) {
      sameTime.set(sport, (sameTime.get(sport) ?? 0) + 1);
    }
    const level = levelOf.get(classId);
    if (level === undefined) continue;
    levelSum += level;
    levelCount += 1;
  }
  return {
    readiness,
    targetS,
    knowsDuration: !ladder && past.length >= fewestForHabit,
    sports,
    mostSport: Math.max(0, ...sports.values()),
    families,
    level: levelCount === 0 ? 0 : levelSum / levelCount,
    lastDone,
    sameTime,
  };
}

function sportFit({ sports, mostSport }: Habits, sport: Sport): Share {
  if (mostSport === 0) return firstSports[sport];
  return openness + (1 - openness) * ((sports.get(sport) ?? 0) / mostSport);
}

function durationFit({ targetS }: Habits, durationS: Seconds): Share {
  return Math.exp(-0.5 * (Math.log(durationS / targetS) / durationSpread) ** 2);
}

function familyFit({ families }: Habits, plan: ClassPlan): number {
  const count = families.get(`${plan.sport} ${plan.family}`) ?? 0;
  return count >= 0 ? 1 - Math.exp(-count / 2) : Math.max(-1, count);
}

function repeatedShare({ lastDone }: Habits, { nowMs }: Moment, classId: string): Share {
  const doneMs = lastDone.get(classId);
  return doneMs === undefined ? 0 : Math.max(0, 1 - (nowMs - doneMs) / (repeatDays * dayMs));
}

/** Sum of the weighted fits, before the list is varied. */
function scoreOf(input: RecommendationInput, habits: Habits, hardness: Hardness, plan: ClassPlan): number {
  const liked = input.likedTracksFor?.(plan) ?? 0;
  const isNext = input.programmes?.some(({ classId }) => classId === plan.id) ?? false;
  return (
    weights.readiness * hardnessFit(hardness, plan.intensity) +
    weights.sport * sportFit(habits, plan.sport) +
    weights.duration * durationFit(habits, plan.durationS) +
    weights.family * familyFit(habits, plan) +
    weights.level * Math.max(0, 1 - Math.abs(levelRank(plan.level) - habits.level)) +
    weights.music * Math.min(1, liked / enoughTracks) +
    weights.ofTheDay * ofTheDay(input.moment, plan.id) +
    weights.repeated * repeatedShare(habits, input.moment, plan.id) +
    (isNext ? weights.programme : 0)
  );
}

/** The best `count`, each sport and family giving way a little after every class it has placed. */
function varied(scored: readonly { plan: ClassPlan; score: number }[], count: number): typeof scored {
  const pool = scored.toSorted((a, b) => b.score - a.score).slice(0, 40 * count);
  const placed = new Map<string, number>();
  const chosen: { plan: ClassPlan; score: number }[] = [];
  while (chosen.length < count && pool.length > 0) {
    let bestAt = 0;
    let bestScore = -Infinity;
    for (const [at, { plan, score }] of pool.entries()) {
      const damped =
        score *
        repeatedFamilyShare ** (placed.get(`${plan.sport} ${plan.family}`) ?? 0) *
        repeatedSportShare ** (placed.get(plan.sport) ?? 0);
      if (damped <= bestScore) continue;
      bestAt = at;
      bestScore = damped;
    }
    const [next] = pool.splice(bestAt, 1);
    if (next === undefined) break;
    for (const key of [next.plan.sport, `${next.plan.sport} ${next.plan.family}`]) {
      placed.set(key, (placed.get(key) ?? 0) + 1);
    }
    chosen.push({ plan: next.plan, score: bestScore });
  }
  return chosen;
}

function minutes(durationS: Seconds): number {
  return Math.round(durationS / 60);
}

function times(count: number): string {
  return count === 1 ? "once" : `${count} times`;
}

/** Every reason that is true of this class for this person, the weightiest first. */
function reasonsFor(input: RecommendationInput, habits: Habits, plan: ClassPlan): RecommendationReason[] {
  const { readiness } = habits;
  const reasons: RecommendationReason[] = [];
  const say = (kind: ReasonKind, text: string): void => {
    reasons.push({ kind, text });
  };
  const next = input.programmes?.find(({ classId }) => classId === plan.id);
  if (next !== undefined) {
    say("programme", `Next in “${next.programmeTitle}”: ${next.step} of ${next.steps}.`);
  }
  if (hardnessFit(readiness.hardness, plan.intensity) === 1) say("readiness", readiness.text);
  if (habits.knowsDuration && Math.abs(plan.durationS / habits.targetS - 1) <= 0.15) {
    const usual =
      readiness.lengthShare === 1 ? "about as long as you usually have now" : "a little shorter than usual";
    say("duration", `${minutes(plan.durationS)} min is ${usual}.`);
  }
  const atThisTime = habits.sameTime.get(plan.sport) ?? 0;
  if (atThisTime >= fewestForHabit) {
    say(
      "sport",
      `You ${sportVerbs[plan.sport]} ${times(atThisTime)} at this time of day in the last eight weeks.`,
    );
  }
  const sameFamily = input.past.filter(
    ({ sport, family, finished }) => sport === plan.sport && family === plan.family && finished,
  ).length;
  if (sameFamily > 0) say("family", `You have finished classes of this kind ${times(sameFamily)}.`);
  if (input.past.length > 0 && !habits.lastDone.has(plan.id)) say("new", "You have not done this one yet.");
  const liked = input.likedTracksFor?.(plan) ?? 0;
  if (liked >= enoughTracks) say("music", `${liked} tracks you like fit its cadence.`);
  return reasons;
}

export interface Recommendations {
  readonly readiness: Readiness;
  readonly items: readonly Recommendation[];
}

/** The `count` classes that suit this person now, best first. `hardness` overrules what the day asks for. */
export function recommend(
  input: RecommendationInput,
  { count, hardness }: { readonly count: number; readonly hardness?: Hardness },
): Recommendations {
  const habits = habitsOf(input);
  const asked = hardness ?? habits.readiness.hardness;
  const scored = input.classes.map((plan) => ({ plan, score: scoreOf(input, habits, asked, plan) }));
  const chosen = varied(scored, count);
  const top = chosen[0]?.score ?? 1;
  const items = chosen.map(({ plan, score }) => ({
    plan,
    score: Math.max(0, score / top),
    reasons: reasonsFor(input, habits, plan),
  }));
  return { readiness: habits.readiness, items };
}
