/**
 * How hard today should be, and why. Rules in the order of their weight, each with a reason whose every number is true.
 * Acute and chronic load are exponentially weighted means with time constants of 7 and 42 days (Banister's fitness-fatigue
 * model, whose usual constants these are); the bounds on their ratio are ours, and only ask for an easier day.
 */
import type { Intensity } from "../class-plan.ts";
import { dayMs, daysAgo, hourMs, type Moment, type PastWorkout } from "./history.ts";

export type Hardness = "easy" | "moderate" | "hard";

export interface TrainingState {
  /** Load a day, over about the last week and the last six weeks. */
  readonly acuteLoad: number;
  readonly chronicLoad: number;
  /** Acute over chronic; null before three weeks of history. */
  readonly ratio: number | null;
}

export interface Readiness extends TrainingState {
  readonly hardness: Hardness;
  readonly rule: ReadinessRule;
  readonly text: string;
  /** What to multiply the usual length with. */
  readonly lengthShare: number;
}

export type ReadinessRule =
  | "unknown"
  | "first"
  | "ladder"
  | "long-pause"
  | "pause"
  | "heavy-week"
  | "hard-lately"
  | "fresh"
  | "light-week"
  | "steady";

const acuteDays = 7;
const chronicDays = 42;
/** Before this much history the longer mean is not one yet. */
const fewestHistoryDays = 21;
/** This many workouts are a ladder: short, then longer, then harder. */
const ladderWorkouts = 4;
const pauseDays = 7;
const longPauseDays = 21;
const heavyRatio = 1.4;
const lightRatio = 0.8;
/** About an hour at 80 % of threshold; or a hard class of a quarter of an hour at least. */
const hardLoad = 60;
const hardForS = 15 * 60;
const hardForHours = 36;
const freshAfterDays = 3;
/** Hard days are only proposed to somebody who does them: one workout in seven. */
const hardHabitShare = 1 / 7;
const habitDays = 42;

export function isHard({ intensity, durationS, load }: PastWorkout): boolean {
  const hardClass = intensity === "hard" || intensity === "very hard";
  return load >= hardLoad || (hardClass && durationS >= hardForS);
}

export function trainingState(past: readonly PastWorkout[], { nowMs }: Moment): TrainingState {
  let acuteLoad = 0;
  let chronicLoad = 0;
  let oldestMs = nowMs;
  for (const { startedAtMs, load } of past) {
    const ageDays = Math.max(0, nowMs - startedAtMs) / dayMs;
    acuteLoad += (load * Math.exp(-ageDays / acuteDays)) / acuteDays;
    chronicLoad += (load * Math.exp(-ageDays / chronicDays)) / chronicDays;
    oldestMs = Math.min(oldestMs, startedAtMs);
  }
  // A history shorter than its mean is long would make every mean too low, the longer one most.
  const historyDays = (nowMs - oldestMs) / dayMs;
  if (historyDays > 0) {
    acuteLoad /= 1 - Math.exp(-historyDays / acuteDays);
    chronicLoad /= 1 - Math.exp(-historyDays / chronicDays);
  }
  const isKnown = historyDays >= fewestHistoryDays && chronicLoad > 0;
  return { acuteLoad, chronicLoad, ratio: isKnown ? acuteLoad / chronicLoad : null };
}

const hardVerbs: Readonly<Record<string, string>> = {
  cycling: "rode hard",
  running: "ran hard",
  walking: "walked hard",
  rowing: "rowed hard",
};

/** "today", "yesterday", "2 days ago". */
export function dayWords(days: number): string {
  if (days <= 0) return "today";
  return days === 1 ? "yesterday" : `${days} days ago`;
}

type Verdict = Pick<Readiness, "hardness" | "rule" | "text" | "lengthShare">;

function pauseVerdict(newest: PastWorkout, moment: Moment): Verdict | null {
  const days = daysAgo(moment, newest.startedAtMs);
  if (days < pauseDays) return null;
  const text = `Your last workout was ${days} days ago.`;
  return days >= longPauseDays
    ? {
        hardness: "easy",
        rule: "long-pause",
        lengthShare: 0.6,
        text: `${text} Short and easy is how to begin again.`,
      }
    : {
        hardness: "moderate",
        rule: "pause",
        lengthShare: 0.8,
        text: `${text} Something moderate gets you going again.`,
      };
}

function loadVerdict(past: readonly PastWorkout[], { ratio }: TrainingState, moment: Moment): Verdict {
  const lastHard = past
    .filter(isHard)
    .reduce<PastWorkout | null>(
      (last, workout) => (last === null || workout.startedAtMs > last.startedAtMs ? workout : last),
      null,
    );
  const usual = { lengthShare: 1 };
  if (ratio !== null && ratio >= heavyRatio) {
    const text = `The last week weighed ${ratio.toFixed(1)} times what you are used to; easy lets it settle.`;
    return { ...usual, hardness: "easy", rule: "heavy-week", text };
  }
  if (lastHard !== null && moment.nowMs - lastHard.startedAtMs < hardForHours * hourMs) {
    const when = dayWords(daysAgo(moment, lastHard.startedAtMs));
    const text = `You ${hardVerbs[lastHard.sport] ?? "trained hard"} ${when}; easy keeps the week on course.`;
    return { ...usual, hardness: "easy", rule: "hard-lately", text };
  }
  const habit = past.filter(({ startedAtMs }) => moment.nowMs - startedAtMs < habitDays * dayMs);
  const hardShare = habit.filter(isHard).length / Math.max(1, habit.length);
  if (lastHard !== null && hardShare >= hardHabitShare) {
    const days = daysAgo(moment, lastHard.startedAtMs);
    if (days >= freshAfterDays) {
      const text = `Your last hard workout was ${days} days ago: you are fresh for another.`;
      return { ...usual, hardness: "hard", rule: "fresh", text };
    }
  }
  if (ratio !== null && ratio < lightRatio) {
    const pct = Math.round((1 - ratio) * 100);
    const text = `The last week was ${pct} % lighter than you are used to; there is room for steady work.`;
    return { ...usual, hardness: "moderate", rule: "light-week", text };
  }
  const text = "Steady work keeps the week in balance.";
  return { ...usual, hardness: "moderate", rule: "steady", text };
}

function verdict(past: readonly PastWorkout[], state: TrainingState, moment: Moment): Verdict {
  const [first] = past;
  if (first === undefined) {
    const text = "Short and easy: enough to hear how the music moves with you. No sensor needed.";
    return { hardness: "easy", rule: "first", lengthShare: 1, text };
  }
  const newest = past.reduce(
    (last, workout) => (workout.startedAtMs > last.startedAtMs ? workout : last),
    first,
  );
  const pause = pauseVerdict(newest, moment);
  if (pause !== null) return pause;
  if (past.length < ladderWorkouts) {
    const done = past.length === 1 ? "One workout" : `${past.length} workouts`;
    const hardness = past.length < 2 || isHard(newest) ? "easy" : "moderate";
    return {
      hardness,
      rule: "ladder",
      lengthShare: 1,
      text: `${done} done. A step further, still with ease.`,
    };
  }
  return loadVerdict(past, state, moment);
}

/** For somebody whose workouts may not be looked at: they may be new to it, so it begins easily. */
export const unknownReadiness: Readiness = {
  acuteLoad: 0,
  chronicLoad: 0,
  ratio: null,
  hardness: "easy",
  rule: "unknown",
  lengthShare: 1,
  text: "An easy half hour is a good way to begin.",
};

/** @param past in any order; only workouts that the person did themselves, before now */
export function readinessOf(past: readonly PastWorkout[], moment: Moment): Readiness {
  const state = trainingState(past, moment);
  return { ...state, ...verdict(past, state, moment) };
}

const fits: Readonly<Record<Hardness, Readonly<Record<Intensity, number>>>> = {
  easy: { easy: 1, moderate: 0.4, hard: 0.05, "very hard": 0 },
  moderate: { easy: 0.5, moderate: 1, hard: 0.5, "very hard": 0.1 },
  hard: { easy: 0.2, moderate: 0.6, hard: 1, "very hard": 0.8 },
};

/** 0..1: how well a class's intensity suits a day this hard. */
export function hardnessFit(hardness: Hardness, intensity: Intensity): number {
  return fits[hardness][intensity];
}
