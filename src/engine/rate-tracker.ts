import type { Cadence, Milliseconds } from "#domain/units.ts";
import type { Movement } from "./movement.ts";

/** Rates of fitness machines and foot pods are smoothed already; a little more takes their steps of one out. */
const smoothingS = 1.5;
const changeShare = 0.06;
const staleMs = 4000;
const stillBelow = 10;

/** Follows a sensor that tells a rate but not when strokes happen: tempo only. */
export class RateTracker {
  private cadence: Cadence = 0;
  private momentCadence: Cadence = 0;
  private lastMs: Milliseconds = -Infinity;

  push(tMs: Milliseconds, cadence: Cadence): void {
    const elapsedS = (tMs - this.lastMs) / 1000;
    const jumped = this.cadence > 0 && Math.abs(cadence / this.cadence - 1) > changeShare;
    const share = jumped || elapsedS > staleMs / 1000 ? 1 : 1 - Math.exp(-elapsedS / smoothingS);
    this.cadence += share * (cadence - this.cadence);
    this.momentCadence = cadence;
    this.lastMs = tMs;
  }

  /** Null while nobody moves or the sensor is silent. */
  movement(nowMs: Milliseconds): Movement | null {
    if (nowMs - this.lastMs > staleMs || this.momentCadence < stillBelow) return null;
    const unitsPerS = this.cadence / 60;
    return {
      quality: "tempo",
      unitsPerS,
      momentUnitsPerS: unitsPerS,
      changing: Math.abs(this.momentCadence / this.cadence - 1) > changeShare / 2,
      sigmaMs: Infinity,
      phaseAt: (tMs) => (unitsPerS * (tMs - this.lastMs)) / 1000,
    };
  }
}
