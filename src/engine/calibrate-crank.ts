import type { Milliseconds, Share } from "#domain/units.ts";
import type { CrankTurns, Turn } from "./crank-turns.ts";

export interface CrankEstimate {
  /** Where in the revolution the sensor's event lies past the top of a downstroke, 0..0.5: both legs are strokes. */
  readonly angleRev: number;
  /** What does not turn with the crank: the least radio delay, less how early this person taps. */
  readonly delayMs: Milliseconds;
  /** Half of the interval that holds the stroke's time at 90 rpm in 19 of 20 such measurements. */
  readonly uncertaintyMs: Milliseconds;
  /** Taps that agreed. */
  readonly taps: number;
}

/** Taps scatter by so much around a stroke; farther off than three of these was a slip. */
const tapSigmaMs = 30;
const slipMs = 3 * tapSigmaMs;
const fewestTaps = 16;
const agreeingShare = 0.6;
/** Known before any tap: radios take 10 to 30 ms at least, people tap some 20 ms early. */
const usualDelayMs = 35;
const delaySigmaMs = 25;
const utmostDelayMs = 160;
const earliestDelayMs = -60;
const judgedPeriodMs = 667;

/**
 * The crank angle at a sensor's event, from taps with each downstroke. Event minus tap is angle x period + delay: at one
 * cadence both look alike, at two they come apart (a magnet's 0.1 revolutions are 100 ms at 60 rpm and 55 ms at 110). So
 * the taps should come at two cadences; with one only, the usual delay decides. What was heard of the sensor after the taps
 * tells its clock as well as what was heard before them. Null when too few taps agree.
 */
export function estimateCrank(heard: CrankTurns, tapsMs: readonly Milliseconds[]): CrankEstimate | null {
  const offs = offsOf(heard.onHostClock, tapsMs);
  if (offs.length < fewestTaps) return null;
  let best = { angleRev: 0, delayMs: usualDelayMs, cost: Infinity };
  const search = (angleStep: number, delayStep: number, around: typeof best | null): void => {
    for (let index = 0; index <= 50; index++) {
      const angleRev = around === null ? index * angleStep : around.angleRev + (index - 25) * angleStep;
      const from = around === null ? earliestDelayMs : around.delayMs - 10 * delayStep;
      const to = around === null ? utmostDelayMs : around.delayMs + 10 * delayStep;
      for (let delayMs = from; delayMs <= to; delayMs += delayStep) {
        const cost = costOf(offs, angleRev, delayMs);
        if (cost < best.cost) best = { angleRev, delayMs, cost };
      }
    }
  };
  search(0.01, 4, null);
  search(0.0005, 0.5, best);
  const near = offs.filter((off) => Math.abs(restOf(off, best.angleRev, best.delayMs)) <= slipMs);
  if (near.length < Math.max(fewestTaps, agreeingShare * offs.length)) return null;
  return {
    angleRev: modulo(best.angleRev, 0.5),
    delayMs: best.delayMs,
    uncertaintyMs: 1.96 * Math.hypot(sigmaMs(near, best.angleRev, best.delayMs), heard.clockSigmaMs),
    taps: near.length,
  };
}

interface Off {
  /** Event minus tap, ms; known but for whole strokes. */
  readonly offMs: Milliseconds;
  readonly periodMs: Milliseconds;
}

function offsOf(turns: readonly Turn[], tapsMs: readonly Milliseconds[]): Off[] {
  return tapsMs.flatMap((tapMs) => {
    const turn = turns.find(({ fromMs, toMs }) => tapMs >= fromMs && tapMs < toMs);
    return turn === undefined ? [] : [{ offMs: turn.fromMs - tapMs, periodMs: turn.toMs - turn.fromMs }];
  });
}

/** What an angle and a delay leave unexplained of a tap, within half a stroke. */
function restOf({ offMs, periodMs }: Off, angleRev: Share, delayMs: Milliseconds): Milliseconds {
  const rest = offMs - angleRev * periodMs - delayMs;
  return rest - (periodMs / 2) * Math.round(rest / (periodMs / 2));
}

function costOf(offs: readonly Off[], angleRev: Share, delayMs: Milliseconds): number {
  let cost = ((delayMs - usualDelayMs) / delaySigmaMs) ** 2;
  for (const off of offs) {
    cost += Math.min((slipMs / tapSigmaMs) ** 2, (restOf(off, angleRev, delayMs) / tapSigmaMs) ** 2);
  }
  return cost;
}

/** Standard deviation of angle x period + delay at 90 rpm: least squares with the usual delay as one more reading. */
function sigmaMs(offs: readonly Off[], angleRev: Share, delayMs: Milliseconds): Milliseconds {
  let [pp, p, squares] = [0, 0, 0];
  for (const off of offs) {
    pp += off.periodMs ** 2;
    p += off.periodMs;
    squares += restOf(off, angleRev, delayMs) ** 2;
  }
  const variance = squares / Math.max(1, offs.length - 2);
  const n = offs.length + variance / delaySigmaMs ** 2;
  const determinant = pp * n - p * p;
  const spread = (n * judgedPeriodMs ** 2 - 2 * p * judgedPeriodMs + pp) / determinant;
  return Math.sqrt(variance * spread);
}

function modulo(value: number, by: number): number {
  return ((value % by) + by) % by;
}
