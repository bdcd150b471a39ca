import { NoTracksError, type PlanBudget } from "#domain/soundtrack/planner.ts";
import type { SoundtrackPlanner } from "#server/ports/soundtrack-planner.ts";
import { alternativesForPerson, planForPerson } from "#server/use-cases/plan-soundtrack.ts";
import { Refusal } from "#server/use-cases/refusal.ts";

/** Plans on the thread that asks: the twin of the worker for tests. */
export function directPlanner(budget: PlanBudget): SoundtrackPlanner {
  const orRefuse = <T>(plan: () => T): T => {
    try {
      return plan();
    } catch (error) {
      throw error instanceof NoTracksError ? new Refusal("conflict", error.message) : error;
    }
  };
  return {
    async plan(request, library) {
      const tracks = await library.tracks();
      return orRefuse(() => planForPerson(request, tracks, budget));
    },
    async alternatives(request, atS, library) {
      const tracks = await library.tracks();
      return orRefuse(() => alternativesForPerson({ ...request, atS }, tracks, budget));
    },
    close: () => Promise.resolve(),
  };
}
