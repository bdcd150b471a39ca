import type { PlannerTrack } from "../track.ts";
import type { Share } from "../units.ts";

/** One person's taste as the planner takes it. */
export interface PlannerTaste {
  /** By track id; a track that is not named is 0.5. */
  readonly tastes: ReadonlyMap<string, Share>;
  readonly banned: ReadonlySet<string>;
  /** How fresh a track is in the ear, by id (1 just now); one that is not named is not. */
  readonly heard: ReadonlyMap<string, Share>;
}

export const noTaste: PlannerTaste = { tastes: new Map(), banned: new Set(), heard: new Map() };

/** The tracks that may play for this person, each with their taste and how lately it was heard. */
export function tracksFor(
  tracks: readonly PlannerTrack[],
  { tastes, banned, heard }: PlannerTaste,
): PlannerTrack[] {
  return tracks
    .filter(({ id }) => !banned.has(id))
    .map((track) => ({
      ...track,
      taste: tastes.get(track.id) ?? track.taste,
      heard: heard.get(track.id) ?? 0,
    }));
}
