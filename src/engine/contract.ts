/**
 * The engine's whole surface: timestamped events in, commands out, a snapshot to draw.
 * It reads no clock: `tMs` is milliseconds of one monotonic host clock, given with every event. A workout can thus be
 * replayed bit for bit, faster than real time. All times it gives out are times at the audio graph's output.
 */
import type { AthleteProfile } from "#domain/athlete.ts";
import type { ClassPlan } from "#domain/class-plan.ts";
import type { Sample } from "#domain/sensor.ts";
import type { Mode, Slot } from "#domain/soundtrack.ts";
import type { PlannerTrack } from "#domain/track.ts";
import type { BlockPass, EndReason, SeriesRow, TrackPlay } from "#domain/workout.ts";

export interface EngineSetup {
  readonly plan: ClassPlan;
  readonly slots: readonly Slot[];
  /** Every track a slot names, and any a later re-plan may name. */
  readonly tracks: ReadonlyMap<string, PlannerTrack>;
  readonly athlete: AthleteProfile;
  readonly mode: Mode;
  /** From a command to the moment the new tempo can sound, plus the output device: how far ahead decks are steered. */
  readonly leadMs: number;
  /** Learned by calibration, remembered per sensor and output device. */
  readonly calibration: Calibration;
  /** Going on with an interrupted workout: where it stood. Class time, elapsed time and rows go on from there. */
  readonly resume?: { readonly classTimeS: number; readonly elapsedS: number };
}

export interface Calibration {
  /** Crank angle at the sensor's event, in revolutions 0..1 past the top of the downstroke, by sensor. */
  readonly crankAngleRev: Readonly<Record<string, number>>;
  /** Radio delay in ms beyond what the posterior can see, by sensor. */
  readonly radioDelayMs: Readonly<Record<string, number>>;
  readonly outputDelayMs: number;
}

export type EngineEvent =
  | { readonly kind: "start"; readonly tMs: number }
  | { readonly kind: "sample"; readonly tMs: number; readonly sample: Sample }
  /** At least ten times a second while running. */
  | { readonly kind: "tick"; readonly tMs: number }
  | { readonly kind: "pause"; readonly tMs: number }
  | { readonly kind: "resume"; readonly tMs: number }
  | { readonly kind: "skip-track"; readonly tMs: number }
  | { readonly kind: "skip-block"; readonly tMs: number }
  | { readonly kind: "end"; readonly tMs: number }
  | { readonly kind: "mode"; readonly tMs: number; readonly mode: Mode }
  /** New slots from the current class time on (after a skip). Tracks not known yet come along. */
  | {
      readonly kind: "replan";
      readonly tMs: number;
      readonly slots: readonly Slot[];
      readonly tracks: readonly PlannerTrack[];
    }
  /** A deck cannot play this track (decode failed, file gone). */
  | { readonly kind: "track-failed"; readonly tMs: number; readonly trackId: string };

export type DeckId = "a" | "b";

export type EngineCommand =
  /**
   * Get a track ready on a deck from `sourceS` on; nothing sounds yet, and the deck's gain is 0 until a fade raises it.
   * The first one comes with the first event of any kind, so a tick before `start` preloads the first track.
   */
  | { readonly kind: "deck-load"; readonly deck: DeckId; readonly trackId: string; readonly sourceS: number }
  /** From `atMs` the deck is at `sourceS` and moves at `rate`; erases every later segment of that deck. */
  | {
      readonly kind: "deck-play";
      readonly deck: DeckId;
      readonly atMs: number;
      readonly sourceS: number;
      readonly rate: number;
    }
  /** Linear-in-power gain ramp: 0 silent, 1 the track's matched loudness. */
  | {
      readonly kind: "deck-fade";
      readonly deck: DeckId;
      readonly fromMs: number;
      readonly toMs: number;
      readonly toGain: number;
    }
  | { readonly kind: "deck-stop"; readonly deck: DeckId; readonly atMs: number }
  /** Show and speak a coach's text. */
  | { readonly kind: "cue"; readonly atMs: number; readonly text: string }
  /** Last ten seconds before a block: count them in. */
  | {
      readonly kind: "count-in";
      readonly atMs: number;
      readonly secondsLeft: number;
      readonly nextLabel: string;
    }
  | { readonly kind: "block"; readonly atMs: number; readonly blockIndex: number }
  /** One finished second of the series. */
  | { readonly kind: "row"; readonly row: SeriesRow }
  /** The rest of the soundtrack must be planned anew from this class time; `excluding` was skipped or failed. */
  | { readonly kind: "need-replan"; readonly fromS: number; readonly excluding: readonly string[] }
  /** Something the engine decided, with its reason, for the log and the trace. */
  | { readonly kind: "decision"; readonly tS: number; readonly value: string; readonly reason: string }
  | {
      readonly kind: "trust";
      readonly tS: number;
      readonly sensor: string;
      readonly value: number;
      readonly reason: string;
    }
  | {
      readonly kind: "ended";
      readonly reason: EndReason;
      readonly durationS: number;
      readonly distrustS: number;
      readonly trackPlays: readonly TrackPlay[];
      readonly blockPasses: readonly BlockPass[];
    };

export type LockState = "searching" | "tempo" | "locked" | "class";

/** What the workout screen draws. Stale values are null. */
export interface EngineSnapshot {
  readonly phase: "ready" | "running" | "paused" | "ended";
  readonly classTimeS: number;
  /** Time really spent, pauses excluded (differs from class time after skipped blocks). */
  readonly elapsedS: number;
  readonly blockIndex: number;
  readonly cadence: number | null;
  readonly powerW: number | null;
  readonly heartRateBpm: number | null;
  readonly speedMps: number | null;
  readonly distanceM: number | null;
  readonly targetCadence: number | null;
  readonly targetPowerW: number | null;
  /** Sounding tempo, beats per minute, and its playback rate against the original. */
  readonly tempoBpm: number | null;
  readonly stretch: number;
  readonly tempoRatio: number;
  readonly mode: Exclude<Mode, "auto">;
  readonly lock: LockState;
  /** "tempo": follows tempo only (no event times); "class": following the class, see `notice`. */
  readonly phaseErrorMs: number | null;
  readonly trackId: string | null;
  readonly nextTrackId: string | null;
  readonly nextTrackWhy: readonly string[];
  /** A calm sentence for the athlete ("Signal not trusted. The music follows the class."), or null. */
  readonly notice: string | null;
  /** Taps along with the strokes would help now: `notice` says why. */
  readonly asksForTaps: boolean;
  readonly sensors: readonly SensorState[];
}

export interface SensorState {
  readonly sensor: string;
  readonly trust: number;
  readonly lastMs: number;
  readonly batteryPct: number | null;
}

export interface Engine {
  /** Handles one event; events must come in order of `tMs`. */
  handle(event: EngineEvent): EngineCommand[];
  snapshot(tMs: number): EngineSnapshot;
  /** Times of strokes and beats between two host times, for the crank: predicted ones included. */
  strokesBetween(fromMs: number, toMs: number): readonly number[];
  beatsBetween(fromMs: number, toMs: number): readonly number[];
}
