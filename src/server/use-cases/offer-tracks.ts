import type { Alternative } from "#domain/soundtrack.ts";
import type { Track } from "#domain/track.ts";
import type { SoundtrackPlanner } from "#server/ports/soundtrack-planner.ts";
import type { ClassBook } from "./class-book.ts";
import type { CountedTracks } from "./counted-tracks.ts";
import type { KeepTaste } from "./keep-taste.ts";
import {
  libraryToPlanWith,
  ownClassesFor,
  type PlannedSoundtrack,
  type PlanSoundtrack,
  type SoundtrackWish,
} from "./plan-soundtrack.ts";
import { Refusal } from "./refusal.ts";

export interface OfferedTracks {
  readonly alternatives: readonly { readonly alternative: Alternative; readonly track: Track }[];
  readonly tasteOf: PlannedSoundtrack["tasteOf"];
}

/** Other tracks for the slot that sounds at `atS`. Rejects with `Refusal` as a soundtrack does. */
export type OfferTracks = (
  wish: Pick<SoundtrackWish, "viewer" | "classId" | "seed" | "swaps"> & { readonly atS: number },
) => Promise<OfferedTracks>;

export function createOfferTracks(
  planSoundtrack: PlanSoundtrack,
  classes: Pick<ClassBook, "byId">,
  library: CountedTracks,
  planner: SoundtrackPlanner,
  keepTaste: Pick<KeepTaste, "forPlanner" | "model">,
): OfferTracks {
  return async ({ viewer, classId, seed, swaps, atS }) => {
    const whole = { viewer, classId, seed, fromS: 0, exclude: [] };
    const { soundtrack: unswapped } = await planSoundtrack({ ...whole, swaps: [] });
    const plan = await classes.byId(ownClassesFor(viewer), classId);
    if (plan === null) throw new Refusal("not-found", `There is no class "${classId}".`);
    const { taste } = await keepTaste.forPlanner(viewer);
    const request = { plan, seed, fromS: 0, exclude: [], swaps, taste, unswapped };
    const offered = await planner.alternatives(request, atS, libraryToPlanWith(library));
    const alternatives = await Promise.all(
      offered.map(async (alternative) => {
        const track = await library.tracks.getTrack(alternative.slot.trackId);
        return track === null ? [] : [{ alternative, track }];
      }),
    );
    return { alternatives: alternatives.flat(), tasteOf: await keepTaste.model(viewer) };
  };
}
