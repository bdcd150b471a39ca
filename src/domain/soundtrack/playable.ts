import type { PlannerTrack } from "../track.ts";
import type { Seconds } from "../units.ts";

/** Sound kept before the entry and after the exit of a track, for the two halves of a crossfade. */
const fadeRoomS: Seconds = 2;
/** More kept at the end, so that an exit can move to the next bar line. */
const barRoomS: Seconds = 4;
/** Tracks shorter than this are played from their first downbeat to their end: there is nothing to spare. */
const roomyS: Seconds = 90;

/** The part of a track that a soundtrack may use. */
export interface Playable {
  /** A downbeat, where the track enters. */
  readonly entryS: Seconds;
  readonly lengthS: Seconds;
}

function firstDownbeatFrom(track: PlannerTrack, fromS: Seconds): Seconds {
  if (track.beatsS !== undefined && track.beatsS.length > 1) {
    return track.downbeatsS?.find((downbeatS) => downbeatS >= fromS) ?? fromS;
  }
  if (!(track.tempoBpm > 0)) return fromS;
  const barS = 240 / track.tempoBpm;
  return Math.ceil(fromS / barS) * barS;
}

/** Where a track enters and how long it can go on from there; length 0 for one that cannot be played. */
export function playableOf(track: PlannerTrack): Playable {
  if (!(track.durationS > 0)) return { entryS: 0, lengthS: 0 };
  const roomy = track.durationS >= roomyS;
  const wantedS = firstDownbeatFrom(track, roomy ? fadeRoomS : 0);
  // A first downbeat in the second half is no entry: the grid starts too late to be of use.
  const entryS = wantedS <= track.durationS / 2 ? wantedS : 0;
  const lengthS = track.durationS - entryS - (roomy ? fadeRoomS + barRoomS : 0);
  return { entryS, lengthS };
}
