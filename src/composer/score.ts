import type { CamelotKey } from "#domain/track.ts";

export const styles = [
  "ambient",
  "downtempo",
  "waltz",
  "funk",
  "synthwave",
  "house",
  "techno",
  "trance",
  "rock",
  "drum-and-bass",
] as const;
export type Style = (typeof styles)[number];

/** What a demo track is to be, before a note is written. */
export interface TrackSpec {
  readonly slug: string;
  readonly title: string;
  readonly style: Style;
  readonly tempoBpm: number;
  readonly beatsPerBar: 3 | 4;
  readonly key: CamelotKey;
  /** 0 calm .. 1 driving: chooses layers, drums and brightness. */
  readonly energy: number;
  readonly album: string;
}

export type SectionKind = "intro" | "groove" | "build" | "drop" | "break" | "outro";

export interface Section {
  readonly kind: SectionKind;
  readonly startBar: number;
  readonly bars: number;
  /** How many sections of this kind came before. */
  readonly pass: number;
}

/** Times in a score are beats (quarter notes) from its first downbeat. */
export interface NoteEvent {
  readonly beat: number;
  readonly beats: number;
  readonly midi: number;
  /** 0..1 */
  readonly velocity: number;
}

export const drumVoices = [
  "kick",
  "snare",
  "clap",
  "rim",
  "closedHat",
  "openHat",
  "ride",
  "shaker",
  "crash",
  "lowTom",
  "highTom",
  "tambourine",
] as const;
export type DrumVoice = (typeof drumVoices)[number];

export interface DrumEvent {
  readonly beat: number;
  readonly voice: DrumVoice;
  readonly velocity: number;
}

/** A value that moves in straight lines between its points; `beat` ascends. */
export interface AutomationPoint {
  readonly beat: number;
  readonly value: number;
}
export type Automation = readonly AutomationPoint[];

/** Rising noise that ends exactly at `endBeat`. */
export interface Riser {
  readonly startBeat: number;
  readonly endBeat: number;
}

export type PartName = "bass" | "pad" | "chords" | "arp" | "lead";

export interface Part {
  readonly name: PartName;
  readonly notes: readonly NoteEvent[];
  /** Cut-off of the part's low-pass filter in Hz over time. */
  readonly cutoffHz: Automation;
}

export interface Score {
  readonly spec: TrackSpec;
  readonly sections: readonly Section[];
  readonly drums: readonly DrumEvent[];
  readonly parts: readonly Part[];
  readonly risers: readonly Riser[];
}
