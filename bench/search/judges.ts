/** What a query asks for, as conditions on a class's own fields: nothing here knows the parser or the search. */
import type { ClassPlan, Intensity, Level, Sport } from "#domain/class-plan.ts";

export type Judge = (plan: ClassPlan) => boolean;

/** "45 minutes" is kept by anything within 10 % of it. */
export const near =
  (minutes: number): Judge =>
  ({ durationS }) =>
    durationS >= minutes * 54 && durationS <= minutes * 66;
export const atMost =
  (minutes: number): Judge =>
  ({ durationS }) =>
    durationS <= minutes * 60;
export const atLeast =
  (minutes: number): Judge =>
  ({ durationS }) =>
    durationS >= minutes * 60;
export const between =
  (low: number, high: number): Judge =>
  ({ durationS }) =>
    durationS >= low * 60 && durationS <= high * 60;
const is =
  (...sports: readonly Sport[]): Judge =>
  ({ sport }) =>
    sports.includes(sport);
export const ride = is("cycling");
export const run = is("running");
export const walk = is("walking");
export const row = is("rowing");
export const strength = is("strength");
export const mobility = is("mobility");
export const either =
  (...judges: readonly Judge[]): Judge =>
  (plan) =>
    judges.some((judge) => judge(plan));
export const not =
  (judge: Judge): Judge =>
  (plan) =>
    !judge(plan);

const effort =
  (...list: readonly Intensity[]): Judge =>
  ({ intensity }) =>
    list.includes(intensity);
export const easy = effort("easy");
export const moderate = effort("moderate");
export const hard = effort("hard", "very hard");
export const veryHard = effort("very hard");
export const notHard = effort("easy", "moderate");
const level =
  (name: Level): Judge =>
  (plan) =>
    plan.level === name;
export const beginner = level("beginner");
export const intermediate = level("intermediate");
export const advanced = level("advanced");

export const uses =
  (thing: string): Judge =>
  ({ equipment }) =>
    equipment.includes(thing);
export const bare: Judge = ({ equipment }) => equipment.length === 0;
export const lowImpact: Judge = (plan) => plan.lowImpact;

function wordsOf({ title, family, blocks }: ClassPlan): string {
  return [title, family.replaceAll("-", " "), ...blocks.map(({ label }) => label)].join(" ");
}
/** The class's title, family or block names say so. */
export const speaksOf =
  (pattern: RegExp): Judge =>
  (plan) =>
    pattern.test(wordsOf(plan));
/** The title or family says so. */
export const called =
  (pattern: RegExp): Judge =>
  ({ title, family }) =>
    pattern.test(`${title} ${family.replaceAll("-", " ")}`);
export const noHills = not(speaksOf(/hill|climb|incline|mountain/i));
export const noJumps: Judge = (plan) => plan.lowImpact && !speaksOf(/jump|burpee|skater/i)(plan);
/** Nothing of a minute or less at (almost) all one has. */
export const noSprints: Judge = (plan) =>
  !speaksOf(/sprint/i)(plan) &&
  !plan.blocks.some(({ kind, rpe, durationS }) => kind === "work" && (rpe ?? 0) >= 9.5 && durationS <= 60);
/** Not three or more efforts with rests between them. */
export const noIntervals: Judge = ({ blocks }) =>
  blocks.filter(({ kind }) => kind === "work").length < 3 ||
  blocks.filter(({ kind }) => kind === "recovery").length < 2;
