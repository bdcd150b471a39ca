import type { Cadence, Milliseconds, Share } from "#domain/units.ts";
import { allowedStretch } from "./track-fit.ts";

const keptMs = 20_000;
const everyMs = 1000;
/** A cadence whose last two readings lie within a track's easy reach holds: a track for it will fit when it sounds. */
export const heldMs = 2000;

/** What a person does. */
export interface Followed {
  readonly cadence: Cadence;
  /** Against what the class asked for at the same time; null where it asked for nothing. */
  readonly share: Share | null;
}

/** The cadence of late as a median: what a track that takes over should serve, whatever the last moment did. */
export class RecentCadence {
  private readonly readings: (Followed & { readonly tMs: Milliseconds })[] = [];

  note(tMs: Milliseconds, cadence: Cadence, target: Cadence | null): void {
    const { readings } = this;
    if (tMs - (readings[readings.length - 1]?.tMs ?? -Infinity) < everyMs) return;
    readings.push({ tMs, cadence, share: target === null ? null : cadence / target });
    while ((readings[0]?.tMs ?? tMs) < tMs - keptMs) readings.shift();
  }

  /** The person has changed for good, to this: what was before says nothing any more. */
  restart(tMs: Milliseconds, cadence: Cadence, target: Cadence | null): void {
    this.readings.length = 0;
    this.note(tMs, cadence, target);
  }

  /** Whether the cadence no longer moves. */
  holds(tMs: Milliseconds): boolean {
    const cadences = this.readings
      .filter((reading) => reading.tMs > tMs - heldMs)
      .map(({ cadence }) => cadence);
    if (cadences.length < heldMs / everyMs) return false;
    return Math.max(...cadences) <= (1 + allowedStretch) * Math.min(...cadences);
  }

  /** Over the last `spanMs` (20 s at most); null while nothing was noted in them. */
  at(tMs: Milliseconds, spanMs = keptMs): Followed | null {
    const recent = this.readings.filter((reading) => reading.tMs >= tMs - spanMs);
    const cadence = middle(recent.map((reading) => reading.cadence));
    if (cadence === null) return null;
    return { cadence, share: middle(recent.flatMap(({ share }) => (share === null ? [] : [share]))) };
  }
}

function middle(values: number[]): number | null {
  values.sort((a, b) => a - b);
  return values[Math.floor(values.length / 2)] ?? null;
}
