import type { CamelotKey } from "../../track.ts";
import type { Chip } from "../query.ts";

/** What of a track is a number: BPM; how driving and how bright (mood.ts), 0..1; seconds; year. */
export const measures = ["tempo", "arousal", "valence", "duration", "year"] as const;
export type Measure = (typeof measures)[number];

/** What a track must fulfil to be a result at all. */
export type TrackConstraint =
  /** Within one of the ranges, ends included; a track whose number is not known is not. */
  | { readonly kind: Measure; readonly ranges: readonly Range[] }
  | { readonly kind: "key"; readonly keys: readonly CamelotKey[] }
  | { readonly kind: "mode"; readonly mode: "minor" | "major" }
  | { readonly kind: "grid"; readonly confident: boolean }
  | { readonly kind: "liked" }
  | { readonly kind: "word"; readonly word: string };

export type Range = readonly [least: number, most: number];

/** A constraint as it was said: negated, or one of several that will do ("120 or 170 BPM", "calm or steady"). */
export interface SaidOfTrack {
  readonly constraint: TrackConstraint;
  readonly negated: boolean;
  /** One of the values of its kind that will do; otherwise it holds whatever else is said. */
  readonly alternative: boolean;
}

export interface TrackChip extends Omit<Chip, "kind"> {
  readonly kind: TrackConstraint["kind"];
}

/** A sentence about music, understood. */
export interface TrackQuery {
  readonly text: string;
  readonly chips: readonly TrackChip[];
  readonly said: readonly SaidOfTrack[];
  /** What was not understood: words of titles, artists, albums and genres. */
  readonly words: readonly string[];
}
