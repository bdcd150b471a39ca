/** A soundtrack as the class profile draws it. */
import type { Slot } from "#domain/soundtrack.ts";
import type { TrackPlay } from "#domain/workout.ts";
import type { ProfileTrack } from "./class-profile/shapes.ts";

interface KnownTrack {
  readonly id: string;
  readonly title: string;
  readonly artist: string;
  readonly energy: number;
  readonly tempoBpm: number;
}

/** Energy drawn for a track that has left the library since. */
const unknownEnergy = 0.4;

const nothing: readonly ProfileTrack[] = [];

/** The planned slots with their tracks' names; nothing without a soundtrack. */
export function plannedTracks(
  soundtrack: { readonly slots: readonly Slot[]; readonly tracks: Iterable<KnownTrack> } | undefined,
): readonly ProfileTrack[] {
  if (soundtrack === undefined) return nothing;
  const known = new Map([...soundtrack.tracks].map((track) => [track.id, track]));
  return soundtrack.slots.map(({ trackId, startS, endS, stretch, why }) => {
    const track = known.get(trackId);
    return {
      trackId,
      startS,
      endS,
      stretch,
      why,
      title: track?.title ?? "Unknown track",
      artist: track?.artist ?? "",
      energy: track?.energy ?? unknownEnergy,
      tempoBpm: track?.tempoBpm ?? 0,
    };
  });
}

/** The tracks as they were really played, in workout time. */
export function playedTracks(
  plays: readonly TrackPlay[],
  tracks: Iterable<KnownTrack>,
): readonly ProfileTrack[] {
  const known = new Map([...tracks].map((track) => [track.id, track]));
  return plays.map(({ trackId, startS, endS, title, artist, skipped }) => ({
    trackId,
    startS,
    endS,
    title,
    artist,
    stretch: null,
    why: skipped ? ["Skipped."] : [],
    energy: known.get(trackId)?.energy ?? unknownEnergy,
    tempoBpm: known.get(trackId)?.tempoBpm ?? 0,
  }));
}
