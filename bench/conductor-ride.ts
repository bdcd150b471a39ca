/** One simulated ride through the whole engine, headless: what the music did to the strokes. */
import { defaultAthlete } from "#domain/athlete.ts";
import type { ClassPlan } from "#domain/class-plan.ts";
import type { Sample } from "#domain/sensor.ts";
import type { Mode, Slot } from "#domain/soundtrack.ts";
import { planSoundtrack } from "#domain/soundtrack/planner.ts";
import type { PlannerTrack } from "#domain/track.ts";
import type { MovementSource } from "#engine/athlete/source.ts";
import type { Calibration, Engine } from "#engine/contract.ts";
import { createEngine } from "#engine/session.ts";

/** From a command to its sound at the graph's output: a message to the audio thread and a quantum (see `deckFigures`). */
export const leadMs = 10;
const tickMs = 50;
/** Beats are compared with strokes this much later, when both are history. */
const settleMs = 4000;

export interface RideSetup {
  readonly seconds: number;
  /** Cadence the class asks for and the track is made for. */
  readonly cadence: number;
  readonly source: MovementSource;
  readonly calibration: Calibration;
  /** Judge only the strokes at the top of a revolution: a simulated rider's other stroke lies exactly between two of them. */
  readonly topsOnly: boolean;
  /** Samples as they arrive, for peers. */
  readonly onSample?: (sample: Sample) => void;
  /** When somebody who is asked to taps with a downstroke; without it they do not tap. */
  readonly tapFor?: (strokeMs: number) => number;
}

export interface Ride {
  /** Host time of each stroke since the start, s, and beat minus stroke, ms, at the graph's output. */
  readonly errors: readonly { readonly tS: number; readonly errorMs: number }[];
}

/** A class of one steady block at a cadence. */
export function steadyClass(cadence: number, seconds: number): ClassPlan {
  return {
    id: "bench",
    title: "Bench",
    sport: "cycling",
    durationS: seconds,
    family: "bench",
    description: "",
    intensity: "moderate",
    level: "beginner",
    equipment: [],
    lowImpact: true,
    blocks: [
      {
        startS: 0,
        durationS: seconds,
        kind: "steady",
        label: "Steady",
        cadence: { from: cadence, to: cadence },
        power: { from: 0.7, to: 0.7 },
        hrZone: null,
        rpe: null,
        energy: { from: 0.5, to: 0.5 },
      },
    ],
    cues: [],
    citation: null,
  };
}

/** An even click track made for a cadence, and the one slot it fills. */
export function oneTrack(
  cadence: number,
  seconds: number,
): { slots: Slot[]; tracks: Map<string, PlannerTrack> } {
  const track: PlannerTrack = {
    id: "click",
    title: "Click",
    artist: "Bench",
    durationS: seconds * 1.3 + 60,
    tempoBpm: 2 * cadence,
    key: null,
    energy: 0.5,
    taste: 0.5,
  };
  const slot = {
    startS: 0,
    endS: seconds,
    trackId: "click",
    sourceStartS: 0,
    tempoRatio: 2,
    stretch: 1,
    why: [],
  };
  return { slots: [slot], tracks: new Map([[track.id, track]]) };
}

/** An engine with the class planned over these tracks, for a sensor whose radio takes 20 ms at least. */
export function plannedEngine(
  plan: ClassPlan,
  tracks: readonly PlannerTrack[],
  mode: Mode = "follow",
): Engine {
  const { slots } = planSoundtrack({ plan, tracks, seed: 1, budget: "quick" });
  return createEngine({
    plan,
    slots,
    tracks: new Map(tracks.map((track) => [track.id, track])),
    athlete: defaultAthlete,
    mode,
    leadMs,
    calibration: { crankAngleRev: {}, radioDelayMs: { bike: 20 }, outputDelayMs: 0 },
  });
}

/** Somebody who is asked to tap notices after some seconds. */
const noticeMs = 5000;

export function ride(setup: RideSetup): Ride {
  const { seconds, cadence, source, calibration, onSample, topsOnly } = setup;
  const plan = steadyClass(cadence, seconds);
  const engine = createEngine({
    plan,
    ...oneTrack(cadence, seconds),
    athlete: defaultAthlete,
    mode: "follow",
    leadMs,
    calibration,
  });
  const errors: { tS: number; errorMs: number }[] = [];
  let strokes = 0;
  const tap = setup.tapFor === undefined ? null : tapper(engine, source, setup.tapFor);
  engine.handle({ kind: "start", tMs: 0 });
  for (let tMs = tickMs; tMs < seconds * 1000; tMs += tickMs) {
    for (const sample of source.advance(tMs, engine.snapshot(tMs))) {
      onSample?.(sample);
      engine.handle({ kind: "sample", tMs: sample.tMs, sample });
    }
    engine.handle({ kind: "tick", tMs });
    tap?.(tMs);
    if (tMs % 1000 !== 0 || tMs < settleMs) continue;
    const beats = engine.beatsBetween(tMs - settleMs - 1500, tMs - settleMs + 2500);
    for (const strokeMs of source.strokesBetween(tMs - settleMs, tMs - settleMs + 1000)) {
      strokes += 1;
      if (topsOnly && strokes % 2 === 0) continue;
      let errorMs = Infinity;
      for (const beatMs of beats) {
        const off = beatMs + calibration.outputDelayMs - strokeMs;
        if (Math.abs(off) < Math.abs(errorMs)) errorMs = off;
      }
      errors.push({ tS: strokeMs / 1000, errorMs });
    }
  }
  return { errors };
}

/** Taps with every second stroke, which is one foot's, while the engine asks for it. */
function tapper(
  engine: Engine,
  source: MovementSource,
  tapFor: (strokeMs: number) => number,
): (tMs: number) => void {
  let askedMs = Infinity;
  let strokes = 0;
  return (tMs) => {
    askedMs = engine.snapshot(tMs).asksForTaps ? Math.min(askedMs, tMs) : Infinity;
    for (const strokeMs of source.strokesBetween(tMs - tickMs, tMs)) {
      if (strokes++ % 2 === 1 || tMs < askedMs + noticeMs) continue;
      const sample = {
        tMs,
        sensor: "tapping",
        measurements: [{ kind: "stroke", atMs: tapFor(strokeMs) }],
      } as const;
      engine.handle({ kind: "sample", tMs, sample });
    }
  };
}
