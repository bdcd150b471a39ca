import type { ClassPlan } from "../class-plan.ts";
import { conceptsOf, featuresOf, type Features } from "./features.ts";
import type { Concept, Constraint } from "./query.ts";
import { stem, tokenize } from "./tokens.ts";

/** A class prepared for search. */
export interface ClassEntry {
  readonly plan: ClassPlan;
  readonly features: Features;
  readonly concepts: ReadonlySet<Concept>;
  /** Stem -> weighted count. */
  readonly terms: ReadonlyMap<string, number>;
  /** Sport and family in one word. */
  readonly family: string;
  /** 0..1: nearer to a usual length and an everyday effort first, where the query leaves it open. */
  readonly everyday: number;
}

/** What a word of the title, and of the family, counts against one of the description. */
const titleWeight = 3;
const familyWeight = 2;

function termsOf(plan: ClassPlan, concepts: ReadonlySet<Concept>): Map<string, number> {
  const terms = new Map<string, number>();
  const add = (text: string, weight: number): void => {
    for (const { text: word } of tokenize(text)) {
      const term = stem(word);
      terms.set(term, (terms.get(term) ?? 0) + weight);
    }
  };
  add(plan.title, titleWeight);
  add(`${plan.family.replaceAll("-", " ")} ${plan.family}`, familyWeight);
  add(plan.description, 1);
  add([...concepts].join(" "), 1);
  add([plan.intensity, plan.level, plan.sport, ...plan.equipment].join(" "), 1);
  const labels = new Set(plan.blocks.map((block) => block.label.replace(/\s[\d.]+( of \d+)?$/, "")));
  add([...labels].join(" "), 1);
  return terms;
}

/** Most people have half an hour to three quarters. */
const usualMinutes = 37;
const plainEffort: Readonly<Record<string, number>> = { easy: 0.9, moderate: 1, hard: 0.9, "very hard": 0.7 };

function everydayOf(plan: ClassPlan): number {
  const octavesAway = Math.abs(Math.log2(plan.durationS / 60 / usualMinutes));
  return Math.max(0, 1 - octavesAway / 2) * (plainEffort[plan.intensity] ?? 1);
}

/** Preparing a class costs more than searching it: kept for as long as the class itself lives. */
const prepared = new WeakMap<ClassPlan, ClassEntry>();

export function entryOf(plan: ClassPlan): ClassEntry {
  const known = prepared.get(plan);
  if (known !== undefined) return known;
  const concepts = conceptsOf(plan);
  const terms = termsOf(plan, concepts);
  const family = `${plan.sport} ${plan.family}`;
  const entry = {
    plan,
    family,
    concepts,
    terms,
    features: featuresOf(plan),
    everyday: everydayOf(plan),
  };
  prepared.set(plan, entry);
  return entry;
}

/** Durations are compared to the second; classes are whole minutes. */
const roundingS = 0.5;

/** Whether a class is a result at all. */
export function fulfils({ plan, concepts }: ClassEntry, constraint: Constraint): boolean {
  switch (constraint.kind) {
    case "duration":
      return plan.durationS >= constraint.minS - roundingS && plan.durationS <= constraint.maxS + roundingS;
    case "sport":
      return constraint.sports.includes(plan.sport);
    case "intensity":
      return constraint.intensities.includes(plan.intensity);
    case "level":
      return constraint.levels.includes(plan.level);
    case "equipment":
      return constraint.equipment.some((thing) => plan.equipment.includes(thing));
    case "no-equipment":
      return plan.equipment.length === 0;
    case "without-equipment":
      return !plan.equipment.includes(constraint.equipment);
    case "low-impact":
      return plan.lowImpact;
    case "without":
      return !concepts.has(constraint.concept);
  }
}
