import type { Track } from "#domain/track.ts";
import type { TrackDetail } from "#protocol/api/schemas.ts";

/** A track as /v1 shows it, with its grid; the schema of a list strips the grid. */
export function toTrackDetail({ profile, ...track }: Track): TrackDetail {
  return {
    ...track,
    ...profile,
    gridOrigin: track.gridOrigin ?? "analysed",
    beatsS: [...profile.beatsS],
    downbeatsS: [...profile.downbeatsS],
  };
}
