import type { Milliseconds } from "#domain/units.ts";

/** Removes gravity and how the phone is held. */
const gravityTauMs = 1000;
/** Two of these in a row leave little above 4 Hz: the step itself stays, the ringing of its impact goes. */
const smoothingTauMs = 45;
/** Gentler rises than this are hands, breath and traffic, m/s². */
const leastRise = 0.35;
/** A step rises to this share of the recent ones at least: left and right differ, echoes within a step are smaller. */
const shareOfRecent = 0.4;
const recentTauMs = 3000;
/** The filters go in steps of so much at most. */
const partMs = 8;
/** 33 to 250 steps a minute. */
const shortestStepMs = 240;
const longestStepMs = 1800;
/** A second peak sooner than this share of the last interval belongs to the same step. Under a half: a step missed once
 * must not make every second one be missed for good. */
const refractoryShare = 0.45;
/** So many like intervals in a row are walking or running; fewer are somebody picking the phone up. */
const likeIntervals = 3;
const likeShare = 0.3;
/** Motion missing for so long: what went before says nothing of what follows. */
const gapMs = 500;

/** Finds steps in the acceleration of a phone that is carried or worn, however it is held. */
export class StepDetector {
  private lastMs: Milliseconds = Number.NaN;
  private size = 0;
  private gravity = 0;
  private smoothed: [number, number] = [0, 0];
  /** The smoothed value before the newest one. */
  private before = 0;
  private rising = false;
  private recentRise = 0;
  private lowSinceStep = true;
  private stepMs: Milliseconds = Number.NaN;
  private intervalMs: Milliseconds = Number.NaN;
  private likeSoFar = 0;

  /**
   * One reading of acceleration including gravity, m/s². Answers when a step happened, a moment ago; null when none did.
   * Readings come in order of time, 30 to 100 a second.
   */
  push(tMs: Milliseconds, x: number, y: number, z: number): Milliseconds | null {
    const size = Math.hypot(x, y, z);
    if (!Number.isFinite(size) || tMs <= this.lastMs) return null;
    const sinceMs = tMs - this.lastMs;
    if (Number.isNaN(sinceMs) || sinceMs > gapMs) {
      this.begin(tMs, size);
      return null;
    }
    const parts = Math.ceil(sinceMs / partMs);
    const fromMs = this.lastMs;
    const fromSize = this.size;
    let stepMs: Milliseconds | null = null;
    for (let part = 1; part <= parts; part++) {
      const share = part / parts;
      const found = this.pass(fromMs + share * sinceMs, fromSize + share * (size - fromSize));
      stepMs ??= found;
    }
    return stepMs;
  }

  /** Between two readings the motion goes evenly from one to the other: a page that is busy reads unevenly. */
  private pass(tMs: Milliseconds, size: number): Milliseconds | null {
    const sinceMs = tMs - this.lastMs;
    this.lastMs = tMs;
    this.size = size;
    this.gravity += (size - this.gravity) * weight(sinceMs, gravityTauMs);
    const share = weight(sinceMs, smoothingTauMs);
    this.smoothed[0] += (size - this.gravity - this.smoothed[0]) * share;
    this.smoothed[1] += (this.smoothed[0] - this.smoothed[1]) * share;
    this.recentRise *= 1 - weight(sinceMs, recentTauMs);
    return this.look(tMs - sinceMs, this.smoothed[1]);
  }

  private begin(tMs: Milliseconds, size: number): void {
    this.lastMs = tMs;
    this.size = size;
    this.gravity = size;
    this.smoothed = [0, 0];
    this.before = 0;
    this.rising = false;
    this.lowSinceStep = true;
    this.recentRise = 0;
    this.likeSoFar = 0;
    this.stepMs = Number.NaN;
    this.intervalMs = Number.NaN;
  }

  /** `value` is the newest; the one before it, of `beforeMs`, may have been a peak. */
  private look(beforeMs: Milliseconds, value: number): Milliseconds | null {
    const peak = this.before;
    const wasRising = this.rising;
    this.rising = value > peak;
    this.before = value;
    if (value < 0) this.lowSinceStep = true;
    if (!wasRising || this.rising || !this.lowSinceStep) return null;
    if (peak < Math.max(leastRise, shareOfRecent * this.recentRise)) return null;
    const intervalMs = beforeMs - this.stepMs;
    const soonestMs = Math.max(shortestStepMs, refractoryShare * (this.intervalMs || 0));
    if (intervalMs < soonestMs) return null;
    this.recentRise = Math.max(this.recentRise, peak);
    this.lowSinceStep = false;
    this.stepMs = beforeMs;
    return this.count(beforeMs, intervalMs);
  }

  /** Another peak that could be a step: one, if those before it came as regularly. */
  private count(atMs: Milliseconds, intervalMs: Milliseconds): Milliseconds | null {
    if (!(intervalMs <= longestStepMs)) {
      this.likeSoFar = 0;
      this.intervalMs = Number.NaN;
      return null;
    }
    const like = Math.abs(intervalMs / (this.intervalMs || intervalMs) - 1) <= likeShare;
    this.likeSoFar = like ? this.likeSoFar + 1 : 0;
    this.intervalMs = intervalMs;
    return this.likeSoFar >= likeIntervals ? atMs - filterDelayMs(intervalMs) : null;
  }
}

/** Weight of a reading `sinceMs` after the last one in a mean that forgets with this time constant. */
function weight(sinceMs: Milliseconds, tauMs: Milliseconds): number {
  return 1 - Math.exp(-sinceMs / tauMs);
}

/** By how much both filters delay a swing of this period: their phase there (two low-pass poles, one high-pass). */
function filterDelayMs(periodMs: Milliseconds): Milliseconds {
  const perMs = (2 * Math.PI) / periodMs;
  const lag = 2 * Math.atan(perMs * smoothingTauMs);
  const lead = Math.atan(1 / (perMs * gravityTauMs));
  return (lag - lead) / perMs;
}
