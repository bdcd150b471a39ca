import { moodOf, moodWords } from "#domain/mood.ts";
import type { Track } from "#domain/track.ts";
import type { TrackTaste } from "#domain/taste/model.ts";
import type { TrackDetail } from "#protocol/api/schemas.ts";

/** A track as /v1 shows it, with its grid and the taste of the person who asks; the schema of a list strips the grid. */
export function toTrackDetail(
  { profile, ...track }: Track,
  { taste, banned }: Pick<TrackTaste, "taste" | "banned">,
): TrackDetail {
  const mood = moodOf(profile);
  return {
    ...track,
    taste,
    banned,
    ...profile,
    mood: { ...mood, words: [...moodWords(mood)] },
    gridOrigin: track.gridOrigin ?? "analysed",
    beatsS: [...profile.beatsS],
    downbeatsS: [...profile.downbeatsS],
  };
}
