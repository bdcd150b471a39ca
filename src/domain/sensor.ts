import type { Milliseconds } from "./units.ts";

/**
 * What one notification of a sensor says, decoded, still in the sensor's own counting.
 * Cumulative counts and event times roll over; the stroke tracker unwraps them.
 */
export type Measurement =
  | {
      readonly kind: "heart-rate";
      readonly bpm: number;
      readonly rrMs: readonly number[];
      readonly contact: boolean | null;
    }
  /** Crank revolutions (u16) and the time of the last one in 1/1024 s of the sensor's clock (u16). */
  | { readonly kind: "crank"; readonly revolutions: number; readonly eventTime1024: number }
  /** Wheel revolutions (u32) and the time of the last one in 1/`ticksPerS` s (u16): 1024 in CSC, 2048 in CPS. */
  | {
      readonly kind: "wheel";
      readonly revolutions: number;
      readonly eventTime: number;
      readonly ticksPerS: 1024 | 2048;
    }
  | { readonly kind: "power"; readonly powerW: number }
  /** A rate without event times: tempo only, no phase. rpm for bikes; steps or strokes per minute otherwise. */
  | { readonly kind: "cadence"; readonly cadence: number; readonly unit: "rpm" | "spm" }
  | { readonly kind: "speed"; readonly speedMps: number }
  | { readonly kind: "distance"; readonly distanceM: number }
  | { readonly kind: "battery"; readonly levelPct: number }
  /** A single observed stroke, step or tap at the moment it happened (phone motion, tapping). */
  | { readonly kind: "stroke"; readonly atMs: Milliseconds };

/** A decoded notification. `tMs` is its arrival on the host's monotonic clock. */
export interface Sample {
  readonly tMs: Milliseconds;
  /** Stable identity of the device that sent it. */
  readonly sensor: string;
  readonly measurements: readonly Measurement[];
}

/** A notification as it arrived; one line of an events file is `{tMs, sensor, characteristic, hex}`. */
export interface RawNotification {
  readonly tMs: Milliseconds;
  readonly sensor: string;
  /** 16-bit assigned number in lower-case hex, e.g. "2a5b". */
  readonly characteristic: string;
  readonly bytes: Uint8Array;
}
