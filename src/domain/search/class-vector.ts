import { levels, sports, type Block, type ClassPlan } from "../class-plan.ts";
import { conceptsOf, featuresOf } from "./features.ts";
import { concepts } from "./query.ts";

/** Numbers of a class's vector. */
export const classDims = 64;

/** Each part's share of the squared length where it is full: the course of the effort counts most, then its character. */
const courseWeight = 0.6;
const featureWeight = 0.5;
const conceptWeight = 0.35;
const sportWeight = 0.5;
const levelWeight = 0.2;

/** The middle of the exertion scale (CR10), so that easy and hard point in opposite directions. */
const middleExertion = 5;

/** Mean exertion, -1..1, in each of `slots` equal parts of the class. */
function courseOf(blocks: readonly Block[], durationS: number, slots: number): number[] {
  const slotS = durationS / slots;
  return Array.from({ length: slots }, (_, slot) => {
    let sum = 0;
    for (const { startS, durationS: lengthS, rpe } of blocks) {
      const overlapS = Math.min(startS + lengthS, (slot + 1) * slotS) - Math.max(startS, slot * slotS);
      if (overlapS > 0) sum += (overlapS * ((rpe ?? middleExertion) - middleExertion)) / middleExertion;
    }
    return sum / slotS;
  });
}

const prepared = new WeakMap<ClassPlan, Float32Array>();

/**
 * A class as a direction: the course of its effort from start to end, its features, what it holds, its sport and level. Unit
 * length, so that the inner product of two is 1 for the same class and falls as they differ.
 */
export function classVectorOf(plan: ClassPlan): Float32Array {
  const known = prepared.get(plan);
  if (known !== undefined) return known;
  const held = conceptsOf(plan);
  const character = [
    ...Object.values(featuresOf(plan)).map((value) => value * featureWeight),
    ...concepts.map((concept) => (held.has(concept) ? conceptWeight : 0)),
    ...sports.map((sport) => (sport === plan.sport ? sportWeight : 0)),
    ...levels.map((level) => (level === plan.level ? levelWeight : 0)),
  ];
  const slots = classDims - character.length;
  const course = courseOf(plan.blocks, plan.durationS, slots);
  const numbers = [...course.map((value) => (value * courseWeight) / Math.sqrt(slots / 4)), ...character];
  const length = Math.hypot(...numbers);
  const vector = Float32Array.from(numbers, (value) => value / length);
  prepared.set(plan, vector);
  return vector;
}
