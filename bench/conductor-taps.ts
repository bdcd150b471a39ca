/** The product's own calibration of a simulated rider: taps to clicks, and taps with the feet at two paces. */
import { defaultAthlete } from "#domain/athlete.ts";
import { normalRandom, type RandomSource } from "#domain/seeded-random.ts";
import type { SensorTraits } from "#engine/athlete/crank-sensor.ts";
import { SimulatedAthlete } from "#engine/athlete/simulated.ts";
import { estimateDelay } from "#engine/calibrate.ts";
import type { Calibration } from "#engine/contract.ts";
import { CrankMeasuring } from "#engine/crank-measuring.ts";
import { steadyClass } from "./conductor-ride.ts";

/** People tap some 20 to 50 ms early (Repp 2005); to their own feet about as early as to clicks, not quite. */
const tapEarlyMs = { mean: 30, sigma: 12, feetApartSigma: 8 };
const tapSigmaMs = 20;
const clicks = 30;
const clickPeriodMs = 600;
const paces = { slow: 65, fast: 92 };
/** Somebody whose second pace never counts, or whose sensor is lost, gives up. */
const patienceS = 300;

export interface TapTruth {
  readonly sensor: Partial<SensorTraits>;
  readonly outputDelayMs: number;
}

/** How much somebody's taps are off today, beyond what a calibration of another day knows. */
const todaySigmaMs = 8;

/** When somebody taps with a downstroke on a later day, who was early by so much at the calibration (0: taken out of it). */
export function tapsAfter(earlyMs: number, random: RandomSource): (strokeMs: number) => number {
  const todayMs = todaySigmaMs * normalRandom(random) - earlyMs;
  return (strokeMs) => strokeMs + todayMs + tapSigmaMs * normalRandom(random);
}

/** What the two pages would keep after one person has tapped, and how early their feet were; null when the taps do not agree. */
export function tapCalibration(
  random: RandomSource,
  { sensor, outputDelayMs }: TapTruth,
): { readonly calibration: Calibration; readonly feetEarlyMs: number } | null {
  const earlyMs = tapEarlyMs.mean + tapEarlyMs.sigma * normalRandom(random);
  const feetEarlyMs = earlyMs + tapEarlyMs.feetApartSigma * normalRandom(random);
  const clicksMs = Array.from({ length: clicks }, (_, index) => 1000 + index * clickPeriodMs);
  const taps = clicksMs.map((atMs) => atMs + outputDelayMs - earlyMs + tapSigmaMs * normalRandom(random));
  const output = estimateDelay(clicksMs, taps);
  const crank = tapAlong(random, sensor, feetEarlyMs);
  if (output === null || crank === null) return null;
  const calibration = {
    crankAngleRev: { bike: crank.angleRev },
    radioDelayMs: { bike: crank.delayMs },
    outputDelayMs: Math.max(0, output.delayMs),
  };
  return { calibration, feetEarlyMs };
}

function tapAlong(
  random: RandomSource,
  sensor: Partial<SensorTraits>,
  earlyMs: number,
): { readonly angleRev: number; readonly delayMs: number } | null {
  const measuring = new CrankMeasuring();
  const rider = new SimulatedAthlete({
    seed: Math.floor(random() * 2 ** 31),
    plan: steadyClass(80, patienceS),
    athlete: defaultAthlete,
    intent: () => (measuring.stage.kind === "slow" ? paces.slow : paces.fast),
    sensor,
  });
  const seen = { phase: "running", classTimeS: 0, tempoBpm: null, tempoRatio: 0 } as const;
  const waiting: number[] = [];
  let strokes = 0;
  for (let tMs = 50; tMs < patienceS * 1000; tMs += 50) {
    for (const sample of rider.advance(tMs, { ...seen, classTimeS: tMs / 1000 })) measuring.hear(sample);
    for (const strokeMs of rider.strokesBetween(tMs - 50, tMs)) {
      // One foot only.
      if (strokes++ % 2 === 0) waiting.push(strokeMs - earlyMs + tapSigmaMs * normalRandom(random));
    }
    while ((waiting[0] ?? Infinity) <= tMs) measuring.tap(waiting.shift() ?? 0);
    if (measuring.stage.kind === "measured") return measuring.stage.estimates.get("bike") ?? null;
    if (measuring.stage.kind === "unclear") return null;
  }
  return null;
}
