import type { Bpm, Milliseconds } from "#domain/units.ts";

/** Straps average their heart rate over some seconds: only a lasting difference counts. */
const averagedBeats = 12;
const toleratedShare = 0.15;
const lastsMs = 15_000;

/** Compares the intervals between beats that a strap tells with the heart rate it tells. */
export class BeatIntervals {
  private meanMs: Milliseconds | null = null;
  private differsSinceMs: Milliseconds | null = null;

  /** True when they have not fitted together for a while. Without intervals nothing is known: false. */
  differ(tMs: Milliseconds, bpm: Bpm, rrMs: readonly Milliseconds[]): boolean {
    for (const interval of rrMs) {
      if (interval < 200 || interval > 3000) continue;
      this.meanMs = this.meanMs === null ? interval : this.meanMs + (interval - this.meanMs) / averagedBeats;
    }
    if (rrMs.length === 0 || this.meanMs === null) return false;
    const differs = Math.abs((bpm * this.meanMs) / 60_000 - 1) > toleratedShare;
    this.differsSinceMs = differs ? (this.differsSinceMs ?? tMs) : null;
    return this.differsSinceMs !== null && tMs - this.differsSinceMs >= lastsMs;
  }
}
