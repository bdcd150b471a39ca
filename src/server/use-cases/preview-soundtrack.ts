import type { ClassPlan } from "#domain/class-plan.ts";
import { gapIn } from "#protocol/class-json.ts";
import type { SoundtrackPlanner } from "#server/ports/soundtrack-planner.ts";
import type { CountedTracks } from "./counted-tracks.ts";
import { tracksToPlanWith, type PlannedSoundtrack } from "./plan-soundtrack.ts";
import { Refusal } from "./refusal.ts";

/** The soundtrack of a class that is not saved. Rejects with `Refusal` when no track is there yet, or its blocks do not touch. */
export type PreviewSoundtrack = (plan: ClassPlan, seed: number) => Promise<PlannedSoundtrack>;

export function createPreviewSoundtrack(
  library: CountedTracks,
  planner: SoundtrackPlanner,
): PreviewSoundtrack {
  return async (plan, seed) => {
    const gap = gapIn(plan);
    if (gap !== null) throw new Refusal("invalid", gap);
    const all = await library.tracks.allTracks();
    const candidates = tracksToPlanWith(all);
    if (candidates.length === 0)
      throw new Refusal("conflict", "No track is ready yet. The first ones appear within a minute.");
    const soundtrack = await planner.plan(
      { plan, seed, fromS: 0, exclude: [] },
      { version: library.version(), tracks: async () => candidates },
    );
    const named = new Set(soundtrack.slots.map((slot) => slot.trackId));
    return { soundtrack, tracks: all.filter((track) => named.has(track.id)) };
  };
}
