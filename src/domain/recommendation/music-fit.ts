import type { ClassPlan } from "../class-plan.ts";
import { tempoRatiosOf } from "../soundtrack/objective.ts";
import type { Bpm, Cadence } from "../units.ts";

/** A track serves a cadence when it must be stretched by this at most. */
const goodStretch = 0.04;

/** The cadence that a class asks for longest; null for a class without. */
function mainCadence({ blocks }: Pick<ClassPlan, "blocks">): Cadence | null {
  const heldS = new Map<Cadence, number>();
  for (const { cadence, durationS } of blocks) {
    if (cadence === null) continue;
    const middle = Math.round((cadence.from + cadence.to) / 2);
    heldS.set(middle, (heldS.get(middle) ?? 0) + durationS);
  }
  return (
    [...heldS].reduce<[Cadence, number] | null>(
      (best, next) => (best === null || next[1] > best[1] ? next : best),
      null,
    )?.[0] ?? null
  );
}

/** How many of the `sorted` tempos are at least `low` and at most `high`. */
function countWithin(sorted: readonly Bpm[], low: Bpm, high: Bpm): number {
  const firstAbove = (limit: number, isAbove: (value: number) => boolean): number => {
    let [from, to] = [0, sorted.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      if (isAbove(sorted[middle] ?? limit)) to = middle;
      else from = middle + 1;
    }
    return from;
  };
  return firstAbove(high, (value) => value > high) - firstAbove(low, (value) => value >= low);
}

/** Tells how many of these tempos (ascending) lie within 4 % of what a class's main cadence asks for; 0 for a class without cadence. */
export function tracksInTempo(tempos: readonly Bpm[]): (plan: Pick<ClassPlan, "sport" | "blocks">) => number {
  return (plan) => {
    const cadence = mainCadence(plan);
    if (cadence === null) return 0;
    return tempoRatiosOf(plan.sport).reduce((sum, ratio) => {
      const wanted = ratio * cadence;
      return sum + countWithin(tempos, wanted / (1 + goodStretch), wanted / (1 - goodStretch));
    }, 0);
  };
}
