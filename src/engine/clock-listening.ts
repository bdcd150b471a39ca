import type { Milliseconds, Share } from "#domain/units.ts";

/** Two thirds of what is left of a calibration at the end of the taps is the sensor's clock: known to this, it weighs as the taps do. */
const enoughMs = 7;
/** Nobody is asked to pedal on for longer: by then a clock is known to 6 to 8 ms, unless the cadence hides it. */
const longestMs = 120_000;
/** A clock that became known no better in so long does not show at this cadence; where it shows, one in ten rests as long by chance. */
const lookMs = 30_000;
const better = 0.97;

/** Whether to listen on to a sensor whose clock becomes known as somebody pedals, and what to tell them meanwhile. */
export class ClockListening {
  private readonly sinceMs: Milliseconds;
  private lookedMs: Milliseconds;
  private lookedSigmaMs: Milliseconds;
  private nowMs: Milliseconds;
  /** How well the clock is known. */
  sigmaMs: Milliseconds;
  /** The cadence is one at which the clock does not show. */
  hidden = false;

  /** The taps were enough at `sinceMs`; the clock was known to `sigmaMs` then. */
  constructor(sinceMs: Milliseconds, sigmaMs: Milliseconds) {
    this.sinceMs = sinceMs;
    this.nowMs = sinceMs;
    this.lookedMs = sinceMs;
    this.lookedSigmaMs = sigmaMs;
    this.sigmaMs = sigmaMs;
  }

  hear(nowMs: Milliseconds, sigmaMs: Milliseconds): void {
    this.nowMs = nowMs;
    this.sigmaMs = sigmaMs;
    if (nowMs - this.lookedMs < lookMs) return;
    this.hidden = sigmaMs > better * this.lookedSigmaMs;
    this.lookedMs = nowMs;
    this.lookedSigmaMs = sigmaMs;
  }

  get done(): boolean {
    return this.sigmaMs <= enoughMs || this.leftMs === 0;
  }

  /** How long it goes on at most. */
  get leftMs(): Milliseconds {
    return Math.max(0, this.sinceMs + longestMs - this.nowMs);
  }

  /** How much of what is needed has been heard, 0..1: the variance falls as one over what was heard. */
  get share(): Share {
    return Math.min(1, (enoughMs / this.sigmaMs) ** 2);
  }
}
