import type { ClassPlan } from "../class-plan.ts";
import { compile } from "./compile.ts";
import type { ClassDraft } from "./draft.ts";
import {
  fortyTwenty,
  minuteOnOff,
  norwegian,
  tabata,
  thirtyFifteen,
  thirtyThirty,
  vo2Intervals,
} from "./families/aerobic-power.ts";
import { sweetSpot, tempo, threshold } from "./families/power-intervals.ts";
import {
  easyWalks,
  inclineWalks,
  intervalWalks,
  shortWalks,
  stepLadders,
  walkingProgressions,
  walkingPyramids,
} from "./families/walking.ts";

const families: readonly (() => readonly ClassDraft[])[] = [
  tempo,
  sweetSpot,
  threshold,
  norwegian,
  vo2Intervals,
  thirtyFifteen,
  thirtyThirty,
  fortyTwenty,
  minuteOnOff,
  tabata,
  easyWalks,
  shortWalks,
  intervalWalks,
  walkingPyramids,
  inclineWalks,
  stepLadders,
  walkingProgressions,
];

let built: { readonly plans: readonly ClassPlan[]; readonly byId: ReadonlyMap<string, ClassPlan> } | null =
  null;

function build(): NonNullable<typeof built> {
  if (built === null) {
    const plans = families.flatMap((family) => family().map(compile));
    built = { plans, byId: new Map(plans.map((plan) => [plan.id, plan])) };
  }
  return built;
}

/** Every class Upbeat ships, in a stable order. Built once, on first use. */
export function catalogue(): readonly ClassPlan[] {
  return build().plans;
}

/** The class with this id, or null. */
export function classById(id: string): ClassPlan | null {
  return build().byId.get(id) ?? null;
}
