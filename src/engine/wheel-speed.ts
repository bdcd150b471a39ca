import type { Measurement } from "#domain/sensor.ts";
import type { Milliseconds } from "#domain/units.ts";

type Wheel = Extract<Measurement, { kind: "wheel" }>;

/** 700 x 25C, the usual road tyre. */
const circumferenceM = 2.105;
/** Faster than any descent: the counter began anew. */
const utmostSpeedMps = 40;
const stillMs = 3000;

/** Speed and distance from the cumulative wheel revolutions (u32) of CSC and CPS and their event time (u16). */
export class WheelSpeed {
  private last: Wheel | null = null;
  private movedMs: Milliseconds = -Infinity;

  /** What was gone since the notification before; null when that is not known. */
  push(tMs: Milliseconds, wheel: Wheel): { speedMps: number; distanceM: number } | null {
    const { last } = this;
    this.last = wheel;
    if (last === null) {
      this.movedMs = tMs;
      return null;
    }
    const revolutions = (wheel.revolutions - last.revolutions) >>> 0;
    if (revolutions === 0) return tMs - this.movedMs > stillMs ? { speedMps: 0, distanceM: 0 } : null;
    const elapsedS = ((wheel.eventTime - last.eventTime) & 0xffff) / wheel.ticksPerS;
    this.movedMs = tMs;
    const distanceM = revolutions * circumferenceM;
    const speedMps = distanceM / elapsedS;
    return elapsedS > 0 && speedMps <= utmostSpeedMps ? { speedMps, distanceM } : null;
  }
}
