import { sports, type ClassPlan } from "#domain/class-plan.ts";
import { countsAsDone, progressOf, type DoneClass, type Programme } from "#domain/programme/programme.ts";
import { dayMs, plannedLoad, type PastWorkout } from "#domain/recommendation/history.ts";
import { moodMixes, partsOfMixId, type Mix } from "#domain/recommendation/mix.ts";
import { tracksInTempo } from "#domain/recommendation/music-fit.ts";
import type { Hardness } from "#domain/recommendation/readiness.ts";
import {
  judgeFor,
  recommend,
  type Judge,
  type ProgrammeStep,
  type RecommendationInput,
  type Recommendations,
} from "#domain/recommendation/recommend.ts";
import type { KeptWorkout } from "#server/ports/biometrics.ts";
import type { Clock } from "#server/ports/environment.ts";
import type { AuditTrail } from "./audit.ts";
import type { ClassBook } from "./class-book.ts";
import type { Consents } from "./consents.ts";
import type { KeepTaste } from "./keep-taste.ts";
import type { Lesson, Lessons } from "./lessons.ts";
import { Refusal } from "./refusal.ts";

/** Somebody somewhere in time: local time minus UTC, for habits by time of day. */
export interface MomentOf {
  readonly personId: string;
  readonly utcOffsetMinutes: number;
}

export interface RecommendationWish extends MomentOf {
  /** The app that asks for them; null for the person. */
  readonly appId: string | null;
  readonly hardness?: Hardness;
  readonly count: number;
}

export interface Recommended extends Recommendations {
  readonly mixes: readonly Mix[];
  /** False while the person does not allow suggestions to look at workouts. */
  readonly usesWorkouts: boolean;
}

/** Rejects with `Refusal` "consent" when an app asks that the person does not share with. */
export type RecommendClasses = (wish: RecommendationWish) => Promise<Recommended>;

interface Parts {
  readonly classes: ClassBook;
  readonly programmes: () => readonly Programme[];
  readonly lessons: Lessons;
  readonly taste: Pick<KeepTaste, "likedTempos">;
  readonly consents: Pick<Consents, "allows">;
  readonly audit: Pick<AuditTrail, "note">;
  readonly clock: Clock;
}

/** A programme that was not touched for so long is not followed any more. */
const followedMs = 28 * dayMs;

function toPast({ head, end, facts }: KeptWorkout, byId: ReadonlyMap<string, ClassPlan>): PastWorkout[] {
  const sport = sports.find((known) => known === head.sport);
  // A simulated athlete is nobody's legs, and a replay was ridden another day.
  if (end === null || sport === undefined || head.source === "simulated" || head.source === "replay")
    return [];
  const { classId } = partsOfMixId(head.classId);
  const plan = byId.get(classId) ?? null;
  return [
    {
      classId,
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

/** The next class of every programme that the person has begun and not left. */
function nextSteps(
  programmes: readonly Programme[],
  past: readonly PastWorkout[],
  byId: ReadonlyMap<string, ClassPlan>,
  nowMs: number,
): ProgrammeStep[] {
  const done = past
    .map((workout): DoneClass => ({ ...workout, isWhole: workout.finished }))
    .filter((workout) => countsAsDone(workout, byId.get(workout.classId)?.durationS ?? Infinity));
  return programmes.flatMap((programme): ProgrammeStep[] => {
    const { sessions, next } = progressOf(programme, done);
    const lastMs = Math.max(...sessions.map(({ doneAtMs }) => doneAtMs ?? -Infinity));
    const session = next === null ? undefined : sessions[next];
    // Whoever happens to do a class of its middle has not begun it.
    if (session === undefined || next === null || next === 0 || nowMs - lastMs > followedMs) return [];
    const { classId } = session;
    return [{ classId, programmeTitle: programme.title, step: next + 1, steps: sessions.length }];
  });
}

/** Judges classes for a person now; null while they do not allow suggestions to look at workouts. */
export type JudgeClasses = (of: MomentOf) => Promise<Judge | null>;

type InputParts = Pick<Parts, "classes" | "programmes" | "taste" | "clock">;

async function inputFrom(
  { allowed, workouts }: Lesson,
  { personId, utcOffsetMinutes, appId = null }: MomentOf & { readonly appId?: string | null },
  { classes, programmes, taste, clock }: InputParts,
): Promise<RecommendationInput> {
  const [plans, tempos] = await Promise.all([classes.all(personId), taste.likedTempos(personId)]);
  const nowMs = clock.nowMs();
  const byId = new Map(plans.map((plan) => [plan.id, plan]));
  const past = workouts
    .flatMap((workout) => toPast(workout, byId))
    .filter(({ startedAtMs }) => startedAtMs <= nowMs);
  return {
    // Classes of one's own are suggested to nobody else.
    classes: appId === null ? plans : classes.builtIn(),
    past,
    pastAllowed: allowed,
    moment: { nowMs, utcOffsetMinutes },
    programmes: nextSteps(programmes(), past, byId, nowMs),
    likedTracksFor: tracksInTempo(tempos),
  };
}

export function createJudgeClasses(parts: InputParts & Pick<Parts, "lessons">): JudgeClasses {
  return async (of) => {
    const lesson = await parts.lessons.of(of.personId);
    return lesson.allowed ? judgeFor(await inputFrom(lesson, of, parts)) : null;
  };
}

/** Suggests classes and mixes from a person's history, load and taste, as far as they allow it. */
export function createRecommendClasses(parts: Parts): RecommendClasses {
  const { lessons, consents, audit } = parts;
  const lessonFor = async (personId: string, appId: string | null) => {
    if (appId !== null && !(await consents.allows(personId, `share:${appId}`)))
      throw new Refusal("consent", "The person does not share with this app.", { purpose: `share:${appId}` });
    const lesson = await lessons.of(personId);
    // What an app is told follows from workouts: that is a reading by the app, and it is noted before it happens.
    if (appId !== null && lesson.allowed) await audit.note(personId, `share:${appId}`, "workouts");
    return lesson;
  };
  return async ({ appId, hardness, count, ...of }) => {
    const lesson = await lessonFor(of.personId, appId);
    const input = await inputFrom(lesson, { ...of, appId }, parts);
    const found = recommend(input, { count, ...(hardness && { hardness }) });
    return {
      ...found,
      mixes: moodMixes(input, hardness ?? found.readiness.hardness),
      usesWorkouts: lesson.allowed,
    };
  };
}
