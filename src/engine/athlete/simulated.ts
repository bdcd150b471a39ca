import type { AthleteProfile } from "#domain/athlete.ts";
import { type ClassPlan, targetsAt, type Targets } from "#domain/class-plan.ts";
import type { Measurement } from "#domain/sensor.ts";
import { normalRandom, type RandomSource, seededRandom } from "#domain/seeded-random.ts";
import { strokesPerUnit } from "../track-fit.ts";
import type { Sample } from "#domain/sensor.ts";
import { clamp, type Cadence, type Milliseconds, type Seconds } from "#domain/units.ts";
import { CrankSensor, type SensorTraits, usualCrankSensor } from "./crank-sensor.ts";
import { Heart } from "./heart.ts";
import { Air, type MovementSource, musicCadence, type Surroundings, TimeLog } from "./source.ts";

export interface SimulatedAthleteSetup {
  readonly seed: number;
  readonly plan: ClassPlan;
  readonly athlete: AthleteProfile;
  /** Another cadence than the class's and the music's; for measuring. Seconds since the first call. */
  readonly intent?: (tS: Seconds) => Cadence;
  readonly sensor?: Partial<SensorTraits>;
}

/** Independent noise of one period: 1.5 %. */
const whiteShare = 0.015;
/** Wandering: 1 % over 30 s, brought back slowly so that nobody wanders off in an hour. */
const wanderShare = 0.01;
const wanderS = 30;
const wanderReturnS = 180;
/** People take some seconds to reach another cadence or power. */
const cadenceLagS = 3;
const powerLagS = 4;
/** Cadence goes along with music up to 3 % away (Van Dyck et al. 2015), not all the way. */
const entrainedWithin = 0.03;
const entrainedShare = 0.6;
/** After an hour at threshold some 8 % of the power is gone. */
const fatiguePerS = 0.08 / 3600;
const usualCadence = {
  cycling: 84,
  running: 168,
  walking: 114,
  rowing: 24,
  strength: 0,
  mobility: 0,
} as const;
/** A step found in a phone's motion is off by some ms. */
const stepSigmaMs = 8;
const heartDelayMs = 30;

/** A person who is not there: pedals (runs, rows) with a person's noise, lag, heart and tiredness, and hears the music. */
export class SimulatedAthlete implements MovementSource {
  private readonly setup: SimulatedAthleteSetup;
  private readonly random: RandomSource;
  private readonly air = new Air();
  private readonly strokes = new TimeLog();
  private readonly heart: Heart;
  private readonly bias: number;
  private sensor: CrankSensor | null = null;
  private startMs: Milliseconds | null = null;
  private topMs: Milliseconds = 0;
  private cadence: Cadence = 0;
  private wander = 0;
  private powerW = 0;
  private fatigue = 0;
  private heartMs: Milliseconds = 0;
  private seen: Surroundings = { phase: "ready", classTimeS: 0, tempoBpm: null, tempoRatio: 0 };

  constructor(setup: SimulatedAthleteSetup) {
    this.setup = setup;
    this.random = seededRandom(setup.seed);
    this.heart = new Heart(setup.athlete);
    this.bias = 1 + 0.015 * normalRandom(this.random);
  }

  advance(toMs: Milliseconds, surroundings: Surroundings): Sample[] {
    this.seen = surroundings;
    if (surroundings.phase === "ready") return [];
    if (this.startMs === null) this.begin(toMs);
    this.move(toMs);
    this.tellHeart(toMs);
    if (this.setup.plan.sport === "cycling" && this.sensor !== null) {
      this.air.send(this.sensor.notify(toMs, () => this.powerReading()));
    }
    return this.air.arrived(toMs);
  }

  strokesBetween(fromMs: Milliseconds, toMs: Milliseconds): readonly Milliseconds[] {
    return this.strokes.between(fromMs, toMs);
  }

  private begin(tMs: Milliseconds): void {
    this.startMs = tMs;
    this.topMs = tMs + 1000 * this.random();
    this.heartMs = tMs;
    this.cadence = this.goal() * 0.9;
    this.sensor = new CrankSensor({ ...usualCrankSensor, ...this.setup.sensor }, tMs, this.random);
  }

  /** Turns the crank (takes steps, drives) up to `toMs`. */
  private move(toMs: Milliseconds): void {
    while (this.topMs <= toMs) {
      const goal = this.goal();
      if (this.seen.phase !== "running" || goal <= 0) {
        this.topMs = toMs + 200;
        this.cadence = goal * 0.6;
        return;
      }
      const periodS = this.nextPeriodS(goal);
      const strokesHere = strokesPerUnit(this.setup.plan.sport);
      for (let stroke = 0; stroke < strokesHere; stroke++) {
        this.strokes.add(this.topMs + (stroke / strokesHere) * periodS * 1000);
      }
      this.tellStroke(periodS);
      this.topMs += periodS * 1000;
    }
  }

  private nextPeriodS(goal: Cadence): Seconds {
    const nominalS = 60 / Math.max(this.cadence, 10);
    const lag = this.setup.intent === undefined ? 1 - Math.exp(-nominalS / cadenceLagS) : 1;
    this.cadence += (goal - this.cadence) * lag;
    const step = wanderShare * Math.sqrt(nominalS / wanderS);
    this.wander += step * normalRandom(this.random) - (this.wander * nominalS) / wanderReturnS;
    const noise = 1 + whiteShare * normalRandom(this.random);
    return Math.max(0.2, (60 / (this.cadence * (1 + this.wander))) * noise);
  }

  private goal(): Cadence {
    const { plan, intent } = this.setup;
    if (intent !== undefined) return intent((this.topMs - (this.startMs ?? this.topMs)) / 1000);
    const wish = (this.targets()?.cadence ?? usualCadence[plan.sport]) * this.bias;
    const music = musicCadence(this.seen);
    if (music === null || wish <= 0) return wish;
    return wish * (1 + entrainedShare * clamp(music / wish - 1, -entrainedWithin, entrainedWithin));
  }

  private targets(): Targets | null {
    return targetsAt(this.setup.plan, this.seen.classTimeS);
  }

  private tellStroke(periodS: Seconds): void {
    const { plan } = this.setup;
    this.effort(periodS);
    if (plan.sport === "cycling") {
      this.sensor?.turn(this.topMs, periodS * 1000);
      return;
    }
    const atMs = this.topMs + stepSigmaMs * normalRandom(this.random);
    const measurements: Measurement[] = [{ kind: "stroke", atMs }];
    this.air.send([{ tMs: Math.max(atMs, this.topMs) + stepSigmaMs * 3, sensor: "motion", measurements }]);
  }

  private effort(elapsedS: Seconds): void {
    const { ftpW } = this.setup.athlete;
    const targets = this.targets();
    const asked = targets?.powerShare ?? 0.4 + 0.5 * (targets?.energy ?? 0.4);
    this.fatigue += fatiguePerS * asked * elapsedS;
    const wanted = asked * ftpW * (1 - this.fatigue);
    this.powerW += (wanted - this.powerW) * (1 - Math.exp(-elapsedS / powerLagS));
  }

  private powerReading(): readonly Measurement[] {
    const moving = this.seen.phase === "running" && this.cadence > 0;
    const powerW = moving ? Math.max(0, Math.round(this.powerW * (1 + 0.04 * normalRandom(this.random)))) : 0;
    return [{ kind: "power", powerW }];
  }

  private tellHeart(toMs: Milliseconds): void {
    for (; this.heartMs + 1000 <= toMs; this.heartMs += 1000) {
      const effort = this.seen.phase === "running" ? this.powerW / this.setup.athlete.ftpW : 0;
      const bpm = Math.round(this.heart.beat(1, effort) + 0.6 * normalRandom(this.random));
      const measurements: Measurement[] = [{ kind: "heart-rate", bpm, rrMs: [], contact: null }];
      this.air.send([{ tMs: this.heartMs + 1000 + heartDelayMs, sensor: "heart", measurements }]);
    }
  }
}
