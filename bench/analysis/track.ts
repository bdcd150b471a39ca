/** What the benchmark of the analyser passes around. */
import type { CamelotKey } from "#domain/track.ts";
import type { Tonality } from "./metrics/key.ts";

/** Where the beats of a track truly lie, seconds, ascending. */
export interface Truth {
  readonly beatsS: readonly number[];
  /** Null where nobody wrote down the bars. */
  readonly downbeatsS: readonly number[] | null;
  /** Beats are only counted from here to there: nobody hears a beat before the music starts. */
  readonly fromS: number;
  readonly toS: number;
}

export interface TestTrack extends Truth {
  readonly set: string;
  readonly name: string;
  /** Mono, 16 bits, 44.1 kHz WAV. */
  readonly path: string;
  readonly durationS: number;
  /** Part of the figures for electronic dance music. */
  readonly electronic: boolean;
  /** Null where nobody can say. */
  readonly tonality: Tonality | null;
  /** How driving it was composed to be, 0..1; null where it was not composed here. */
  readonly drive: number | null;
}

/** What a tracker says about one track. */
export interface Estimate {
  /** Null when the tracker finds a tempo and no beats. */
  readonly beatsS: readonly number[] | null;
  readonly downbeatsS: readonly number[] | null;
  /** Null: taken from the beats. */
  readonly tempoBpm: number | null;
  /** Null when the tracker does not say how sure it is. */
  readonly confidence: number | null;
  readonly confident: boolean | null;
  /** Undefined from trackers that hear no more than beats. */
  readonly key?: CamelotKey | null;
  readonly arousal?: number;
  /** Length of what was heard, where the tracker says so. */
  readonly durationS: number | null;
  /** Processor time it took, all threads together. */
  readonly cpuS: number;
}
