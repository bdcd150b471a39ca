import type { BeatGrid, Track } from "../track.ts";
import { tempoOf } from "./edit.ts";

/** A grid that a person stands for: edited here, or imported from somebody who did. */
export interface KeptGrid extends BeatGrid {
  readonly origin: "edited" | "imported";
}

/** The track as everything downstream sees it: with the kept grid in place of the analysed one. */
export function withKeptGrid(track: Track, kept: KeptGrid | null): Track {
  if (kept === null) return track;
  const { beatsS, downbeatsS, origin } = kept;
  const hasBeats = beatsS.length > 1;
  const grid = {
    beatsS,
    downbeatsS,
    tempoBpm: tempoOf(kept),
    tempoConfidence: hasBeats ? 1 : 0,
    confident: hasBeats,
  };
  return { ...track, gridOrigin: origin, profile: { ...track.profile, ...grid } };
}
