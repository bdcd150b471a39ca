import { utmostStretch } from "#domain/soundtrack/objective.ts";
import type { PlannerTrack } from "#domain/track.ts";
import { clamp, type Milliseconds, type Seconds } from "#domain/units.ts";
import { type BeatMap, beatMapOf } from "./beat-map.ts";
import type { DeckId, EngineCommand } from "./contract.ts";
import { MotionLine } from "./motion-line.ts";

/** A deck meets the pulse again this far ahead: short enough to be exact, long enough not to wobble. */
const pursuitS = 0.4;
/** Changes of rate smaller than this move a beat by less than 0.1 ms before the next look. */
const rateStep = 1e-4;
/** A deck this far off the pulse, in beats, has hit the stretch limit: it takes the pulse up where it is. */
const lostBeats = 0.35;

/**
 * One player, as a model: a piecewise linear map from output time to source position that follows the pulse (a line in
 * cadence units) at `tempoRatio` beats per unit. Without a beat grid or a ratio it plays freely at `freeRate`.
 */
export class Deck {
  readonly id: DeckId;
  readonly track: PlannerTrack;
  readonly map: BeatMap | null;
  readonly line: MotionLine;
  tempoRatio: number;
  /** Where the pulse stood at beat 0: the deck wants beat = tempoRatio x (pulse - anchor). */
  private anchor = 0;
  private readonly freeRate: number;
  startMs: Milliseconds = Infinity;

  constructor(id: DeckId, track: PlannerTrack, tempoRatio: number, freeRate: number) {
    this.id = id;
    this.track = track;
    this.map = beatMapOf(track);
    this.tempoRatio = tempoRatio;
    this.freeRate = clampRate(freeRate > 0 ? freeRate : 1);
    this.line = new MotionLine(0, 0, 0);
  }

  /** True when the pulse drives it. */
  get led(): boolean {
    return this.map !== null && this.tempoRatio > 0;
  }

  /** Beat position on the steady grid at an output time; counts seconds when there is no grid. */
  beatAt(tMs: Milliseconds): number {
    const sourceS = this.line.valueAt(tMs);
    return this.map === null ? sourceS : this.map.steadyBeatAt(sourceS);
  }

  /** Cadence units played since beat 0: what to compare with the strokes. */
  phaseAt(tMs: Milliseconds): number {
    return this.tempoRatio > 0 ? this.beatAt(tMs) / this.tempoRatio : 0;
  }

  /** The same by the beats as the grid has them, unsmoothed: for judging, not for steering. */
  exactPhaseAt(tMs: Milliseconds): number {
    if (this.map === null || this.tempoRatio <= 0) return 0;
    return this.map.beatAt(this.line.valueAt(tMs)) / this.tempoRatio;
  }

  /** Fixes `beat` to the pulse's value. */
  anchorAt(pulse: number, beat: number): void {
    if (this.tempoRatio > 0) this.anchor = pulse - beat / this.tempoRatio;
  }

  /** What the pulse stands at when a beat is due: the inverse of `wantedBeat`. */
  pulseOf(beat: number): number {
    return this.anchor + beat / this.tempoRatio;
  }

  wantedBeat(pulse: number): number {
    return this.tempoRatio * (pulse - this.anchor);
  }

  /** Playback rate at which the track moves with a pulse of `unitsPerS` near the position it has at `tMs`. */
  rateFor(unitsPerS: number, sourceS: Seconds): number {
    if (this.map === null || this.tempoRatio <= 0) return this.freeRate;
    return unitsPerS * this.tempoRatio * this.map.beatPeriodS(sourceS);
  }

  /** Starts it: from `atMs` at `sourceS`. */
  start(atMs: Milliseconds, sourceS: Seconds, rate: number): EngineCommand {
    this.startMs = atMs;
    this.line.jumpTo(atMs, sourceS, clampRate(rate));
    return this.playCommand(atMs, sourceS, clampRate(rate));
  }

  /** Steers towards the pulse from `atMs` on; answers a command when that changes anything. */
  follow(atMs: Milliseconds, pulse: MotionLine): EngineCommand[] {
    if (atMs < this.startMs || this.map === null || this.tempoRatio <= 0) return [];
    const pulseNow = pulse.valueAt(atMs);
    const beat = this.beatAt(atMs);
    if (Math.abs(this.wantedBeat(pulseNow) - beat) > lostBeats) this.anchorAt(pulseNow, beat);
    const pulseThen = pulseNow + pulse.rateAt(atMs) * pursuitS;
    const sourceS = this.line.valueAt(atMs);
    const rate = clampRate((this.map.steadySourceAt(this.wantedBeat(pulseThen)) - sourceS) / pursuitS);
    if (Math.abs(rate - this.line.rateAt(atMs)) < rateStep) return [];
    this.line.turn(atMs, rate);
    return [this.playCommand(atMs, sourceS, rate)];
  }

  /** Sounding tempo at an output time; null without a grid. */
  tempoBpmAt(tMs: Milliseconds): number | null {
    if (this.map === null || tMs < this.startMs) return null;
    return (60 * this.line.rateAt(tMs)) / this.map.beatPeriodS(this.line.valueAt(tMs));
  }

  /** Output times of its beats (as the grid has them, unsmoothed) in a span of time. */
  beatsBetween(fromMs: Milliseconds, toMs: Milliseconds): Milliseconds[] {
    if (this.map === null) return [];
    const from = Math.max(fromMs, this.startMs);
    if (!(toMs > from)) return [];
    const first = Math.ceil(this.map.beatAt(this.line.valueAt(from)) - 1e-9);
    const last = this.map.beatAt(this.line.valueAt(toMs));
    const times: Milliseconds[] = [];
    for (let beat = Math.max(0, first); beat <= last; beat++) {
      const sourceS = this.map.sourceAt(beat);
      if (sourceS > this.track.durationS) break;
      times.push(this.line.timeOf(sourceS));
    }
    return times;
  }

  private playCommand(atMs: Milliseconds, sourceS: Seconds, rate: number): EngineCommand {
    return { kind: "deck-play", deck: this.id, atMs, sourceS, rate };
  }
}

function clampRate(rate: number): number {
  return clamp(rate, 1 - utmostStretch, 1 + utmostStretch);
}
