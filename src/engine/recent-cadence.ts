import type { Cadence, Milliseconds } from "#domain/units.ts";

const keptMs = 20_000;
const everyMs = 1000;

/** The cadence of late as a median: what a track that takes over should serve, whatever the last moment did. */
export class RecentCadence {
  private readonly readings: { readonly tMs: Milliseconds; readonly cadence: Cadence }[] = [];

  note(tMs: Milliseconds, cadence: Cadence): void {
    const { readings } = this;
    if (tMs - (readings[readings.length - 1]?.tMs ?? -Infinity) < everyMs) return;
    readings.push({ tMs, cadence });
    while ((readings[0]?.tMs ?? tMs) < tMs - keptMs) readings.shift();
  }

  /** The person has changed for good: what was before says nothing any more. */
  restart(): void {
    this.readings.length = 0;
  }

  /** Over the last `spanMs` (20 s at most); null while nothing was noted in them. */
  at(tMs: Milliseconds, spanMs = keptMs): Cadence | null {
    const recent = this.readings
      .filter((reading) => reading.tMs >= tMs - spanMs)
      .map(({ cadence }) => cadence);
    recent.sort((a, b) => a - b);
    return recent[Math.floor(recent.length / 2)] ?? null;
  }
}
