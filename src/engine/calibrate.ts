import { robustCentreOf } from "#domain/robust-centre.ts";
import type { Milliseconds } from "#domain/units.ts";

export interface DelayEstimate {
  readonly delayMs: Milliseconds;
  /** Half of the interval that holds the delay in 19 of 20 such measurements. */
  readonly uncertaintyMs: Milliseconds;
  /** Taps that agreed. */
  readonly taps: number;
}

/** Delays are looked for from so much before a click on: people tap early, a clock may be a little off. */
const earliestMs = -150;
/** Taps farther from the crowd than this were slips. */
const slipMs = 90;
const fewestTaps = 8;
/** With fewer of the taps agreeing somebody tapped something else. */
const agreeingShare = 0.6;

/**
 * How much later clicks are heard than they were thought to sound, from taps to them: clicks and taps in ms of one
 * clock, clicks in order and about evenly spaced. The crowd of the taps is found first, so that slips and missed taps do
 * not matter; its median is the delay. Null when too few taps agree.
 *
 * Nothing is added for people tapping some 20 to 50 ms early (negative mean asynchrony: Repp 2005, Psychon. Bull. Rev.
 * 12(6)): keyboards and touch screens tell a tap late by about as much, both differ from one to the next, and what is
 * wanted in the end is that the beat falls where this person puts the foot.
 */
export function estimateDelay(
  clicksMs: readonly Milliseconds[],
  tapsMs: readonly Milliseconds[],
): DelayEstimate | null {
  const periodMs = ((clicksMs.at(-1) ?? 0) - (clicksMs[0] ?? 0)) / (clicksMs.length - 1);
  if (!(periodMs > 0)) return null;
  const delays = tapsMs.flatMap((tapMs) => {
    const clickMs = clicksMs.findLast((atMs) => tapMs - atMs >= earliestMs);
    return clickMs === undefined || tapMs - clickMs >= periodMs + earliestMs ? [] : [tapMs - clickMs];
  });
  const crowd = largestCrowd(delays, periodMs);
  if (crowd.length < fewestTaps || crowd.length < agreeingShare * delays.length) return null;
  const { median, uncertainty } = robustCentreOf(crowd);
  return { delayMs: wrap(median, periodMs), uncertaintyMs: uncertainty, taps: crowd.length };
}

/** The delays nearest to the one that has most others around it; a crowd across the seam is unrolled past it. */
function largestCrowd(delays: readonly Milliseconds[], periodMs: Milliseconds): Milliseconds[] {
  let largest: Milliseconds[] = [];
  for (const middle of delays) {
    const crowd = delays
      .map((delay) => middle + modulo(delay - middle + periodMs / 2, periodMs) - periodMs / 2)
      .filter((delay) => Math.abs(delay - middle) <= slipMs);
    if (crowd.length > largest.length) largest = crowd;
  }
  return largest;
}

function wrap(delayMs: Milliseconds, periodMs: Milliseconds): Milliseconds {
  return earliestMs + modulo(delayMs - earliestMs, periodMs);
}

function modulo(value: number, by: number): number {
  return ((value % by) + by) % by;
}
