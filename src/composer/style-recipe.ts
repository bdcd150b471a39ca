import type { DrumVoice, PartName, SectionKind } from "./score.ts";
import type { BarRhythm } from "./melody.ts";

/** One bar of drums: a character per sixteenth, `X` accent, `x` hit, `g` ghost, `-` rest. */
export type DrumBar = Partial<Record<DrumVoice, string>>;

export type BassTone = "root" | "fifth" | "octave" | "third" | "seventh" | "approach";
/** Position and length in sixteenths. */
export type BassStep = readonly [sixteenth: number, length: number, tone: BassTone, velocity: number];

/** How the chords are played in a bar. */
export type ChordPattern =
  | { readonly kind: "hold" }
  /** Short chords at these sixteenths. */
  | { readonly kind: "stabs"; readonly at: readonly (readonly [sixteenth: number, length: number])[] };

export type ArpOrder = "up" | "down" | "up-down" | "broken";

export type InstrumentName =
  | "subBass"
  | "sawBass"
  | "roundBass"
  | "reeseBass"
  | "funkBass"
  | "acidBass"
  | "warmPad"
  | "airPad"
  | "strings"
  | "superSaw"
  | "pluck"
  | "keys"
  | "piano"
  | "organ"
  | "clav"
  | "bell"
  | "powerGuitar"
  | "cleanGuitar"
  | "sawLead"
  | "squareLead"
  | "softLead"
  | "flute";

export interface PartSound {
  readonly instrument: InstrumentName;
  /** dB against the other parts; instruments are calibrated to the same loudness. */
  readonly levelDb: number;
  /** -1 left .. 1 right */
  readonly pan: number;
  readonly reverb: number;
  readonly delay: number;
  /** How much the kick pushes it down, 0..1. */
  readonly duck: number;
  /** Open cut-off of the part's filter in Hz; builds sweep up to it. */
  readonly cutoffHz: number;
}

export type KitName = "house" | "techno" | "synthwave" | "rock" | "breaks" | "soft";

export interface StyleRecipe {
  /** Progressions to draw from, one symbol per bar (see `readProgression`), by mode. */
  readonly minor: readonly string[];
  readonly major: readonly string[];
  readonly kit: KitName;
  /** Trims of the kit, dB. */
  readonly drumsDb: { readonly kick: number; readonly snare: number; readonly cymbals: number };
  /** Delay of every second note of `unitBeats`, as a share of it: 0 straight, 0.33 triplet feel. */
  readonly swing: { readonly unitBeats: 0.25 | 0.5; readonly amount: number };
  /** Drum bars by strength: light, main, full. The last bar of a phrase takes `fill`. */
  readonly drums: {
    readonly light: DrumBar;
    readonly main: DrumBar;
    readonly full: DrumBar;
    readonly fill: DrumBar;
  };
  /** One is drawn for grooves, one for drops. */
  readonly bass: readonly (readonly BassStep[])[];
  /** MIDI note around which roots lie. */
  readonly bassMidi: number;
  readonly chords: readonly ChordPattern[];
  readonly arp: { readonly order: ArpOrder; readonly stepSixteenths: number; readonly octaves: 1 | 2 };
  readonly melody: readonly BarRhythm[];
  readonly leadMidi: number;
  /** Lowest note of the chords; they reach a little over two octaves up. */
  readonly chordLowMidi: number;
  readonly sounds: Readonly<Record<PartName, PartSound>>;
  /** Parts that play in each kind of section. */
  readonly layers: Readonly<Record<SectionKind, readonly PartName[]>>;
  readonly drumStrength: Readonly<Record<SectionKind, 0 | 1 | 2 | 3>>;
  readonly risers: boolean;
}
