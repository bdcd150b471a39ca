import type { Sport } from "#domain/class-plan.ts";
import type { Measurement, Sample } from "#domain/sensor.ts";
import { seededRandom } from "#domain/seeded-random.ts";
import { lerp, type Milliseconds, type Seconds } from "#domain/units.ts";
import { strokesPerUnit } from "../track-fit.ts";
import { CrankSensor, type SensorTraits, usualCrankSensor } from "./crank-sensor.ts";
import { Air, type MovementSource, TimeLog } from "./source.ts";

/** One second of a recorded activity. */
export interface ReplayRow {
  readonly tS: Seconds;
  readonly cadence: number | null;
  readonly powerW: number | null;
  readonly heartRateBpm: number | null;
  readonly speedMps: number | null;
}

export interface ReplaySetup {
  /** In order of time; `tS` counts from the first one. */
  readonly rows: readonly ReplayRow[];
  readonly sport: Sport;
  readonly fromMs: Milliseconds;
  readonly sensor?: Partial<SensorTraits>;
  readonly seed?: number;
}

/** A hole in a recording longer than this is a pause, not a dropped second. */
export const pauseGapS = 5;

/**
 * A recorded activity as if it happened now: the recorded cadence is integrated into strokes, and a sensor tells them
 * with event times. The same recording gives the same samples every time.
 */
export class ReplayedAthlete implements MovementSource {
  private readonly setup: ReplaySetup;
  private readonly sensor: CrankSensor;
  private readonly air = new Air();
  private readonly strokes = new TimeLog();
  private index = 0;
  private phase = 0;

  constructor(setup: ReplaySetup) {
    this.setup = setup;
    const traits = { ...usualCrankSensor, ...setup.sensor };
    this.sensor = new CrankSensor(traits, setup.fromMs, seededRandom(setup.seed ?? 1));
  }

  advance(toMs: Milliseconds): Sample[] {
    const { rows } = this.setup;
    for (; this.index < rows.length && this.msOf(this.index) <= toMs; this.index++) this.play(this.index);
    if (this.setup.sport === "cycling") {
      this.air.send(this.sensor.notify(toMs, () => []));
    }
    return this.air.arrived(toMs);
  }

  strokesBetween(fromMs: Milliseconds, toMs: Milliseconds): readonly Milliseconds[] {
    return this.strokes.between(fromMs, toMs);
  }

  /** When the recording is over. */
  get endMs(): Milliseconds {
    return this.msOf(this.setup.rows.length - 1) + 1000;
  }

  private msOf(index: number): Milliseconds {
    return this.setup.fromMs + (this.setup.rows[index]?.tS ?? 0) * 1000;
  }

  /** The time from a row to the next one: its strokes happen, its readings are told at its start. */
  private play(index: number): void {
    const { rows } = this.setup;
    const row = rows[index];
    if (row === undefined) return;
    const next = rows[index + 1];
    const spanS = Math.min((next?.tS ?? row.tS + 1) - row.tS, pauseGapS);
    const from = (row.cadence ?? 0) / 60;
    const to = (next?.cadence ?? row.cadence ?? 0) / 60;
    this.turn(this.msOf(index), spanS, Math.max(0, from), Math.max(0, to));
    const measurements: Measurement[] = [];
    if (row.powerW !== null) measurements.push({ kind: "power", powerW: row.powerW });
    if (row.heartRateBpm !== null) {
      measurements.push({ kind: "heart-rate", bpm: row.heartRateBpm, rrMs: [], contact: null });
    }
    if (row.speedMps !== null) measurements.push({ kind: "speed", speedMps: row.speedMps });
    if (this.setup.sport !== "cycling" && row.cadence !== null) {
      measurements.push({ kind: "cadence", cadence: row.cadence, unit: "spm" });
    }
    if (measurements.length > 0) {
      this.air.send([
        { tMs: this.msOf(index) + usualCrankSensor.radioMinMs, sensor: "recording", measurements },
      ]);
    }
  }

  /** Goes through `spanS` seconds at a rate that moves evenly from `from` to `to` units per second. */
  private turn(atMs: Milliseconds, spanS: Seconds, from: number, to: number): void {
    const perUnit = strokesPerUnit(this.setup.sport);
    const rateAt = (share: number): number => lerp(from, to, share);
    const phaseAt = (share: number): number => spanS * (from * share + ((to - from) * share * share) / 2);
    const start = this.phase;
    const end = start + phaseAt(1);
    for (let stroke = Math.floor(start * perUnit) + 1; stroke / perUnit <= end; stroke++) {
      const share = solve(phaseAt, stroke / perUnit - start);
      const strokeMs = atMs + share * spanS * 1000;
      this.strokes.add(strokeMs);
      if (stroke % perUnit === 0 && rateAt(share) > 0) {
        this.sensor.turn(strokeMs, 1000 / rateAt(share));
      }
    }
    this.phase = end;
  }
}

/** The share 0..1 at which a rising function reaches `value`, by bisection. */
function solve(rising: (share: number) => number, value: number): number {
  let low = 0;
  let high = 1;
  for (let round = 0; round < 40; round++) {
    const middle = (low + high) / 2;
    if (rising(middle) < value) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
