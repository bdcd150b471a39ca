import type { Bpm, Seconds, Share } from "./units.ts";

/** A musical key as its Camelot code: "1A".."12A" minor, "1B".."12B" major. */
export type CamelotKey = `${number}${"A" | "B"}`;

/** Where the beats of a track lie, in seconds from the first decoded sample. Both lists ascend; downbeats are beats. */
export interface BeatGrid {
  readonly beatsS: readonly Seconds[];
  readonly downbeatsS: readonly Seconds[];
}

/** What analysis knows about a track; the JSON of `upbeat analyze`. With no usable grid the lists are empty and `confident` is false. */
export interface TrackProfile extends BeatGrid {
  /** The musical tempo: what a musician would tap. 0 when there is no grid. */
  readonly tempoBpm: Bpm;
  /** Probability that the grid is right. */
  readonly tempoConfidence: Share;
  readonly confident: boolean;
  readonly key: CamelotKey | null;
  readonly keyConfidence: Share;
  /** Integrated loudness, LUFS (ITU-R BS.1770). -70 for silence. */
  readonly loudnessLufs: number;
  readonly truePeakDbtp: number;
  /** 0 calm .. 1 driving. */
  readonly energy: Share;
  readonly durationS: Seconds;
}

export interface TrackTags {
  readonly title: string;
  readonly artist: string;
  readonly album: string | null;
  readonly genre: string | null;
  readonly year: number | null;
}

export type TrackSource = "demo" | "library";

/** A track of the library. */
export interface Track extends TrackTags {
  readonly id: string;
  readonly source: TrackSource;
  readonly hasCover: boolean;
  /** Who made the grid in `profile`; absent: analysis did. */
  readonly gridOrigin?: "edited" | "imported";
  readonly profile: TrackProfile;
}

/** The part of a track the soundtrack planner reads; one entry of a `tracks.json`. */
export interface PlannerTrack {
  readonly id: string;
  readonly title: string;
  readonly artist: string;
  readonly durationS: Seconds;
  readonly tempoBpm: Bpm;
  readonly key: CamelotKey | null;
  readonly energy: Share;
  readonly taste: Share;
  /** How fresh it is in the ear: 1 heard just now, 0 long ago or never (absent: 0). */
  readonly heard?: Share;
  /** Absent means trusted (a `tracks.json` states its tempo as a fact). */
  readonly confident?: boolean;
  readonly loudnessLufs?: number;
  /** Absent: evenly spaced beats from 0 at `tempoBpm`, four to the bar. */
  readonly beatsS?: readonly Seconds[];
  readonly downbeatsS?: readonly Seconds[];
}

/** `taste` is that of the person the soundtrack is for; 0.5 when nothing is known. */
export function toPlannerTrack(track: Track, taste: Share = 0.5): PlannerTrack {
  const { id, title, artist, profile } = track;
  const { durationS, tempoBpm, key, energy, confident, loudnessLufs, beatsS, downbeatsS } = profile;
  return {
    id,
    title,
    artist,
    taste,
    durationS,
    tempoBpm,
    key,
    energy,
    confident,
    loudnessLufs,
    beatsS,
    downbeatsS,
  };
}

/** The grid of a planner track; made from its tempo, four beats to the bar, when it has none of its own. */
export function beatGridOf(track: PlannerTrack): BeatGrid {
  if (track.beatsS !== undefined && track.beatsS.length > 1) {
    return { beatsS: track.beatsS, downbeatsS: track.downbeatsS ?? [] };
  }
  if (!(track.tempoBpm > 0)) return { beatsS: [], downbeatsS: [] };
  const beatS = 60 / track.tempoBpm;
  const beatsS = Array.from({ length: Math.floor(track.durationS / beatS) }, (_, beat) => beat * beatS);
  return { beatsS, downbeatsS: beatsS.filter((_, beat) => beat % 4 === 0) };
}
