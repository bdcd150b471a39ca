import { demoPlannerTracks } from "#composer/demo-tracks.ts";
import { noTaste } from "#domain/taste/planner-taste.ts";
import type { LibraryWatch } from "#server/ports/library-watch.ts";
import type { SoundtrackPlanner } from "#server/ports/soundtrack-planner.ts";
import type { ClassBook } from "./class-book.ts";
import type { DemoLibrary } from "./compose-demo-library.ts";
import { ownClassesFor, type PlanSoundtrack, type SoundtrackWish } from "./plan-soundtrack.ts";

/** The planner's name for the whole demo; versions of the real library count up from 0. */
const wholeDemo = { version: -1, tracks: async () => demoPlannerTracks() };

export interface PreferDemoParts {
  readonly classes: Pick<ClassBook, "byId">;
  readonly planner: SoundtrackPlanner;
  readonly demo: Pick<DemoLibrary, "prefer">;
  readonly watch: LibraryWatch;
  /** Tells the log: without the preference all is well, only slower. */
  readonly onFailure: (error: unknown) => void;
}

/**
 * While the demo is being composed, whoever asks for a class's soundtrack gets one from the tracks that are there, and
 * the tracks that this class would have from the whole demo are composed next.
 */
export function preferDemoTracks(planFor: PlanSoundtrack, parts: PreferDemoParts): PlanSoundtrack {
  const prefer = async ({ viewer, classId, seed }: SoundtrackWish): Promise<void> => {
    const plan = await parts.classes.byId(ownClassesFor(viewer), classId);
    if (plan === null) return;
    const { slots } = await parts.planner.plan(
      { plan, seed, fromS: 0, exclude: [], swaps: [], taste: noTaste },
      wholeDemo,
    );
    parts.demo.prefer(slots.map((slot) => slot.trackId));
  };
  return (wish) => {
    if (parts.watch.current().state === "composing") {
      prefer(wish).catch(parts.onFailure);
    }
    return planFor(wish);
  };
}
