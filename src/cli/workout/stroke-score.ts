import { quantile } from "#domain/units.ts";
import type { Sport } from "#domain/class-plan.ts";
import type { Engine } from "#engine/contract.ts";
import { strokesPerUnit } from "#engine/track-fit.ts";
import type { EventSource } from "./event-source.ts";
import { movingFrom } from "./tempo-score.ts";
import type { TraceLine } from "./trace.ts";

/** Strokes and beats are compared when both are history: sensors tell up to two seconds late, and drop. */
const historyMs = 5000;
const stepMs = 1000;
/** A stroke may meet a beat this far outside its own second. */
const reachMs = 2500;

interface Look {
  readonly tMs: number;
  readonly followed: boolean;
  readonly moreBeats: boolean;
}

/** Compares each beat with the nearest stroke; where a stroke has several beats, each stroke with the nearest beat. */
export class StrokeScore {
  private readonly engine: Engine;
  private readonly source: EventSource;
  private readonly startMs: number;
  private readonly trace: (line: TraceLine) => void;
  private readonly strokesPerUnit: number;
  private readonly longestGapMs: number;
  private readonly looks: Look[] = [];
  private doneMs: number;
  private readonly errorsMs: number[] = [];
  /** All strokes counted. */
  strokes = 0;

  constructor(
    engine: Engine,
    source: EventSource,
    sport: Sport,
    startMs: number,
    trace: (line: TraceLine) => void,
  ) {
    this.strokesPerUnit = strokesPerUnit(sport);
    this.longestGapMs = 60_000 / (movingFrom(sport) * this.strokesPerUnit);
    this.engine = engine;
    this.source = source;
    this.startMs = startMs;
    this.trace = trace;
    this.doneMs = startMs;
  }

  look(nowMs: number): void {
    const { phaseErrorMs, tempoRatio } = this.engine.snapshot(nowMs);
    const moreBeats = tempoRatio > this.strokesPerUnit;
    this.looks.push({ tMs: nowMs, followed: phaseErrorMs !== null, moreBeats });
    while (nowMs - historyMs >= this.doneMs + stepMs) this.score(this.doneMs + stepMs);
  }

  finish(): void {
    for (let step = 0; step < historyMs / stepMs; step++) this.score(this.doneMs + stepMs);
  }

  /** Distance |beat - stroke| while beats were being put onto strokes; null when they never were. */
  get phaseErrorMs(): { readonly p50: number; readonly p95: number } | null {
    if (this.errorsMs.length === 0) return null;
    const sorted = this.errorsMs.toSorted((a, b) => a - b);
    return { p50: quantile(sorted, 0.5), p95: quantile(sorted, 0.95) };
  }

  private score(toMs: number): void {
    const fromMs = this.doneMs;
    this.doneMs = toMs;
    const truth = this.source.trueStrokesBetween(fromMs - reachMs, toMs + reachMs);
    const strokes = truth ?? this.engine.strokesBetween(fromMs - reachMs, toMs + reachMs);
    const beats = this.engine.beatsBetween(fromMs - reachMs, toMs + reachMs);
    const within = (atMs: number): boolean => atMs >= fromMs && atMs < toMs;
    const reason = truth === null ? "told by the sensor" : "true";
    for (const atMs of strokes.filter(within)) {
      this.strokes += 1;
      this.trace({ tS: (atMs - this.startMs) / 1000, kind: "stroke", value: this.strokes, reason });
    }
    for (const atMs of beats.filter(within)) {
      this.trace({ tS: (atMs - this.startMs) / 1000, kind: "beat", value: 1, reason: "grid of the track" });
    }
    while ((this.looks[1]?.tMs ?? Infinity) <= fromMs) this.looks.shift();
    const [look] = this.looks;
    if (look === undefined || !look.followed) return;
    const [judged, against] = look.moreBeats ? [strokes, beats] : [beats, strokes];
    for (const atMs of judged.filter(within)) {
      if (isMoving(strokes, atMs, this.longestGapMs)) this.errorsMs.push(nearest(against, atMs));
    }
  }
}

/** True between two strokes that follow on each other: while nobody moves a beat has no stroke to land on. */
function isMoving(strokes: readonly number[], atMs: number, longestGapMs: number): boolean {
  const before = strokes.findLast((strokeMs) => strokeMs <= atMs) ?? -Infinity;
  const after = strokes.find((strokeMs) => strokeMs > atMs) ?? Infinity;
  return after - before <= longestGapMs;
}

function nearest(times: readonly number[], atMs: number): number {
  return times.reduce((best, time) => Math.min(best, Math.abs(time - atMs)), 2000);
}
