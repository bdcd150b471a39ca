import type { Milliseconds } from "#domain/units.ts";

interface Segment {
  readonly atMs: Milliseconds;
  readonly value: number;
  /** Value per second. */
  readonly rate: number;
}

/** How much of the past stays answerable; phase errors look back a few seconds, crossfades less than a minute. */
const keptMs = 60_000;

/**
 * A value that moves piecewise linearly over host time: a deck's source position in seconds, or the pulse in cadence
 * units. Continuous unless `jumpTo` is used. The past is kept for a minute; the last segment reaches into the future.
 */
export class MotionLine {
  private segments: Segment[];

  constructor(atMs: Milliseconds, value: number, rate: number) {
    this.segments = [{ atMs, value, rate }];
  }

  /** From `atMs` on the value moves at `rate` per second; erases what was planned later. Answers the value at `atMs`. */
  turn(atMs: Milliseconds, rate: number): number {
    const value = this.valueAt(atMs);
    this.jumpTo(atMs, value, rate);
    return value;
  }

  /** From `atMs` on the value is `value` and moves at `rate` per second; erases what was planned later. */
  jumpTo(atMs: Milliseconds, value: number, rate: number): void {
    while (this.segments.length > 0 && this.last().atMs >= atMs) this.segments.pop();
    this.segments.push({ atMs, value, rate });
    while (this.segments.length > 1 && (this.segments[1]?.atMs ?? atMs) < atMs - keptMs) {
      this.segments.shift();
    }
  }

  valueAt(tMs: Milliseconds): number {
    const segment = this.segmentAt(tMs);
    return segment.value + ((tMs - segment.atMs) / 1000) * segment.rate;
  }

  rateAt(tMs: Milliseconds): number {
    return this.segmentAt(tMs).rate;
  }

  /** When the value passes `value` for the last time; Infinity when it never does. Rates must not be negative. */
  timeOf(value: number): Milliseconds {
    for (let index = this.segments.length - 1; index >= 0; index--) {
      const segment = this.segments[index];
      if (segment === undefined) break;
      if (segment.value > value && index > 0) continue;
      if (segment.rate <= 0) return segment.value === value ? segment.atMs : Infinity;
      return segment.atMs + ((value - segment.value) / segment.rate) * 1000;
    }
    return Infinity;
  }

  private segmentAt(tMs: Milliseconds): Segment {
    for (let index = this.segments.length - 1; index > 0; index--) {
      const segment = this.segments[index];
      if (segment !== undefined && segment.atMs <= tMs) return segment;
    }
    return this.segments[0] ?? { atMs: tMs, value: 0, rate: 0 };
  }

  private last(): Segment {
    return this.segments[this.segments.length - 1] ?? { atMs: -Infinity, value: 0, rate: 0 };
  }
}
