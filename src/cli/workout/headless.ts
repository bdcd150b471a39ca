import type { AthleteProfile } from "#domain/athlete.ts";
import type { ClassPlan } from "#domain/class-plan.ts";
import { planSoundtrack } from "#domain/soundtrack/planner.ts";
import type { Mode, Swap } from "#domain/soundtrack.ts";
import type { PlannerTrack } from "#domain/track.ts";
import type { SeriesRow } from "#domain/workout.ts";
import type { Engine, EngineCommand, EngineEvent } from "#engine/contract.ts";
import { createEngine } from "#engine/session.ts";
import type { EventSource } from "./event-source.ts";
import { StrokeScore } from "./stroke-score.ts";
import { TempoScore } from "./tempo-score.ts";
import type { TraceLine } from "./trace.ts";

type Ended = Extract<EngineCommand, { kind: "ended" }>;

export interface HeadlessSetup {
  readonly plan: ClassPlan;
  readonly tracks: readonly PlannerTrack[];
  /** Tracks that are wanted at class times. */
  readonly swaps: readonly Swap[];
  readonly athlete: AthleteProfile;
  readonly mode: Mode;
  readonly source: EventSource;
  readonly trace: (line: TraceLine) => void;
}

export interface HeadlessResult {
  readonly ended: Ended;
  readonly rows: readonly SeriesRow[];
  readonly strokes: StrokeScore;
  readonly tempo: TempoScore;
}

/** From a command to its sound at the graph's output, ms: what the decks need in a browser. */
const leadMs = 10;
const tickMs = 50;
/** Host time of Start; sensors may have talked before. */
export const startMs = 1000;
/** A recording without anything for so long is a pause, of the person or of the recorder. */
const pauseAfterMs = 5000;
const seed = 1;

/** Runs a class through the engine, faster than real time and without sound; the same input gives the same output. */
export function runHeadless(setup: HeadlessSetup): HeadlessResult {
  return new Headless(setup).run();
}

class Headless {
  private readonly setup: HeadlessSetup;
  private readonly engine: Engine;
  private readonly strokes: StrokeScore;
  private readonly tempo: TempoScore;
  private readonly rows: SeriesRow[] = [];
  private ended: Ended | null = null;
  private lastHeardMs = startMs;
  private paused = false;

  constructor(setup: HeadlessSetup) {
    const { plan, tracks, swaps, athlete, mode, source } = setup;
    this.setup = setup;
    const { slots } = planSoundtrack({ plan, tracks, seed, swaps });
    this.engine = createEngine({
      plan,
      slots,
      tracks: new Map(tracks.map((track) => [track.id, track])),
      athlete,
      mode,
      leadMs,
      calibration: { crankAngleRev: {}, radioDelayMs: source.radioDelayMs, outputDelayMs: 0 },
    });
    this.strokes = new StrokeScore(this.engine, source, plan.sport, startMs, setup.trace);
    this.tempo = new TempoScore(plan.sport, startMs, setup.trace);
  }

  run(): HeadlessResult {
    this.give({ kind: "tick", tMs: 0 });
    this.give({ kind: "start", tMs: startMs });
    const endMs = this.setup.source.endMs(startMs);
    for (let tMs = startMs + tickMs; this.ended === null; tMs += tickMs) {
      if (tMs >= endMs) {
        this.give({ kind: "end", tMs: endMs });
        break;
      }
      this.tick(tMs);
    }
    if (this.ended === null) throw new Error("The engine did not end the class.");
    this.strokes.finish();
    return { ended: this.ended, rows: this.rows, strokes: this.strokes, tempo: this.tempo };
  }

  private tick(tMs: number): void {
    const { source } = this.setup;
    for (const sample of source.advance(tMs, this.engine.snapshot(tMs))) {
      if (this.paused) this.give({ kind: "resume", tMs: sample.tMs });
      this.paused = false;
      this.lastHeardMs = sample.tMs;
      this.give({ kind: "sample", tMs: sample.tMs, sample });
    }
    if (!this.paused && source.recorded && tMs - this.lastHeardMs > pauseAfterMs) {
      this.paused = true;
      this.give({ kind: "pause", tMs });
    }
    this.give({ kind: "tick", tMs });
    if (this.paused || this.ended !== null) return;
    this.strokes.look(tMs);
    this.tempo.look(tMs, this.engine.snapshot(tMs));
  }

  private give(event: EngineEvent): void {
    for (const command of this.engine.handle(event)) this.take(command, event.tMs);
  }

  private take(command: EngineCommand, tMs: number): void {
    const { trace, plan, tracks } = this.setup;
    switch (command.kind) {
      case "row":
        this.rows.push(command.row);
        break;
      case "decision": {
        const kind = command.value.startsWith("track: ") ? "track" : "decision";
        const value = kind === "track" ? command.value.slice("track: ".length) : command.value;
        trace({ tS: command.tS, kind, value, reason: command.reason });
        break;
      }
      case "trust":
        trace({
          tS: command.tS,
          kind: "trust",
          value: command.value,
          reason: `${command.sensor}: ${command.reason}`,
        });
        break;
      case "need-replan": {
        const { slots } = planSoundtrack({
          plan,
          tracks,
          seed,
          fromS: command.fromS,
          exclude: command.excluding,
          budget: "quick",
        });
        this.give({ kind: "replan", tMs, slots, tracks: [] });
        break;
      }
      case "ended":
        this.ended = command;
        break;
      case "block":
      case "cue":
      case "count-in":
      case "deck-load":
      case "deck-play":
      case "deck-fade":
      case "deck-stop":
        break;
    }
  }
}
