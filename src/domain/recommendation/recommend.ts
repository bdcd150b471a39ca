/**
 * Which classes suit a person today, and why. Every part of a score is a fit of 0..1 with a fixed weight, and what is said
 * of it is checked against the history: docs/recommendation.md tells the formula to people. Deterministic; no clock.
 */
import type { ClassPlan, Sport } from "../class-plan.ts";
import { hashText, seededRandom } from "../seeded-random.ts";
import type { Seconds, Share } from "../units.ts";
import {
  durationFit,
  familiarity,
  freshness,
  habitsOf,
  intensityFit,
  kindFit,
  kindOf,
  levelRank,
  sportFit,
  timesAtThisTime,
  type Habits,
} from "./habits.ts";
import { dayMs, type Moment, type PastWorkout } from "./history.ts";
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
  kind: 0.22,
  level: 0.04,
  music: 0.06,
  familiar: 0.16,
  fresh: -0.2,
  ofTheDay: 0.03,
  programme: 1,
} as const;

/** 0..1, another one each day for each class: equals do not stand in the same order for ever. */
function ofTheDay({ nowMs, utcOffsetMinutes }: Moment, classId: string): Share {
  const day = Math.floor((nowMs + utcOffsetMinutes * 60_000) / dayMs);
  return seededRandom(hashText(`${classId} ${day}`))();
}

/** A class as hard as chosen; "very hard" is hard too. */
const chosenFit = 0.8;
/** Liked tracks that make a full soundtrack of an hour. */
const enoughTracks = 15;
/** A family, or a sport, that was placed already gives way a little. */
const repeatedFamilyShare = 0.9;
const repeatedSportShare = 0.97;

const sportVerbs: Readonly<Record<Sport, string>> = {
  cycling: "rode",
  running: "ran",
  walking: "walked",
  rowing: "rowed",
  strength: "did strength work",
  mobility: "did mobility work",
};

/** 1 for the next class of a programme, less where it is harder than an easy day: care comes before the plan. */
function programmeFit({ programmes = [] }: RecommendationInput, hardness: Hardness, plan: ClassPlan): Share {
  if (!programmes.some(({ classId }) => classId === plan.id)) return 0;
  return hardness === "easy" ? hardnessFit(hardness, plan.intensity) : 1;
}

/** Sum of the weighted fits, before the list is varied. */
function scoreOf(input: RecommendationInput, habits: Habits, hardness: Hardness, plan: ClassPlan): number {
  const liked = input.likedTracksFor?.(plan) ?? 0;
  return (
    weights.readiness * intensityFit(habits, hardness, plan.intensity) +
    weights.sport * sportFit(habits, plan.sport) +
    weights.duration * durationFit(habits, plan) +
    weights.kind * kindFit(habits, plan) +
    weights.level * Math.max(0, 1 - Math.abs(levelRank(plan.level) - habits.level)) +
    weights.music * Math.min(1, liked / enoughTracks) +
    weights.ofTheDay * ofTheDay(input.moment, plan.id) +
    weights.familiar * familiarity(habits, plan.id) +
    weights.fresh * freshness(habits, plan.id) +
    weights.programme * programmeFit(input, hardness, plan)
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
        repeatedFamilyShare ** (placed.get(kindOf(plan)) ?? 0) *
        repeatedSportShare ** (placed.get(plan.sport) ?? 0);
      if (damped <= bestScore) continue;
      bestAt = at;
      bestScore = damped;
    }
    const [next] = pool.splice(bestAt, 1);
    if (next === undefined) break;
    for (const key of [next.plan.sport, kindOf(next.plan)]) {
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
  if (habits.knowsDuration && Math.abs(plan.durationS / habits.targetS(plan.sport) - 1) <= 0.15) {
    const usual =
      readiness.lengthShare === 1 ? "about as long as you usually have now" : "a little shorter than usual";
    say("duration", `${minutes(plan.durationS)} min is ${usual}.`);
  }
  const atThisTime = timesAtThisTime(habits, plan.sport);
  if (atThisTime > 0) {
    say(
      "sport",
      `You ${sportVerbs[plan.sport]} ${times(atThisTime)} at this time of day in the last eight weeks.`,
    );
  }
  const sameFamily = input.past.filter(
    ({ sport, family, finished }) => sport === plan.sport && family === plan.family && finished,
  ).length;
  if (sameFamily > 0) say("family", `You have finished classes of this kind ${times(sameFamily)}.`);
  if (input.past.length > 0 && !habits.done.has(plan.id)) say("new", "You have not done this one yet.");
  const liked = input.likedTracksFor?.(plan) ?? 0;
  if (liked >= enoughTracks) say("music", `${liked} tracks you like fit its cadence.`);
  return reasons;
}

export interface Recommendations {
  readonly readiness: Readiness;
  readonly items: readonly Recommendation[];
}

/** How well single classes suit a person now, before a list is varied. */
export interface Judge {
  readonly readiness: Readiness;
  /** The higher the better; about 1 for a class that fits in every way. `hardness`, where given, replaces the day's. */
  score(plan: ClassPlan, hardness?: Hardness): number;
  reasons(plan: ClassPlan): readonly RecommendationReason[];
}

export function judgeFor(input: RecommendationInput): Judge {
  const { past, moment, classes, pastAllowed = true } = input;
  const readiness = pastAllowed ? readinessOf(past, moment) : unknownReadiness;
  const habits = habitsOf(past, moment, classes, readiness);
  return {
    readiness,
    score: (plan, hardness = readiness.hardness) => scoreOf(input, habits, hardness, plan),
    reasons: (plan) => reasonsFor(input, habits, plan),
  };
}

/** The `count` classes that suit this person now, best first. `hardness`, where given, is how hard each of them is. */
export function recommend(
  input: RecommendationInput,
  { count, hardness }: { readonly count: number; readonly hardness?: Hardness },
): Recommendations {
  const judge = judgeFor(input);
  // What was chosen holds, whatever the habits.
  const allowed = input.classes.filter(
    ({ intensity }) => hardness === undefined || hardnessFit(hardness, intensity) >= chosenFit,
  );
  const scored = allowed.map((plan) => ({ plan, score: judge.score(plan, hardness) }));
  const chosen = varied(scored, count);
  const top = chosen[0]?.score ?? 1;
  const items = chosen.map(({ plan, score }) => ({
    plan,
    score: Math.max(0, score / top),
    reasons: judge.reasons(plan),
  }));
  return { readiness: judge.readiness, items };
}
