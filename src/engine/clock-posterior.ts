import type { Milliseconds, Seconds } from "#domain/units.ts";

const stepMs = 2;
/** Notifications come at least every two seconds: the offset lies this far below the first delay seen. */
const spanMs = 2000;
const bins = spanMs / stepMs;
/** Radio latency beyond its minimum: exponential, cut. The minimum itself cannot be seen; calibration adds it. */
const latencyMeanMs = 15;
const latencyCutMs = 60;
const floor = 0.002;
/** Share of the probability that moves to the neighbouring bins each second: clocks drift against each other. */
const diffusionPerS = 0.05;
/**
 * Share of the probability that goes back to all offsets alike each second. While a page is busy it hears notifications late, and
 * what they deny is denied wrongly: without a way back a dozen of them would be believed for minutes.
 */
const forgottenPerS = 1e-4;

/**
 * Where a sensor's clock lies against the host's: a posterior over the offset (host = event + offset) on a 2 ms grid.
 * Each event that a notification carries says that offset + latency was at most arrival - event; each event it does not
 * carry yet, that it was more. A minimum filter uses the first half only and fails where cadence and notifications alias.
 */
export class ClockPosterior {
  /** Offset of the first bin, ms. */
  private baseMs = Number.NaN;
  private weights = new Float64Array(bins).fill(1 / bins);
  private lastMs: Milliseconds = Number.NaN;
  private estimate: { readonly offsetMs: Milliseconds; readonly sigmaMs: Milliseconds } | null = null;
  private foldMs: Milliseconds = Infinity;
  private misses = 0;

  /** True once an event has been seen. */
  get known(): boolean {
    return !Number.isNaN(this.baseMs);
  }

  get offsetMs(): Milliseconds {
    return this.known ? this.estimated().offsetMs : 0;
  }

  get sigmaMs(): Milliseconds {
    return this.known ? this.estimated().sigmaMs : Infinity;
  }

  /** Offsets that lie a whole number of strokes apart put strokes at the same moments: mean and deviation go round. */
  foldBy(strokeMs: Milliseconds): void {
    this.foldMs = strokeMs;
    this.estimate = null;
  }

  /** A notification that arrived at `arrivalMs` carried the event of sensor time `eventS`. */
  present(arrivalMs: Milliseconds, eventS: Seconds): void {
    const delayMs = arrivalMs - eventS * 1000;
    this.cover(delayMs, arrivalMs);
    this.multiply((offsetMs) => latencyShare(delayMs - offsetMs));
  }

  /** The last notification before the event of sensor time `eventS` was known arrived at `arrivalMs`: it was not in it. */
  absent(arrivalMs: Milliseconds, eventS: Seconds): void {
    if (!this.known) return;
    const delayMs = arrivalMs - eventS * 1000;
    this.multiply((offsetMs) => 1 - latencyShare(delayMs - offsetMs));
  }

  /** Something else was seen that is as likely as `likelihood` tells for each offset. */
  weigh(likelihood: (offsetMs: Milliseconds) => number): void {
    if (this.known) this.multiply(likelihood);
  }

  /** Forgets everything: the sensor's clock began anew. */
  reset(): void {
    this.baseMs = Number.NaN;
    this.misses = 0;
  }

  /** Lets the grid reach up to a delay smaller than any before; starts anew when the clock has clearly jumped. */
  private cover(delayMs: Milliseconds, arrivalMs: Milliseconds): void {
    const topMs = this.baseMs + spanMs;
    this.misses = delayMs > topMs + spanMs ? this.misses + 1 : 0;
    if (!this.known || delayMs < this.baseMs + stepMs || this.misses >= 3) {
      this.baseMs = delayMs - spanMs + stepMs;
      this.weights.fill(1 / bins);
      this.lastMs = arrivalMs;
      this.misses = 0;
    }
    this.diffuse(Math.max(0, arrivalMs - this.lastMs) / 1000);
    this.lastMs = arrivalMs;
  }

  private diffuse(elapsedS: Seconds): void {
    const share = Math.min(0.5, diffusionPerS * elapsedS) / 2;
    if (share === 0) return;
    const { weights } = this;
    const forgotten = Math.min(1, forgottenPerS * elapsedS);
    let left = weights[0] ?? 0;
    for (let bin = 0; bin < bins; bin++) {
      const here = weights[bin] ?? 0;
      const right = weights[Math.min(bin + 1, bins - 1)] ?? 0;
      const moved = here * (1 - 2 * share) + share * (left + right);
      weights[bin] = moved * (1 - forgotten) + forgotten / bins;
      left = here;
    }
  }

  private multiply(likelihood: (offsetMs: Milliseconds) => number): void {
    const { weights } = this;
    let total = 0;
    for (let bin = 0; bin < bins; bin++) {
      const weight = (weights[bin] ?? 0) * likelihood(this.baseMs + bin * stepMs);
      weights[bin] = weight;
      total += weight;
    }
    for (let bin = 0; bin < bins; bin++) weights[bin] = (weights[bin] ?? 0) / total;
    this.estimate = null;
  }

  private estimated(): { readonly offsetMs: Milliseconds; readonly sigmaMs: Milliseconds } {
    this.estimate ??= Number.isFinite(this.foldMs) ? this.folded() : this.plain();
    return this.estimate;
  }

  private plain(): { offsetMs: Milliseconds; sigmaMs: Milliseconds } {
    let mean = 0;
    let square = 0;
    for (let bin = 0; bin < bins; bin++) {
      const weight = this.weights[bin] ?? 0;
      mean += weight * bin;
      square += weight * bin * bin;
    }
    const sigmaMs = Math.sqrt(Math.max(0, square - mean * mean)) * stepMs;
    return { offsetMs: this.baseMs + mean * stepMs, sigmaMs };
  }

  /** Mean direction and circular standard deviation (Mardia & Jupp 2000, 2.3), nearest to the plain mean. */
  private folded(): { offsetMs: Milliseconds; sigmaMs: Milliseconds } {
    const { foldMs, weights } = this;
    const turn = (2 * Math.PI * stepMs) / foldMs;
    const [cosStep, sinStep] = [Math.cos(turn), Math.sin(turn)];
    let [cos, sin, real, imaginary] = [1, 0, 0, 0];
    for (let bin = 0; bin < bins; bin++) {
      const weight = weights[bin] ?? 0;
      real += weight * cos;
      imaginary += weight * sin;
      [cos, sin] = [cos * cosStep - sin * sinStep, sin * cosStep + cos * sinStep];
    }
    const length = Math.min(1, Math.hypot(real, imaginary));
    const offsetMs = this.baseMs + (Math.atan2(imaginary, real) / turn) * stepMs;
    const apart = Math.round((this.plain().offsetMs - offsetMs) / foldMs);
    return {
      offsetMs: offsetMs + apart * foldMs,
      sigmaMs: (Math.sqrt(-2 * Math.log(Math.max(length, 1e-9))) * foldMs) / (2 * Math.PI),
    };
  }
}

/** Share of notifications whose radio latency beyond the minimum is at most `delayMs`; never quite 0 or 1. */
function latencyShare(delayMs: Milliseconds): number {
  if (delayMs <= 0) return floor;
  if (delayMs >= latencyCutMs) return 1 - floor;
  const share = (1 - Math.exp(-delayMs / latencyMeanMs)) / (1 - Math.exp(-latencyCutMs / latencyMeanMs));
  return floor + (1 - 2 * floor) * share;
}
