/** What the workout screen is given and may ask for. The run implements it; the screen only draws. */
import type { AthleteProfile } from "#domain/athlete.ts";
import type { ClassPlan } from "#domain/class-plan.ts";
import type { Mode, Slot } from "#domain/soundtrack.ts";
import type { EngineSnapshot } from "#engine/contract.ts";
import type { SensorDevice } from "#web/device/bluetooth/sensors.ts";
import type { BeatSource } from "../../ui/crank/crank.tsx";
import type { Leaves, Source } from "../../ui/routes.ts";

export interface ScreenTrack {
  readonly id: string;
  readonly title: string;
  readonly artist: string;
  readonly tempoBpm: number;
  readonly energy: number;
  readonly key: string | null;
}

/** Whether the effort is safe: on the server, or so far only in this browser. */
export type Keeping = "saved" | "in-this-browser" | "offline" | "no-consent";

export interface ScreenSensor extends SensorDevice {
  readonly trust: number;
}

/** One decision of the engine with its reason, in words. */
export interface WhyLine {
  readonly id: number;
  readonly elapsedS: number;
  readonly what: string;
  readonly why: string;
  /** Whose side it is on: it gives the colour. */
  readonly of: "music" | "body" | "both" | "none";
}

/** The video of the class, as far as it goes. */
export type ScreenVideo =
  | { readonly kind: "opening" }
  /** `isOther`: a file was chosen that is not the one. */
  | {
      readonly kind: "missing";
      readonly fileName: string;
      readonly sizeBytes: number;
      readonly isOther: boolean;
    }
  | { readonly kind: "failed"; readonly text: string }
  | {
      readonly kind: "ready";
      readonly element: HTMLVideoElement;
      /** False for a voice alone. */
      readonly hasPicture: boolean;
      /** The page hears it, and lowers the music under a voice. */
      readonly isDucking: boolean;
      readonly isOver: boolean;
    };

export interface WorkoutView {
  readonly plan: ClassPlan;
  /** The soundtrack as it stands now: it changes after a skip. */
  readonly slots: readonly Slot[];
  readonly tracks: ReadonlyMap<string, ScreenTrack>;
  readonly athlete: AthleteProfile;
  readonly source: Source;
  readonly mode: Mode;
  readonly snapshot: EngineSnapshot;
  /** Last ten seconds before a block. */
  readonly countIn: { readonly secondsLeft: number; readonly nextLabel: string } | null;
  /** The coach's text while it is spoken. */
  readonly cue: string | null;
  /** The latest decisions, newest first. */
  readonly whys: readonly WhyLine[];
  readonly keeping: Keeping;
  readonly leaves: Leaves;
  readonly sensors: readonly ScreenSensor[];
  /** Why Start cannot be pressed yet ("Getting the first track ready"), or null. */
  readonly notReady: string | null;
  readonly beats: BeatSource;
  /** Null: the class has none. */
  readonly video: ScreenVideo | null;
}

export interface WorkoutActions {
  readonly start: () => void;
  readonly pause: () => void;
  readonly resume: () => void;
  readonly skipTrack: () => void;
  readonly skipBlock: () => void;
  readonly endEarly: () => void;
  readonly setMode: (mode: Mode) => void;
  /** Opens the browser's chooser; needs a press. */
  readonly addSensor: () => void;
  /** The sensor of this id, which is doubted, is the person's own. */
  readonly acceptSensor: (id: string) => void;
  /** A stroke, step or drive, tapped at this moment of performance.now(). */
  readonly tap: (tMs: number) => void;
  /** The file of the video, which this browser does not have. */
  readonly giveVideoFile: (file: File) => void;
}
