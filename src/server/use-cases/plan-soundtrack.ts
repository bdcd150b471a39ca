import type { Alternative, Soundtrack, Swap } from "#domain/soundtrack.ts";
import {
  alternativeTracks,
  NoTracksError,
  planSoundtrack,
  type PlanBudget,
} from "#domain/soundtrack/planner.ts";
import type { TasteTrack, TrackTaste } from "#domain/taste/model.ts";
import { tracksFor, type PlannerTaste } from "#domain/taste/planner-taste.ts";
import { toPlannerTrack, type PlannerTrack, type Track } from "#domain/track.ts";
import type { PlannerLibrary, PlanRequest, SoundtrackPlanner } from "#server/ports/soundtrack-planner.ts";
import type { ClassBook } from "./class-book.ts";
import type { CountedTracks } from "./counted-tracks.ts";
import type { KeepTaste, TasteViewer } from "./keep-taste.ts";
import { Refusal } from "./refusal.ts";

/** Whole-class plans kept in memory; one is a few kilobytes. */
const maxKeptPlans = 200;

export interface SoundtrackWish {
  /** Whose taste counts. */
  readonly viewer: TasteViewer;
  readonly classId: string;
  readonly seed: number;
  readonly fromS: number;
  readonly exclude: readonly string[];
  /** Tracks that the person wants at given times. */
  readonly swaps: readonly Swap[];
}

export interface PlannedSoundtrack {
  readonly soundtrack: Soundtrack;
  /** Every track its slots name. */
  readonly tracks: readonly Track[];
  /** What the person it is for thinks of them. */
  readonly tasteOf: (track: TasteTrack) => TrackTaste;
}

/** Rejects with `Refusal` when the class is not known or no track is there yet. */
export type PlanSoundtrack = (wish: SoundtrackWish) => Promise<PlannedSoundtrack>;

/** The demo steps back as soon as there is a track of one's own. */
export function tracksToPlanWith(tracks: readonly Track[]): PlannerTrack[] {
  const own = tracks.filter((track) => track.source === "library");
  return (own.length > 0 ? own : tracks).map((track) => toPlannerTrack(track));
}

/** The library as the planner takes it. Its tracks reject with `Refusal` when there are none. */
export function libraryToPlanWith(library: CountedTracks): PlannerLibrary {
  return {
    version: library.version(),
    async tracks() {
      const tracks = tracksToPlanWith(await library.tracks.allTracks());
      if (tracks.length > 0) return tracks;
      throw new Refusal("conflict", "No track is ready yet. The first ones appear within a minute.");
    },
  };
}

function allowedTracks(tracks: readonly PlannerTrack[], taste: PlannerTaste): PlannerTrack[] {
  const allowed = tracksFor(tracks, taste);
  if (tracks.length > 0 && allowed.length === 0) {
    throw new NoTracksError("You never want to hear any of these tracks. Allow one again, or add music.");
  }
  return allowed;
}

/** Throws `NoTracksError` when nothing may play. */
export function planForPerson(
  request: PlanRequest,
  tracks: readonly PlannerTrack[],
  budget: PlanBudget,
): Soundtrack {
  return planSoundtrack({ ...request, tracks: allowedTracks(tracks, request.taste), budget });
}

/** Other tracks for the slot at `atS`. Throws `NoTracksError` when nothing may play. */
export function alternativesForPerson(
  { atS, ...request }: PlanRequest & { readonly atS: number },
  tracks: readonly PlannerTrack[],
  budget: PlanBudget,
): Alternative[] {
  return alternativeTracks({ ...request, tracks: allowedTracks(tracks, request.taste), budget }, atS);
}

/** Only plans of whole classes are asked for more than once. */
function isWhole({ fromS, exclude }: SoundtrackWish): boolean {
  return fromS === 0 && exclude.length === 0;
}

/** Classes of one's own are for the person: an app plans for those of the catalogue. */
export function ownClassesFor({ personId, isApp }: TasteViewer): string | null {
  return isApp ? null : personId;
}

export function createPlanSoundtrack(
  classes: ClassBook,
  library: CountedTracks,
  planner: SoundtrackPlanner,
  keepTaste: Pick<KeepTaste, "forPlanner" | "model">,
): PlanSoundtrack {
  const kept = new Map<string, Promise<Soundtrack>>();

  const soundtrackFor = async (wish: SoundtrackWish, taste: PlannerTaste): Promise<Soundtrack> => {
    const plan = await classes.byId(ownClassesFor(wish.viewer), wish.classId);
    if (plan === null) throw new Refusal("not-found", `There is no class "${wish.classId}".`);
    const { seed, fromS, exclude, swaps } = wish;
    const unswapped = isWhole(wish) && swaps.length > 0 ? await keptFor({ ...wish, swaps: [] }) : null;
    return planner.plan(
      { plan, seed, fromS, exclude, swaps, taste, ...(unswapped === null ? {} : { unswapped }) },
      libraryToPlanWith(library),
    );
  };

  const keptFor = async (wish: SoundtrackWish): Promise<Soundtrack> => {
    const { taste, version } = await keepTaste.forPlanner(wish.viewer);
    if (!isWhole(wish)) return soundtrackFor(wish, taste);
    const { classId, seed, viewer, swaps } = wish;
    const key = JSON.stringify([
      viewer.personId,
      version,
      classId,
      seed,
      swaps,
      library.version(),
      viewer.isApp,
      classes.version(viewer.personId),
    ]);
    const known = kept.get(key);
    if (known !== undefined) return known;
    const planned = soundtrackFor(wish, taste);
    kept.set(key, planned);
    planned.catch(() => kept.delete(key));
    const oldest = kept.keys().next().value;
    if (kept.size > maxKeptPlans && oldest !== undefined) kept.delete(oldest);
    return planned;
  };

  return async (wish) => {
    const soundtrack = await keptFor(wish);
    const ids = [...new Set(soundtrack.slots.map((slot) => slot.trackId))];
    const tracks = await Promise.all(ids.map((id) => library.tracks.getTrack(id)));
    const tasteOf = await keepTaste.model(wish.viewer);
    return { soundtrack, tracks: tracks.filter((track) => track !== null), tasteOf };
  };
}
