import { sports, type ClassPlan } from "../class-plan.ts";

/** The length most people look for; each family shows its class nearest to it first. */
const usualDurationS = 30 * 60;

function queues(plans: readonly ClassPlan[]): ClassPlan[][] {
  const families = new Map<string, ClassPlan[]>();
  for (const plan of plans) {
    const family = families.get(plan.family);
    if (family === undefined) families.set(plan.family, [plan]);
    else family.push(plan);
  }
  const distance = (plan: ClassPlan): number => Math.abs(plan.durationS - usualDurationS);
  return [...families.values()].map((family) =>
    family.toSorted((one, other) => distance(one) - distance(other)),
  );
}

/**
 * The order in which to leaf through classes when nothing is asked for: the sports take turns, and within a sport its
 * families, so that the first page shows how much there is. Every plan comes exactly once.
 */
export function browseOrder(plans: readonly ClassPlan[]): ClassPlan[] {
  const bySport = sports.map((sport) => queues(plans.filter((plan) => plan.sport === sport)));
  const ordered: ClassPlan[] = [];
  while (ordered.length < plans.length) {
    for (const families of bySport) {
      const family = families.shift();
      const next = family?.shift();
      if (family === undefined || next === undefined) continue;
      ordered.push(next);
      if (family.length > 0) families.push(family);
    }
  }
  return ordered;
}
