import type { ClassPlan } from "#domain/class-plan.ts";
import { musicIntentOf } from "#domain/music-intent.ts";

/** The wire's lists are mutable types; a class is copied one level deep. */
export function toClassDetail(plan: ClassPlan, score: number, why: readonly string[]) {
  return {
    ...plan,
    equipment: [...plan.equipment],
    blocks: [...plan.blocks],
    cues: [...plan.cues],
    score,
    why: [...why],
    music: musicIntentOf(plan),
  };
}
