import type { Milliseconds, Seconds } from "#domain/units.ts";

/** A new revolution (or several) as its sensor counted and timed it, unrolled. */
export interface CrankEvent {
  /** Revolutions since this tracker began. */
  readonly revolutions: number;
  /** Sensor time of the last revolution, unrolled, seconds. */
  readonly eventS: Seconds;
  /** Revolutions since the event before; 0 on the first event and after the sensor began anew. */
  readonly steps: number;
}

const counterRange = 0x10000;
const ticksPerS = 1024;
const rolloverS = counterRange / ticksPerS;
/** Faster than anybody pedals (240 rpm): the counter began anew, or the payload is not a crank's. */
const utmostRevolutionsPerS = 4;

/**
 * Unrolls the u16 revolution count and the u16 event time (1/1024 s) of CSC and CPS. A coast may outlast the event
 * time's 64 s: whole rollovers are taken from the arrival times.
 */
export class CrankUnwrapper {
  private count = -1;
  private ticks = 0;
  private revolutions = 0;
  private eventS: Seconds = 0;
  private arrivalMs: Milliseconds = 0;

  /** Null when nothing new happened, or the message is not possible. */
  push(arrivalMs: Milliseconds, count: number, ticks: number): CrankEvent | null {
    if (this.count < 0) return this.restart(arrivalMs, count, ticks);
    const steps = (count - this.count) & (counterRange - 1);
    if (steps === 0) return null;
    const rolledS = ((ticks - this.ticks) & (counterRange - 1)) / ticksPerS;
    const arrivalS = (arrivalMs - this.arrivalMs) / 1000;
    const elapsedS = rolledS + rolloverS * Math.max(0, Math.round((arrivalS - rolledS) / rolloverS));
    if (steps > Math.ceil(elapsedS * utmostRevolutionsPerS)) return this.restart(arrivalMs, count, ticks);
    this.note(arrivalMs, count, ticks);
    this.revolutions += steps;
    this.eventS += elapsedS;
    return { revolutions: this.revolutions, eventS: this.eventS, steps };
  }

  private restart(arrivalMs: Milliseconds, count: number, ticks: number): CrankEvent {
    this.note(arrivalMs, count, ticks);
    this.revolutions += 1;
    this.eventS = ticks / ticksPerS;
    return { revolutions: this.revolutions, eventS: this.eventS, steps: 0 };
  }

  private note(arrivalMs: Milliseconds, count: number, ticks: number): void {
    this.count = count;
    this.ticks = ticks;
    this.arrivalMs = arrivalMs;
  }
}
