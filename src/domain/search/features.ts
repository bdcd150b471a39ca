import { workExertion } from "../catalogue/intensity.ts";
import type { ClassPlan, Sport } from "../class-plan.ts";
import { clamp } from "../units.ts";
import type { Concept, Feel, FeelName } from "./query.ts";

/** Cadence that is neither slow nor quick in its sport, and how far slow and quick lie from it. */
const middleCadence: Readonly<Partial<Record<Sport, readonly [middle: number, reach: number]>>> = {
  cycling: [86, 18],
  running: [168, 14],
  walking: [117, 10],
  rowing: [22, 6],
};

/** Where a class lies in each direction a wish can point, -1..1. */
export type Features = Readonly<Record<FeelName, number>>;

function centred(value: number, low: number, high: number): number {
  return clamp((2 * (value - low)) / (high - low) - 1, -1, 1);
}

/** Mean cadence of the parts that are not warm-up, cool-down or rest, against the sport's middle. */
function cadenceFeature(plan: ClassPlan): number {
  const middle = middleCadence[plan.sport];
  if (middle === undefined) return 0;
  let timeS = 0;
  let sum = 0;
  for (const block of plan.blocks) {
    if (block.cadence === null || (block.kind !== "work" && block.kind !== "steady")) continue;
    timeS += block.durationS;
    sum += (block.durationS * (block.cadence.from + block.cadence.to)) / 2;
  }
  return timeS === 0 ? 0 : clamp((sum / timeS - middle[0]) / middle[1], -1, 1);
}

/** The domain's own embedding of a class: how hard, how high its peaks, how varied, how quick, how many pieces, how long. */
export function featuresOf(plan: ClassPlan): Features {
  const exertions = plan.blocks.map((block) => block.rpe ?? 0);
  const pieces = plan.blocks.filter((block) => block.kind === "work").length;
  let changes = 0;
  for (const [index, exertion] of exertions.entries())
    if (index > 0) changes += Math.abs(exertion - (exertions[index - 1] ?? exertion));
  return {
    exertion: centred(workExertion(plan.blocks), 1.5, 8.5),
    peak: centred(Math.max(0, ...exertions), 2, 10),
    variety: centred(Math.log2(1 + (changes * 600) / plan.durationS), 0, 5.5),
    cadence: cadenceFeature(plan),
    pieces: centred(Math.log2(1 + pieces), 0, 5),
    length: centred(Math.log2(plan.durationS / 60), Math.log2(10), Math.log2(75)),
  };
}

/** How well a class answers a wish, -1..1: it is best when each wished direction is reached in full. */
export function feelFit(features: Features, feel: Feel): number {
  let weight = 0;
  let sum = 0;
  for (const [name, wish] of Object.entries(feel) as [FeelName, number][]) {
    weight += Math.abs(wish);
    sum += Math.abs(wish) * (1 - Math.abs(features[name] - wish));
  }
  return weight === 0 ? 0 : sum / weight;
}

/** Efforts near all-out and no longer than this are sprints. */
const sprintExertion = 9;
const sprintLongestS = 60;
const leastIntervals = 3;
const hillWords = /hill|climb|incline|mountain|rolling/i;
const jumpWords = /jump|burpee|skater|plyo|hop/i;
const floorWords =
  /plank|floor|bridge|push-up|dead bug|bird dog|crunch|lying|cobra|child|pigeon|seated|savasana|roll/i;

/** What a class holds of the things people ask for or avoid. */
export function conceptsOf(plan: ClassPlan): ReadonlySet<Concept> {
  const found = new Set<Concept>();
  const work = plan.blocks.filter((block) => block.kind === "work");
  const rests = plan.blocks.filter((block) => block.kind === "recovery");
  const tempoSport = plan.sport !== "strength" && plan.sport !== "mobility";
  const words = [plan.title, plan.family, ...plan.blocks.map((block) => block.label)].join(" ");
  const sprints = work.some(
    (block) => (block.rpe ?? 0) >= sprintExertion && block.durationS <= sprintLongestS,
  );
  if ((tempoSport && sprints) || /sprint/i.test(words)) found.add("sprints");
  if (work.length >= leastIntervals && rests.length >= leastIntervals - 1) found.add("intervals");
  if (hillWords.test(words)) found.add("hills");
  if (jumpWords.test(words) || (plan.sport === "strength" && !plan.lowImpact)) found.add("jumps");
  if (!tempoSport && floorWords.test(words)) found.add("floor work");
  if (plan.sport === "running") found.add("running");
  return found;
}
