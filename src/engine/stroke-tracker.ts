import { clamp, type Milliseconds, type Seconds } from "#domain/units.ts";
import { ClockPosterior } from "./clock-posterior.ts";
import type { Movement } from "./movement.ts";
import { PeriodModels, phaseModels, tempoModels } from "./period-models.ts";
import { CrankUnwrapper } from "./unwrap.ts";

/** An event time is told in 1/1024 s and taken by a switch or a gyroscope: about a millisecond. */
const eventSigmaS = 0.001;
/** A tap or a step found in the motion of a phone. */
const strokeSigmaS = 0.015;
/** After a gap of so many periods the time starts anew and the period is kept. */
const gapPeriods = 2.6;
/** No event for so many periods (and two seconds): standing still, or coasting. */
const stillPeriods = 3;
const stillMs = 2200;
/** Notifications missing for so long are bridged by prediction, with growing uncertainty. */
const bridgedMs = 5000;
/** Among the first events a period so far from the one before begins anew: a sensor's first event may be an old one. */
const earlyEvents = 6;
const earlyShare = 0.15;
/**
 * Taps with the foot scatter by some 25 ms about a predicted stroke, and all of them may be off by another 12: for so much
 * each counts, so that eight together tell the clock to 16 ms. So many of them are slips.
 */
const tapSigmaMs = 45;
const slipShare = 0.1;
/** A clock known this well needs no taps: they could only bring in how differently somebody taps today. */
const tapsUntilMs = 14;
const shortestPeriodS = 0.22;
const longestPeriodS = 6;

export interface TrackerCalibration {
  /** Where in the revolution the sensor's event lies, 0..1 past the top of the downstroke. */
  readonly angleRev: number;
  /** Radio delay that every notification has at least. */
  readonly radioDelayMs: Milliseconds;
}

/** A unit that has happened: its number and when, on the host's clock as well as it is known now. */
export interface KnownStroke {
  readonly unit: number;
  readonly atMs: Milliseconds;
  /** Units gone by since the stroke known before. */
  readonly steps: number;
}

/** Follows one sensor that tells when units (revolutions, steps, drives) happen: from crank counters, taps or motion. */
export class StrokeTracker {
  private readonly calibration: TrackerCalibration;
  private readonly unwrapper = new CrankUnwrapper();
  private readonly clock = new ClockPosterior();
  private phase = new PeriodModels(phaseModels, eventSigmaS);
  private tempo = new PeriodModels(tempoModels, eventSigmaS);
  private unit = 0;
  private eventS: Seconds | null = null;
  private arrivalMs: Milliseconds = -Infinity;
  private events = 0;
  private direct = false;
  private lastRate: number | null = null;
  private gapBefore = false;

  constructor(calibration: TrackerCalibration) {
    this.calibration = calibration;
  }

  /** Counters of a crank sensor as a notification brought them. Answers the new stroke, null when there is none. */
  pushCrank(arrivalMs: Milliseconds, revolutions: number, eventTime1024: number): KnownStroke | null {
    const event = this.unwrapper.push(arrivalMs, revolutions, eventTime1024);
    const before = this.arrivalMs;
    this.arrivalMs = arrivalMs;
    if (event === null) return null;
    if (event.steps === 0) {
      this.clock.reset();
      this.begin(event.eventS);
      this.clock.present(arrivalMs, event.eventS);
      return null;
    }
    const last = this.eventS ?? event.eventS;
    this.clock.present(arrivalMs, event.eventS);
    const firstNewS = last + (event.eventS - last) / event.steps;
    if (before > -Infinity && event.eventS - last < longestPeriodS * event.steps) {
      this.clock.absent(before, firstNewS);
    }
    return this.advance(event.eventS, event.steps);
  }

  /** A single stroke seen at `atMs` on the host's own clock. */
  pushStroke(atMs: Milliseconds): KnownStroke | null {
    if (!this.direct) {
      this.direct = true;
      this.phase = new PeriodModels(phaseModels, strokeSigmaS);
      this.tempo = new PeriodModels(tempoModels, strokeSigmaS);
    }
    this.arrivalMs = Math.max(this.arrivalMs, atMs);
    const atS = atMs / 1000;
    if (this.eventS === null) {
      this.begin(atS);
      return null;
    }
    const sinceS = atS - this.eventS;
    if (sinceS < shortestPeriodS) return null;
    const periods = this.phase.started ? sinceS / this.phase.periodS : 1;
    return this.advance(atS, Math.max(1, Math.round(periods)));
  }

  /** Standard deviation of what is known of the sensor's clock, in the time of a stroke. */
  get clockSigmaMs(): Milliseconds {
    return this.direct ? 0 : this.clock.sigmaMs;
  }

  /**
   * The person tapped with a push of a foot, at `atMs` on the host's own clock: a stroke that does not come through the radio,
   * so it tells where the sensor's clock lies even where the notifications cannot.
   */
  hearTap(atMs: Milliseconds): void {
    if (this.direct || !this.phase.started || this.clock.sigmaMs < tapsUntilMs) return;
    if (!(Math.abs(atMs - this.arrivalMs) < bridgedMs)) return;
    const periodMs = this.phase.periodS * 1000;
    const strokeMs = periodMs / 2;
    const aheadSteps = clamp((atMs - this.hostMs(this.eventS ?? 0)) / periodMs, 0, 8);
    const variance = tapSigmaMs ** 2 + 1e6 * this.phase.varianceAhead(aheadSteps);
    const angleMs = this.calibration.angleRev * periodMs;
    const topMs = this.phase.timeS * 1000 - angleMs - this.calibration.radioDelayMs;
    this.clock.weigh((offsetMs) => {
      const off = atMs - topMs - offsetMs;
      const rest = off - strokeMs * Math.round(off / strokeMs);
      return slipShare + (1 - slipShare) * Math.exp((-rest * rest) / 2 / variance);
    });
  }

  /** The movement as known at `nowMs`; null while too little is known or nobody moves. */
  movement(nowMs: Milliseconds): Movement | null {
    if (!this.phase.started || this.events < 3) return null;
    const eventMs = this.hostMs(this.eventS ?? 0);
    const sinceMs = nowMs - eventMs;
    const periodMs = this.phase.periodS * 1000;
    if (this.standsStill(nowMs, eventMs, periodMs)) return null;
    const ahead = clamp(sinceMs / periodMs, 0, 8);
    const sigmaMs = Math.hypot(this.clockSigmaMs, 1000 * Math.sqrt(this.phase.varianceAhead(ahead)));
    const timeMs = this.hostMs(this.phase.timeS);
    const unit = this.unit + (this.direct ? 0 : this.calibration.angleRev);
    return {
      quality: "phase",
      unitsPerS: 1 / this.tempo.periodS,
      momentUnitsPerS: 1 / this.phase.periodS,
      changing: this.tempo.changeProbability > 0.5,
      sigmaMs,
      phaseAt: (tMs) => unit + (tMs - timeMs) / periodMs,
    };
  }

  /** Rate between the last two events, units per second, unsmoothed; 0 when they have stopped, null before there are two. */
  eventRate(nowMs: Milliseconds): number | null {
    if (this.lastRate === null || this.eventS === null) return null;
    return this.standsStill(nowMs, this.hostMs(this.eventS), 1000 / this.lastRate) ? 0 : this.lastRate;
  }

  /** Notifications without a new event say that nobody moves; missing notifications are bridged for a while. */
  private standsStill(nowMs: Milliseconds, eventMs: Milliseconds, periodMs: Milliseconds): boolean {
    const limitMs = Math.max(stillPeriods * periodMs, periodMs + stillMs);
    const heardUntilMs = this.direct ? nowMs : this.arrivalMs;
    return heardUntilMs - eventMs > limitMs || nowMs - this.arrivalMs > bridgedMs;
  }

  private hostMs(eventS: Seconds): Milliseconds {
    if (this.direct) return eventS * 1000;
    return eventS * 1000 + this.clock.offsetMs - this.calibration.radioDelayMs;
  }

  private begin(eventS: Seconds): void {
    this.eventS = eventS;
    this.events = 1;
    this.phase = new PeriodModels(phaseModels, this.direct ? strokeSigmaS : eventSigmaS);
    this.tempo = new PeriodModels(tempoModels, this.direct ? strokeSigmaS : eventSigmaS);
  }

  private advance(eventS: Seconds, steps: number): KnownStroke | null {
    const gapS = eventS - (this.eventS ?? eventS);
    const periodS = gapS / steps;
    this.lastRate = periodS > 0 ? 1 / periodS : null;
    this.eventS = eventS;
    this.unit += steps;
    this.events += 1;
    this.learn(eventS, steps, periodS);
    const angle = this.direct ? 0 : this.calibration.angleRev;
    return { unit: this.unit, atMs: this.hostMs(eventS) - angle * this.phase.periodS * 1000, steps };
  }

  private learn(eventS: Seconds, steps: number, periodS: Seconds): void {
    const possible = periodS >= shortestPeriodS && periodS <= longestPeriodS;
    const share = this.phase.started ? periodS / this.phase.periodS : 1;
    const gap = !possible || share > gapPeriods;
    const early = this.events <= earlyEvents && Math.abs(share - 1) > earlyShare;
    if (possible && (!this.phase.started || early || (gap && this.gapBefore))) {
      this.phase.start(eventS, periodS);
      this.tempo.start(eventS, periodS);
    } else if (this.phase.started && gap) {
      this.phase.reanchor(eventS);
      this.tempo.reanchor(eventS);
    } else if (this.phase.started) {
      this.phase.push(eventS, steps, periodS);
      this.tempo.push(eventS, steps, periodS);
    }
    this.gapBefore = gap && !this.gapBefore;
    if (!this.direct && this.phase.started) this.clock.foldBy(this.phase.periodS * 500);
  }
}
