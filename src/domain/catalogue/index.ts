import type { ClassPlan } from "../class-plan.ts";
import { compile } from "./compile.ts";
import type { ClassDraft } from "./draft.ts";
import * as aerobicPower from "./families/aerobic-power.ts";
import * as endurance from "./families/endurance.ts";
import * as mobility from "./families/mobility.ts";
import * as patterns from "./families/patterns.ts";
import * as powerIntervals from "./families/power-intervals.ts";
import * as riding from "./families/riding.ts";
import * as rowing from "./families/rowing.ts";
import * as running from "./families/running.ts";
import * as strength from "./families/strength.ts";
import * as walking from "./families/walking.ts";

/** Every module exports families only: functions that answer the drafts of their classes. */
const modules: readonly Readonly<Record<string, () => readonly ClassDraft[]>>[] = [
  endurance,
  powerIntervals,
  patterns,
  aerobicPower,
  riding,
  running,
  walking,
  rowing,
  strength,
  mobility,
];

let built: { readonly plans: readonly ClassPlan[]; readonly byId: ReadonlyMap<string, ClassPlan> } | null =
  null;

function build(): NonNullable<typeof built> {
  if (built === null) {
    const plans = modules.flatMap((families) =>
      Object.values(families).flatMap((family) => family().map(compile)),
    );
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
