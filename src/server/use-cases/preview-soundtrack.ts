import type { ClassPlan } from "#domain/class-plan.ts";
import { gapIn } from "#protocol/class-json.ts";
import type { SoundtrackPlanner } from "#server/ports/soundtrack-planner.ts";
import type { CountedTracks } from "./counted-tracks.ts";
import type { KeepTaste, TasteViewer } from "./keep-taste.ts";
import { tracksToPlanWith, type PlannedSoundtrack } from "./plan-soundtrack.ts";
import { Refusal } from "./refusal.ts";

/** The soundtrack of a class that is not saved. Rejects with `Refusal` when no track is there yet, or its blocks do not touch. */
export type PreviewSoundtrack = (
  viewer: TasteViewer,
  plan: ClassPlan,
  seed: number,
) => Promise<PlannedSoundtrack>;

export function createPreviewSoundtrack(
  library: CountedTracks,
  planner: SoundtrackPlanner,
  keepTaste: Pick<KeepTaste, "forPlanner" | "model">,
): PreviewSoundtrack {
  return async (viewer, plan, seed) => {
    const gap = gapIn(plan);
    if (gap !== null) throw new Refusal("invalid", gap);
    const all = await library.tracks.allTracks();
    const candidates = tracksToPlanWith(all);
    if (candidates.length === 0)
      throw new Refusal("conflict", "No track is ready yet. The first ones appear within a minute.");
    const { taste } = await keepTaste.forPlanner(viewer);
    const soundtrack = await planner.plan(
      { plan, seed, fromS: 0, exclude: [], swaps: [], taste },
      { version: library.version(), tracks: async () => candidates },
    );
    const named = new Set(soundtrack.slots.map((slot) => slot.trackId));
    const tasteOf = await keepTaste.model(viewer);
    return { soundtrack, tracks: all.filter((track) => named.has(track.id)), tasteOf };
  };
}
