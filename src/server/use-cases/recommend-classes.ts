import { sports } from "#domain/class-plan.ts";
import { dayMs, plannedLoad, type PastWorkout } from "#domain/recommendation/history.ts";
import { moodMixes, type Mix } from "#domain/recommendation/mix.ts";
import { tracksInTempo } from "#domain/recommendation/music-fit.ts";
import { recommend, type Recommendations } from "#domain/recommendation/recommend.ts";
import type { KeptWorkout } from "#server/ports/biometrics.ts";
import type { Clock } from "#server/ports/environment.ts";
import type { ClassBook } from "./class-book.ts";
import type { KeepTaste } from "./keep-taste.ts";
import type { Lessons } from "./lessons.ts";

export interface RecommendationWish {
  /** Local time minus UTC, for habits by time of day. */
  readonly utcOffsetMinutes: number;
  readonly count: number;
}

export interface DayOfLoad {
  /** 0 is today, 1 yesterday, in the person's own time. */
  readonly daysAgo: number;
  readonly durationS: number;
  readonly load: number;
}

export interface Recommended extends Recommendations {
  readonly mixes: readonly Mix[];
  /** False while the person does not allow suggestions to look at workouts. */
  readonly usesWorkouts: boolean;
  /** The last days with a workout, today first. */
  readonly days: readonly DayOfLoad[];
}

export type RecommendClasses = (personId: string, wish: RecommendationWish) => Promise<Recommended>;

interface Parts {
  readonly classes: ClassBook;
  readonly lessons: Lessons;
  readonly taste: Pick<KeepTaste, "likedTempos">;
  readonly clock: Clock;
}

/** How many days of load are told. */
const daysTold = 42;

async function toPast({ head, end, facts }: KeptWorkout, classes: ClassBook): Promise<PastWorkout[]> {
  const sport = sports.find((known) => known === head.sport);
  // A simulated athlete is nobody's legs, and a replay was ridden another day.
  if (end === null || sport === undefined || head.source === "simulated" || head.source === "replay")
    return [];
  const plan = await classes.byId(head.classId);
  return [
    {
      classId: head.classId,
      sport,
      family: plan?.family ?? null,
      intensity: plan?.intensity ?? null,
      durationS: end.durationS,
      startedAtMs: head.startedAtMs,
      load: facts?.load ?? (plan === null ? 0 : plannedLoad(plan, end.durationS)),
      finished: end.reason === "class-finished",
    },
  ];
}

function loadByDay(past: readonly PastWorkout[], nowMs: number, utcOffsetMinutes: number): DayOfLoad[] {
  const dayOf = (atMs: number): number => Math.floor((atMs + utcOffsetMinutes * 60_000) / dayMs);
  const days = Map.groupBy(past, ({ startedAtMs }) => dayOf(nowMs) - dayOf(startedAtMs));
  return [...days]
    .filter(([daysAgo]) => daysAgo >= 0 && daysAgo < daysTold)
    .map(([daysAgo, workouts]) => ({
      daysAgo,
      durationS: workouts.reduce((sum, { durationS }) => sum + durationS, 0),
      load: workouts.reduce((sum, { load }) => sum + load, 0),
    }))
    .toSorted((a, b) => a.daysAgo - b.daysAgo);
}

/** Suggests classes from a person's history, load and taste, as far as they allow it. */
export function createRecommendClasses({ classes, lessons, taste, clock }: Parts): RecommendClasses {
  return async (personId, { utcOffsetMinutes, count }) => {
    const [plans, lesson, tempos] = await Promise.all([
      classes.all(),
      lessons.of(personId),
      taste.likedTempos(personId),
    ]);
    const nowMs = clock.nowMs();
    const all = await Promise.all(lesson.workouts.map((workout) => toPast(workout, classes)));
    const past = all.flat().filter(({ startedAtMs }) => startedAtMs <= nowMs);
    const input = {
      classes: plans,
      past,
      pastAllowed: lesson.allowed,
      moment: { nowMs, utcOffsetMinutes },
      likedTracksFor: tracksInTempo(tempos),
    };
    return {
      ...recommend(input, { count }),
      mixes: moodMixes(input),
      usesWorkouts: lesson.allowed,
      days: loadByDay(past, nowMs, utcOffsetMinutes),
    };
  };
}
