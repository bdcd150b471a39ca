import type { Milliseconds, Seconds } from "#domain/units.ts";

/** Class time and time really spent, as functions of host time. Pauses stop both; a skipped block moves class time on. */
export class ClassClock {
  private runningSinceMs: Milliseconds | null = null;
  private elapsedS: Seconds;
  private skippedS: Seconds;

  /** `elapsedS` and `classTimeS` other than 0 continue an interrupted workout. */
  constructor(elapsedS: Seconds, classTimeS: Seconds) {
    this.elapsedS = elapsedS;
    this.skippedS = classTimeS - elapsedS;
  }

  get running(): boolean {
    return this.runningSinceMs !== null;
  }

  run(tMs: Milliseconds): void {
    this.runningSinceMs ??= tMs;
  }

  stop(tMs: Milliseconds): void {
    this.elapsedS = this.elapsedAt(tMs);
    this.runningSinceMs = null;
  }

  elapsedAt(tMs: Milliseconds): Seconds {
    return this.elapsedS + (this.runningSinceMs === null ? 0 : (tMs - this.runningSinceMs) / 1000);
  }

  classTimeAt(tMs: Milliseconds): Seconds {
    return this.elapsedAt(tMs) + this.skippedS;
  }

  /** Host time of a class time, if nothing stops the clock until then. */
  msAtClassTime(classTimeS: Seconds, nowMs: Milliseconds): Milliseconds {
    return nowMs + (classTimeS - this.classTimeAt(nowMs)) * 1000;
  }

  /** Host time of a moment since Start, if nothing stops the clock until then. */
  msAtElapsed(elapsedS: Seconds, nowMs: Milliseconds): Milliseconds {
    return nowMs + (elapsedS - this.elapsedAt(nowMs)) * 1000;
  }

  skipTo(classTimeS: Seconds, tMs: Milliseconds): void {
    this.skippedS += classTimeS - this.classTimeAt(tMs);
  }
}
