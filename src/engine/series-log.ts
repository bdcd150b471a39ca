import type { Milliseconds, Seconds } from "#domain/units.ts";
import type { SeriesRow } from "#domain/workout.ts";
import type { ClassClock } from "./class-clock.ts";
import type { EngineCommand } from "./contract.ts";

/** A phase error is a second or two old when its stroke becomes known; older ones say nothing about now. */
const phaseStaleMs = 2500;

/** What a row holds besides its time and the phase error. */
export type RowValues = Omit<SeriesRow, "tS" | "phaseErrorMs">;

/** Writes one row for every second really spent. */
export class SeriesLog {
  private nextS: Seconds;
  private phaseErrorMs = 0;
  private phaseMs: Milliseconds = -Infinity;

  constructor(fromS: Seconds) {
    this.nextS = Math.ceil(fromS);
  }

  /** A stroke has become known: `errorMs` is beat minus stroke. */
  notePhase(nowMs: Milliseconds, errorMs: Milliseconds): void {
    this.phaseErrorMs = errorMs;
    this.phaseMs = nowMs;
  }

  phaseErrorAt(tMs: Milliseconds): Milliseconds | null {
    return tMs - this.phaseMs > phaseStaleMs ? null : this.phaseErrorMs;
  }

  /** Rows of the seconds finished by `nowMs`. */
  step(clock: ClassClock, nowMs: Milliseconds, valuesAt: (tMs: Milliseconds) => RowValues): EngineCommand[] {
    const commands: EngineCommand[] = [];
    while (clock.elapsedAt(nowMs) >= this.nextS + 1) {
      const atMs = Math.min(nowMs, clock.msAtElapsed(this.nextS + 1, nowMs));
      const row: SeriesRow = { tS: this.nextS, ...valuesAt(atMs), phaseErrorMs: this.phaseErrorAt(atMs) };
      commands.push({ kind: "row", row });
      this.nextS += 1;
    }
    return commands;
  }
}
