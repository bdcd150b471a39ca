import type { Sample } from "#domain/sensor.ts";
import type { Cadence, Milliseconds } from "#domain/units.ts";
import { type CrankEstimate, estimateCrank } from "./calibrate-crank.ts";
import { StrokeTracker } from "./stroke-tracker.ts";

export type CrankStage =
  /** `fromCadence`: how fast it must be for a tap to count; 0 in the slow half. */
  | { readonly kind: "slow" | "fast"; readonly taps: number; readonly fromCadence: Cadence }
  /** By sensor. */
  | { readonly kind: "measured"; readonly estimates: ReadonlyMap<string, CrankEstimate> }
  /** The taps did not agree with each other, or not with the sensor. */
  | { readonly kind: "unclear" };

/** Taps at each of the two cadences: with fewer the result is off by more than 20 ms at times. */
export const tapsPerPace = 20;
/** The second cadence, as a multiple of the first: apart enough to tell an angle from a delay. */
export const fasterBy = 1.2;

interface Crank {
  readonly samples: Sample[];
  readonly tracker: StrokeTracker;
}

/** Somebody pedals and taps along, slowly and then faster: tells how far that is, and in the end each sensor's angle. */
export class CrankMeasuring {
  private readonly cranks = new Map<string, Crank>();
  private readonly tapsMs: Milliseconds[] = [];
  private slowCadence: Cadence = 0;
  private now: CrankStage = { kind: "slow", taps: 0, fromCadence: 0 };

  get stage(): CrankStage {
    return this.now;
  }

  hear(sample: Sample): void {
    for (const measurement of sample.measurements) {
      if (measurement.kind !== "crank") continue;
      let crank = this.cranks.get(sample.sensor);
      if (crank === undefined) {
        crank = { samples: [], tracker: new StrokeTracker({ angleRev: 0, radioDelayMs: 0 }) };
        this.cranks.set(sample.sensor, crank);
      }
      crank.samples.push(sample);
      crank.tracker.pushCrank(sample.tMs, measurement.revolutions, measurement.eventTime1024);
    }
  }

  /** Null while no crank turns. */
  cadenceAt(tMs: Milliseconds): Cadence | null {
    for (const { tracker } of this.cranks.values()) {
      const movement = tracker.movement(tMs);
      if (movement !== null) return 60 * movement.unitsPerS;
    }
    return null;
  }

  /** A tap counts while a crank turns, and in the second half only at a clearly higher cadence. */
  tap(tMs: Milliseconds): void {
    const cadence = this.cadenceAt(tMs);
    const { now } = this;
    if (cadence === null || !("taps" in now) || cadence < now.fromCadence) return;
    this.tapsMs.push(tMs);
    const taps = now.taps + 1;
    if (now.kind === "slow") this.slowCadence += (cadence - this.slowCadence) / taps;
    if (taps < tapsPerPace) this.now = { ...now, taps };
    else if (now.kind === "slow") {
      this.now = { kind: "fast", taps: 0, fromCadence: fasterBy * this.slowCadence };
    } else this.now = this.measured();
  }

  private measured(): CrankStage {
    const estimates = new Map<string, CrankEstimate>();
    for (const [sensor, { samples }] of this.cranks) {
      const estimate = estimateCrank(samples, this.tapsMs);
      if (estimate !== null) estimates.set(sensor, estimate);
    }
    return estimates.size === 0 ? { kind: "unclear" } : { kind: "measured", estimates };
  }
}
