import type { Sample } from "#domain/sensor.ts";
import type { Cadence, Milliseconds, Seconds } from "#domain/units.ts";

/** What a simulated body hears and reads on the screen at a moment; a snapshot of the engine has all of it. */
export interface Surroundings {
  readonly phase: "ready" | "running" | "paused" | "ended";
  readonly classTimeS: Seconds;
  readonly tempoBpm: number | null;
  readonly tempoRatio: number;
}

/** A body with sensors that is not there: simulated, or replayed. */
export interface MovementSource {
  /** Notifications that arrive up to `toMs`, in order of arrival. Calls must go forward in time. */
  advance(toMs: Milliseconds, surroundings: Surroundings): Sample[];
  /** The true strokes (pedal downstrokes, steps, drives) between two past host times. */
  strokesBetween(fromMs: Milliseconds, toMs: Milliseconds): readonly Milliseconds[];
}

/** Times of things that happened, for a minute. */
export class TimeLog {
  private times: Milliseconds[] = [];

  add(atMs: Milliseconds): void {
    this.times.push(atMs);
    if ((this.times[0] ?? atMs) < atMs - 120_000)
      this.times = this.times.filter((past) => past > atMs - 60_000);
  }

  between(fromMs: Milliseconds, toMs: Milliseconds): Milliseconds[] {
    return this.times.filter((atMs) => atMs >= fromMs && atMs < toMs);
  }
}

/** Samples on the air, handed out by arrival. */
export class Air {
  private waiting: Sample[] = [];

  send(samples: readonly Sample[]): void {
    this.waiting.push(...samples);
  }

  arrived(toMs: Milliseconds): Sample[] {
    const due = this.waiting.filter(({ tMs }) => tMs <= toMs).sort((a, b) => a.tMs - b.tMs);
    this.waiting = this.waiting.filter(({ tMs }) => tMs > toMs);
    return due;
  }
}

/** Cadence that the sounding music stands for; null when it has none. */
export function musicCadence({ tempoBpm, tempoRatio }: Surroundings): Cadence | null {
  return tempoBpm === null || !(tempoRatio > 0) ? null : tempoBpm / tempoRatio;
}
