/**
 * Recorded rides through the whole engine: how near beats come to strokes, and how well the tempo fits the cadence, in a class
 * at the ride's own median cadence, with a soundtrack planned from a library. Nothing is left out but what the figures'
 * names say: every beat while somebody moves counts, whether the engine claims a lock or not.
 */
import type { PlannerTrack } from "#domain/track.ts";
import { quantile } from "#domain/units.ts";
import type { Movement } from "#engine/movement.ts";
import { pauseGapS, ReplayedAthlete, type ReplayRow } from "#engine/athlete/replay.ts";
import { StrokeTracker } from "#engine/stroke-tracker.ts";
import { leadMs, plannedEngine, steadyClass } from "./conductor-ride.ts";

const tickMs = 50;
/** Strokes and beats are compared this much later, when both are history. */
const settleMs = 5000;
/** The start is judged by the cold-start figures. */
const warmS = 60;
export const movingFrom = 40;
/** Half of the window of the median the tempo is judged by. */
const medianHalfS = 5;
const tempoWithin = 0.05;
/** Steady: the cadence stays within this share of its own 10 s median for the whole window. */
const steadyWithin = 0.04;
const longestS = 1800;

export interface RideFigures {
  /** From each beat to the nearest stroke in ms, ascending: all beats, those of steady seconds, and those while the engine says "locked". */
  readonly allMs: readonly number[];
  readonly steadyMs: readonly number[];
  readonly lockedMs: readonly number[];
  /** Shares of moving seconds: tempo within 5 % of the 10 s centred median of the cadence; locked; stretched by 8 % at most. */
  readonly tempoShare: number;
  readonly lockedShare: number;
  readonly stretchShare: number;
  readonly trackChanges: number;
  readonly decisions: readonly string[];
}

interface Second {
  readonly cadence: number;
  readonly median: number;
  readonly steady: boolean;
}

/** What the recording says about each second: its cadence, the centred median, and whether it was ridden steadily. */
function secondsOf(rows: readonly ReplayRow[], length: number): Second[] {
  const cadences: number[] = Array.from({ length }, () => 0);
  for (const [index, { tS, cadence }] of rows.entries()) {
    const nextS = Math.min(rows[index + 1]?.tS ?? tS + 1, tS + pauseGapS, length);
    for (let second = Math.ceil(tS); second < nextS; second++) cadences[second] = cadence ?? 0;
  }
  return cadences.map((cadence, second) => {
    const near = cadences.slice(Math.max(0, second - medianHalfS), second + medianHalfS + 1);
    const moving = near.filter((other) => other >= movingFrom).toSorted((a, b) => a - b);
    const median = moving.length === 0 ? 0 : quantile(moving, 0.5);
    return { cadence, median, steady: near.every((other) => Math.abs(other / median - 1) <= steadyWithin) };
  });
}

/** Median cadence of the time somebody moves; null when that is less than five minutes. */
export function usualCadence(rows: readonly ReplayRow[]): number | null {
  const moving = rows.map(({ cadence }) => cadence ?? 0).filter((cadence) => cadence >= movingFrom);
  return moving.length < 300
    ? null
    : quantile(
        moving.toSorted((a, b) => a - b),
        0.5,
      );
}

/**
 * The bound beside the steady figure: how far strokes lie from where they were predicted when the sound was commanded, in ms,
 * ascending. An engine that could set any tempo and phase at once would have that; it leaves out strokes of which nothing was known.
 */
export function predictedAlone(rows: readonly ReplayRow[]): number[] {
  const seconds = Math.min(longestS, Math.floor(rows.at(-1)?.tS ?? 0));
  const truth = secondsOf(rows, seconds);
  const source = new ReplayedAthlete({ rows, sport: "cycling", fromMs: 0 });
  const tracker = new StrokeTracker({ angleRev: 0, radioDelayMs: 20 });
  const known: (Movement | null)[] = [];
  const errors: number[] = [];
  for (let tMs = 0; tMs < seconds * 1000; tMs += tickMs) {
    for (const { tMs: atMs, measurements } of source.advance(tMs)) {
      for (const crank of measurements)
        if (crank.kind === "crank") tracker.pushCrank(atMs, crank.revolutions, crank.eventTime1024);
    }
    known.push(tracker.movement(tMs));
    if (tMs < settleMs) continue;
    for (const strokeMs of source.strokesBetween(tMs - settleMs, tMs - settleMs + tickMs)) {
      const movement = known[Math.floor((strokeMs - leadMs) / tickMs)];
      const at = truth[Math.floor(strokeMs / 1000)];
      if (strokeMs < warmS * 1000 || !at?.steady || !movement) continue;
      const strokes = 2 * movement.phaseAt(strokeMs);
      errors.push((500 * Math.abs(strokes - Math.round(strokes))) / movement.momentUnitsPerS);
    }
  }
  return errors.toSorted((a, b) => a - b);
}

export function rideRecorded(
  rows: readonly ReplayRow[],
  cadence: number,
  tracks: readonly PlannerTrack[],
): RideFigures {
  const seconds = Math.min(longestS, Math.floor(rows.at(-1)?.tS ?? 0));
  const truth = secondsOf(rows, seconds);
  const plan = steadyClass(cadence, seconds);
  const source = new ReplayedAthlete({ rows, sport: "cycling", fromMs: 0 });
  const engine = plannedEngine(plan, tracks);
  const errors: Record<"all" | "steady" | "locked", number[]> = { all: [], steady: [], locked: [] };
  const counts = { moving: 0, tempo: 0, locked: 0, stretch: 0, changes: 0 };
  const lockedAt = new Map<number, boolean>();
  const decisions: string[] = [];
  const judgeBeats = (second: number): void => {
    const at = truth[second];
    if (second < warmS || at === undefined || at.cadence < movingFrom) return;
    const strokes = source.strokesBetween(second * 1000 - 1500, second * 1000 + 2500);
    for (const beatMs of engine.beatsBetween(second * 1000, second * 1000 + 1000)) {
      const errorMs = Math.min(1500, ...strokes.map((strokeMs) => Math.abs(beatMs - strokeMs)));
      errors.all.push(errorMs);
      if (at.steady) errors.steady.push(errorMs);
      if (lockedAt.get(second) === true) errors.locked.push(errorMs);
    }
  };
  const judgeTempo = (second: number, tMs: number): void => {
    const at = truth[second];
    if (second < warmS || at === undefined || at.cadence < movingFrom) return;
    const { tempoBpm, tempoRatio, lock, stretch } = engine.snapshot(tMs);
    counts.moving += 1;
    if (Math.abs((tempoBpm ?? 0) / (tempoRatio * at.median) - 1) <= tempoWithin) counts.tempo += 1;
    lockedAt.set(second, lock === "locked");
    if (lock === "locked") counts.locked += 1;
    if (Math.abs(Math.log(stretch)) <= 0.081) counts.stretch += 1;
  };
  const note = (commands: ReturnType<typeof engine.handle>): void => {
    for (const command of commands) {
      if (command.kind !== "decision") continue;
      if (command.value.startsWith("track: ")) counts.changes += 1;
      decisions.push(`${command.tS.toFixed(1)} ${command.value} (${command.reason})`);
    }
  };
  note(engine.handle({ kind: "start", tMs: 0 }));
  for (let tMs = tickMs; tMs < seconds * 1000; tMs += tickMs) {
    for (const sample of source.advance(tMs))
      note(engine.handle({ kind: "sample", tMs: sample.tMs, sample }));
    note(engine.handle({ kind: "tick", tMs }));
    if (tMs % 1000 === 500) judgeTempo(Math.floor(tMs / 1000), tMs);
    if (tMs % 1000 === 0 && tMs >= settleMs) judgeBeats((tMs - settleMs) / 1000);
  }
  const sorted = (list: readonly number[]): number[] => list.toSorted((a, b) => a - b);
  const share = (count: number): number => count / Math.max(1, counts.moving);
  return {
    allMs: sorted(errors.all),
    steadyMs: sorted(errors.steady),
    lockedMs: sorted(errors.locked),
    tempoShare: share(counts.tempo),
    lockedShare: share(counts.locked),
    stretchShare: share(counts.stretch),
    trackChanges: Math.max(0, counts.changes - 1),
    decisions,
  };
}
