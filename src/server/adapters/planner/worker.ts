/** Plans one soundtrack after the other, so that the thread that answers requests stays free. */
import { parentPort } from "node:worker_threads";
import { NoTracksError } from "#domain/soundtrack/planner.ts";
import type { PlannerTrack } from "#domain/track.ts";
import { alternativesForPerson, planForPerson } from "#server/use-cases/plan-soundtrack.ts";
import type { PlanOrder, PlanReply } from "./messages.ts";

let library: readonly PlannerTrack[] = [];

function carryOut({ id, request, atS, tracks }: PlanOrder): PlanReply {
  library = tracks ?? library;
  try {
    const budget = request.fromS > 0 ? "quick" : "full";
    if (atS !== null)
      return { id, alternatives: alternativesForPerson({ ...request, atS }, library, budget) };
    return { id, soundtrack: planForPerson(request, library, budget) };
  } catch (error) {
    const failure = error instanceof Error ? error.message : String(error);
    return { id, failure, isNoTracks: error instanceof NoTracksError };
  }
}

parentPort?.on("message", (order: PlanOrder) => parentPort?.postMessage(carryOut(order)));
