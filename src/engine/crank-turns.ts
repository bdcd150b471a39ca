import type { Milliseconds, Seconds } from "#domain/units.ts";
import { ClockPosterior } from "./clock-posterior.ts";
import { CrankUnwrapper } from "./unwrap.ts";

/** A revolution as its sensor saw it, from one event to the next. */
export interface Turn {
  readonly fromMs: Milliseconds;
  readonly toMs: Milliseconds;
}

/** Longer than this a turn tells nothing of when its event happened: somebody stood still. */
const longestTurnS = 6;

/** All turns of one crank sensor since it was first heard, and where its clock lies by all that was heard so far. */
export class CrankTurns {
  private readonly unwrapper = new CrankUnwrapper();
  private readonly clock = new ClockPosterior();
  /** By the sensor's clock. */
  private turns: Turn[] = [];
  private lastS: Seconds = Number.NaN;
  private arrivalMs: Milliseconds = Number.NaN;

  /** Counters as a notification brought them. */
  hear(arrivalMs: Milliseconds, revolutions: number, eventTime1024: number): void {
    const event = this.unwrapper.push(arrivalMs, revolutions, eventTime1024);
    const beforeMs = this.arrivalMs;
    this.arrivalMs = arrivalMs;
    if (event === null) return;
    const { eventS, steps } = event;
    if (steps === 0) {
      // The sensor began anew: what was before is on another clock.
      this.clock.reset();
      this.turns = [];
    }
    this.clock.present(arrivalMs, eventS);
    const turnS = (eventS - this.lastS) / steps;
    if (steps > 0 && turnS < longestTurnS) this.clock.absent(beforeMs, this.lastS + turnS);
    for (let step = 0; step < steps; step++) {
      const fromMs = (this.lastS + step * turnS) * 1000;
      this.turns.push({ fromMs, toMs: fromMs + turnS * 1000 });
    }
    this.lastS = eventS;
  }

  /** Standard deviation of what is known of the sensor's clock. */
  get clockSigmaMs(): Milliseconds {
    return this.clock.sigmaMs;
  }

  /** By the host's clock as it is known now; what the radio takes at least is still in them. */
  get onHostClock(): readonly Turn[] {
    const { offsetMs } = this.clock;
    return this.turns.map(({ fromMs, toMs }) => ({ fromMs: fromMs + offsetMs, toMs: toMs + offsetMs }));
  }
}
