/** Plans the rest of a soundtrack off the page's thread, with the tracks at hand: no server needed. */
import type { ClassPlan } from "#domain/class-plan.ts";
import { planSoundtrack } from "#domain/soundtrack/planner.ts";
import type { Slot, Swap } from "#domain/soundtrack.ts";
import type { PlannerTrack } from "#domain/track.ts";

export interface ReplanRequest {
  readonly plan: ClassPlan;
  readonly tracks: readonly PlannerTrack[];
  readonly swaps: readonly Swap[];
  readonly fromS: number;
  readonly exclude: readonly string[];
  readonly previousTrackId: string | null;
}

export type ReplanAnswer = { readonly slots: readonly Slot[] } | { readonly trouble: string };

addEventListener("message", ({ data }: MessageEvent<ReplanRequest>) => {
  const { previousTrackId, ...wish } = data;
  let answer: ReplanAnswer;
  try {
    const previous = previousTrackId === null ? {} : { previousTrackId };
    answer = { slots: planSoundtrack({ ...wish, ...previous, seed: 0, budget: "quick" }).slots };
  } catch (error) {
    answer = { trouble: error instanceof Error ? error.message : String(error) };
  }
  postMessage(answer);
});
