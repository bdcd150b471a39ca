/** Somebody goes from 70 to 90 rpm within 4 s: when the tracked tempo is there, and when beats are on strokes again. */
import { defaultAthlete } from "#domain/athlete.ts";
import type { PlannerTrack } from "#domain/track.ts";
import { quantile } from "#domain/units.ts";
import { SimulatedAthlete } from "#engine/athlete/simulated.ts";
import { StrokeTracker } from "#engine/stroke-tracker.ts";
import { plannedEngine, steadyClass } from "./conductor-ride.ts";
import { seededLibrary } from "./soundtrack/library.ts";

const endS = 64;
const rides = 40;
const within = 0.02;
const judgedS = 12;
const relockMs = 60;
const relockShare = 0.9;
const relockWindowS = 4;

interface RampFigures {
  /** Seconds from the ramp's end, ascending. */
  readonly tracked: readonly number[];
  /** The same for who is told when the ramp ended and when every stroke since then was, as late as the sensor tells. */
  readonly informed: readonly number[];
  readonly relocked: readonly number[];
}

function intent(tS: number): number {
  return 70 + 20 * Math.min(1, Math.max(0, (tS - endS + 4) / 4));
}

function rider(seed: number, rateHz: number): SimulatedAthlete {
  return new SimulatedAthlete({
    seed,
    plan: steadyClass(80, 100),
    athlete: defaultAthlete,
    intent,
    sensor: { rateHz },
  });
}

function rampFigures(seed: number, rateHz: number): RampFigures {
  const tracks = seededLibrary(300, seed);
  const found = Array.from({ length: rides }, (_, index) => trackedAfter(seed + index, rateHz));
  const ascending = (values: readonly number[]): number[] => values.toSorted((a, b) => a - b);
  return {
    tracked: ascending(found.map(({ trackedS }) => trackedS)),
    informed: ascending(found.map(({ informedS }) => informedS)),
    relocked: ascending(
      Array.from({ length: rides }, (_, index) => relockedAfter(seed + index, rateHz, tracks)),
    ),
  };
}

interface Told {
  readonly tMs: number;
  readonly cadence: number;
}

function trackedAfter(seed: number, rateHz: number): { trackedS: number; informedS: number } {
  const source = rider(seed, rateHz);
  const tracker = new StrokeTracker({ angleRev: 0, radioDelayMs: 20 });
  const tracked: Told[] = [];
  const informed: Told[] = [];
  const strokes: number[] = [];
  let informedCadence = 0;
  for (let tMs = 0; tMs < (endS + 20) * 1000; tMs += 50) {
    const seen = { phase: "running", classTimeS: tMs / 1000, tempoBpm: null, tempoRatio: 0 } as const;
    for (const { tMs: atMs, measurements } of source.advance(tMs, seen)) {
      for (const crank of measurements) {
        if (crank.kind !== "crank") continue;
        tracker.pushCrank(atMs, crank.revolutions, crank.eventTime1024);
        // It left the sensor 20 ms ago at least; every second stroke is a revolution's.
        const since = source.strokesBetween(endS * 1000, atMs - 20);
        const turns = Math.floor((since.length - 1) / 2);
        if (turns < 1) continue;
        informedCadence = (60_000 * turns) / ((since[2 * turns] ?? 0) - (since[0] ?? 0));
      }
    }
    strokes.push(...source.strokesBetween(tMs - 2050, tMs - 2000));
    tracked.push({ tMs, cadence: (tracker.movement(tMs)?.unitsPerS ?? 0) * 60 });
    informed.push({ tMs, cadence: informedCadence });
  }
  return { trackedS: settledAfter(tracked, strokes), informedS: settledAfter(informed, strokes) };
}

/** The rider wavers: the truth is the mean rate of the strokes around a moment, those of the ramp left out. */
function settledAfter(told: readonly Told[], strokes: readonly number[]): number {
  const last = told
    .filter(({ tMs }) => tMs >= endS * 1000 && tMs < (endS + judgedS) * 1000)
    .findLast(({ tMs, cadence }) => {
      const near = strokes.filter((at) => at >= Math.max(endS * 1000, tMs - 3000) && at < tMs + 5000);
      const truth = (30_000 * (near.length - 1)) / ((near.at(-1) ?? 0) - (near[0] ?? 0));
      return Math.abs(cadence / truth - 1) > within;
    });
  return last === undefined ? 0 : last.tMs / 1000 - endS;
}

/**
 * Seconds until nine in ten beats of the next 4 s lie within 60 ms of a stroke, through the whole engine. No track
 * reaches from 70 to 90 rpm: one of the library has to take over.
 */
function relockedAfter(seed: number, rateHz: number, tracks: readonly PlannerTrack[]): number {
  const source = rider(seed, rateHz);
  const plan = steadyClass(80, 600);
  const engine = plannedEngine(plan, tracks);
  const beats: { readonly tS: number; readonly errorMs: number }[] = [];
  engine.handle({ kind: "start", tMs: 0 });
  for (let tMs = 50; tMs < (endS + 30) * 1000; tMs += 50) {
    for (const sample of source.advance(tMs, engine.snapshot(tMs))) {
      engine.handle({ kind: "sample", tMs: sample.tMs, sample });
    }
    engine.handle({ kind: "tick", tMs });
    if (tMs % 1000 !== 0 || tMs < endS * 1000 + 5000) continue;
    const strokes = source.strokesBetween(tMs - 6000, tMs - 3000);
    for (const beatMs of engine.beatsBetween(tMs - 5000, tMs - 4000)) {
      beats.push({ tS: beatMs / 1000, errorMs: Math.min(...strokes.map((at) => Math.abs(at - beatMs))) });
    }
  }
  const from = beats.find(({ tS: fromS }) => {
    const next = beats.filter(({ tS }) => tS >= fromS && tS < fromS + relockWindowS);
    return next.filter(({ errorMs }) => errorMs <= relockMs).length >= relockShare * next.length;
  });
  return (from?.tS ?? endS + 30) - endS;
}

export function noteRamp(
  figures: Record<string, number | null>,
  bound: Record<string, number | null>,
  seed: number,
  rateHz: number,
): void {
  const { tracked, informed, relocked } = rampFigures(seed, rateHz);
  for (const [label, share] of [
    ["p50", 0.5],
    ["p95", 0.95],
  ] as const) {
    figures[`70 to 90 rpm, ${rateHz} Hz: within 2 % after s ${label}`] = quantile(tracked, share);
    bound[`70 to 90 rpm, ${rateHz} Hz: within 2 % after s ${label}`] = quantile(informed, share);
    figures[`70 to 90 rpm, ${rateHz} Hz: locked again after s ${label}`] = quantile(relocked, share);
  }
}
