import type { Mode } from "./soundtrack.ts";
import type { Milliseconds, Seconds } from "./units.ts";

/** One second of a workout. `null` = nothing trustworthy was measured then. */
export interface SeriesRow {
  /** Seconds since Start, pauses excluded. */
  readonly tS: Seconds;
  readonly cadence: number | null;
  readonly powerW: number | null;
  readonly heartRateBpm: number | null;
  readonly speedMps: number | null;
  /** Sounding tempo of the music; null while it is silent. */
  readonly tempoBpm: number | null;
  /** Distance between the nearest beat and stroke at this moment, signed, beat minus stroke; null when not locked to event times. */
  readonly phaseErrorMs: Milliseconds | null;
}

export type SeriesChannel = Exclude<keyof SeriesRow, "tS">;

/** A track as it was really played. */
export interface TrackPlay {
  readonly trackId: string;
  readonly title: string;
  readonly artist: string;
  readonly startS: Seconds;
  readonly endS: Seconds;
  readonly skipped: boolean;
}

/** A block as it was really done. */
export interface BlockPass {
  readonly blockIndex: number;
  readonly startS: Seconds;
  readonly endS: Seconds;
  readonly skipped: boolean;
}

export type EndReason = "class-finished" | "ended-early";

/** What a person did: identity and course, without its series. */
export interface WorkoutHead {
  readonly id: string;
  readonly classId: string;
  readonly classTitle: string;
  readonly sport: string;
  /** Unix time. */
  readonly startedAtMs: Milliseconds;
  readonly mode: Mode;
  readonly source: "sensors" | "tapping" | "motion" | "simulated" | "replay" | "none";
}

/** What is only known once it is over. */
export interface WorkoutEnd {
  readonly durationS: Seconds;
  readonly reason: EndReason;
  readonly trackPlays: readonly TrackPlay[];
  readonly blockPasses: readonly BlockPass[];
  /** Time during which a sensor was not trusted. */
  readonly distrustS: Seconds;
}

export interface WorkoutRecord {
  readonly head: WorkoutHead;
  readonly end: WorkoutEnd;
  readonly rows: readonly SeriesRow[];
}
