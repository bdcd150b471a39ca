import type { Sample } from "#domain/sensor.ts";
import type { Cadence, Milliseconds, Share } from "#domain/units.ts";
import { type CrankEstimate, estimateCrank } from "./calibrate-crank.ts";
import { ClockListening } from "./clock-listening.ts";
import { CrankTurns } from "./crank-turns.ts";
import { StrokeTracker } from "./stroke-tracker.ts";

export type CrankStage =
  /** `fromCadence`: how fast it must be for a tap to count; 0 in the slow half. */
  | { readonly kind: "slow" | "fast"; readonly taps: number; readonly fromCadence: Cadence }
  /** Taps are enough; the sensor's clock is listened to. `hidden`: it does not show at this cadence. */
  | {
      readonly kind: "listening";
      readonly sigmaMs: Milliseconds;
      readonly share: Share;
      readonly leftMs: Milliseconds;
      readonly hidden: boolean;
    }
  /** By sensor. */
  | { readonly kind: "measured"; readonly estimates: ReadonlyMap<string, CrankEstimate> }
  /** The taps did not agree with each other, or not with the sensor. */
  | { readonly kind: "unclear" };

/** Taps at each of the two cadences: with fewer the result is off by more than 20 ms at times. */
export const tapsPerPace = 20;
/** The second cadence, as a multiple of the first: apart enough to tell an angle from a delay. */
export const fasterBy = 1.2;

interface Crank {
  readonly turns: CrankTurns;
  readonly tracker: StrokeTracker;
}

/**
 * Somebody pedals and taps along, slowly and then faster, and pedals on until the sensor's clock is known: tells how far that is,
 * and in the end each sensor's angle.
 */
export class CrankMeasuring {
  private readonly cranks = new Map<string, Crank>();
  private readonly tapsMs: Milliseconds[] = [];
  private slowCadence: Cadence = 0;
  private now: CrankStage = { kind: "slow", taps: 0, fromCadence: 0 };
  private agreeing: readonly string[] = [];
  private listening: ClockListening | null = null;

  get stage(): CrankStage {
    return this.now;
  }

  /** From the first tap on anew. What was heard of the sensors before tells their clocks all the same. */
  begin(): void {
    this.tapsMs.length = 0;
    this.slowCadence = 0;
    this.listening = null;
    this.now = { kind: "slow", taps: 0, fromCadence: 0 };
  }

  hear(sample: Sample): void {
    for (const measurement of sample.measurements) {
      if (measurement.kind !== "crank") continue;
      let crank = this.cranks.get(sample.sensor);
      if (crank === undefined) {
        crank = { turns: new CrankTurns(), tracker: new StrokeTracker({ angleRev: 0, radioDelayMs: 0 }) };
        this.cranks.set(sample.sensor, crank);
      }
      crank.turns.hear(sample.tMs, measurement.revolutions, measurement.eventTime1024);
      crank.tracker.pushCrank(sample.tMs, measurement.revolutions, measurement.eventTime1024);
    }
    if (this.listening === null || this.now.kind !== "listening") return;
    this.listening.hear(sample.tMs, this.clockSigmaMs());
    this.now = this.listening.done ? this.measured() : stageOf(this.listening);
  }

  /** Ends the listening before its time: takes the clock as it is known now. */
  finish(): void {
    if (this.now.kind === "listening") this.now = this.measured();
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
    } else this.now = this.listen(tMs);
  }

  /** Taps that do not agree are told at once, not after another two minutes. */
  private listen(tMs: Milliseconds): CrankStage {
    const measured = this.measured();
    if (measured.kind !== "measured") return measured;
    this.agreeing = [...measured.estimates.keys()];
    this.listening = new ClockListening(tMs, this.clockSigmaMs());
    return this.listening.done ? measured : stageOf(this.listening);
  }

  /** Of the sensor that is known least well among those that the taps agree with. */
  private clockSigmaMs(): Milliseconds {
    return Math.max(...this.agreeing.map((sensor) => this.cranks.get(sensor)?.turns.clockSigmaMs ?? 0));
  }

  private measured(): CrankStage {
    const estimates = new Map<string, CrankEstimate>();
    for (const [sensor, { turns }] of this.cranks) {
      const estimate = estimateCrank(turns, this.tapsMs);
      if (estimate !== null) estimates.set(sensor, estimate);
    }
    return estimates.size === 0 ? { kind: "unclear" } : { kind: "measured", estimates };
  }
}

function stageOf({ sigmaMs, share, leftMs, hidden }: ClockListening): CrankStage {
  return { kind: "listening", sigmaMs, share, leftMs, hidden };
}
