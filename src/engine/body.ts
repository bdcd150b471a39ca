import type { AthleteProfile } from "#domain/athlete.ts";
import type { Sport } from "#domain/class-plan.ts";
import type { Measurement, Sample } from "#domain/sensor.ts";
import type { Milliseconds } from "#domain/units.ts";
import type { Calibration, SensorState } from "./contract.ts";
import type { Movement } from "./movement.ts";
import { Plausibility, trustedFrom, type Channel } from "./plausibility.ts";
import { RateTracker } from "./rate-tracker.ts";
import { type KnownStroke, StrokeTracker } from "./stroke-tracker.ts";
import { WheelSpeed } from "./wheel-speed.ts";

interface Sensor {
  readonly name: string;
  crank: StrokeTracker | null;
  strokes: StrokeTracker | null;
  rate: RateTracker | null;
  wheel: WheelSpeed | null;
  lastMs: Milliseconds;
  batteryPct: number | null;
  /** Rate it last told, units per second, and when. */
  unitsPerS: number | null;
}

interface Vital {
  readonly value: number;
  readonly tMs: Milliseconds;
}

/** A value older than this is not shown or recorded: the sensor has stopped talking. */
const staleMs = 4000;
/** More sensors than anybody wears; further ones are ignored. */
const sensorsAtMost = 16;
/** Taps slower than this a minute are one a revolution, faster ones one a pedal stroke. */
const tapsPerRevolutionBelow = 130;

/** All that is known of the body: each sensor's trackers, the latest believable vitals, and the movement to follow. */
export class Body {
  private readonly sport: Sport;
  private readonly calibration: Calibration;
  private readonly sensors = new Map<string, Sensor>();
  private readonly vitals = new Map<Channel, Vital>();
  private leader: string | null = null;
  private distanceBaseM: number | null = null;
  distanceM: number | null = null;
  readonly plausibility: Plausibility;

  constructor(sport: Sport, athlete: AthleteProfile, calibration: Calibration) {
    this.sport = sport;
    this.calibration = calibration;
    this.plausibility = new Plausibility(athlete);
  }

  /** Takes a notification in. Answers the strokes it made known of the sensor that is followed. */
  push(sample: Sample): KnownStroke[] {
    const sensor = this.sensorOf(sample.sensor);
    if (sensor === null) return [];
    sensor.lastMs = sample.tMs;
    const known: KnownStroke[] = [];
    for (const measurement of sample.measurements) {
      if (!isFinite(measurement)) continue;
      const stroke = this.take(sensor, sample.tMs, measurement);
      if (stroke !== null && this.leader === sensor.name) known.push(stroke);
    }
    return known;
  }

  /** The movement to follow: trusted sensors with stroke times first, those of the bike before taps, rates last. */
  movement(nowMs: Milliseconds): Movement | null {
    let best: Movement | null = null;
    let bestRank = Infinity;
    this.leader = null;
    for (const sensor of this.sensors.values()) {
      if (this.plausibility.trust(sensor.name, "cadence", nowMs) < trustedFrom) continue;
      const options = [
        sensor.crank?.movement(nowMs),
        this.tapped(sensor, nowMs),
        sensor.rate?.movement(nowMs),
      ];
      for (let rank = 0; rank < options.length; rank++) {
        const movement = options[rank] ?? null;
        if (movement === null || rank >= bestRank) continue;
        best = movement;
        bestRank = rank;
        this.leader = sensor.name;
      }
    }
    return best;
  }

  /** The sensor followed at the last look. */
  get followed(): string | null {
    return this.leader;
  }

  /** How well the clock of the crank sensor that is followed is known; null without one, or where its angle was never measured. */
  get clockSigmaMs(): Milliseconds | null {
    const crank = this.leader === null ? null : (this.sensors.get(this.leader)?.crank ?? null);
    return crank !== null && this.isMeasured(this.leader ?? "") ? crank.clockSigmaMs : null;
  }

  /** Latest trusted value of a channel; null when stale. */
  vital(channel: Channel, nowMs: Milliseconds): number | null {
    const vital = this.vitals.get(channel);
    return vital === undefined || nowMs - vital.tMs > staleMs ? null : vital.value;
  }

  /** True while the newest readings of some sensor's channel are not believed. */
  distrusts(nowMs: Milliseconds): boolean {
    return this.states(nowMs).some(({ trust, lastMs }) => trust < trustedFrom && nowMs - lastMs < staleMs);
  }

  /** True while a cadence arrives that is not believed, and none that is. */
  distrustsCadence(nowMs: Milliseconds): boolean {
    return [...this.sensors.values()].some(
      ({ name, lastMs }) =>
        nowMs - lastMs < staleMs && this.plausibility.trust(name, "cadence", nowMs) < trustedFrom,
    );
  }

  states(nowMs: Milliseconds): SensorState[] {
    return [...this.sensors.values()].map(({ name, lastMs, batteryPct }) => {
      return { sensor: name, trust: this.plausibility.ofSensor(name, nowMs).value, lastMs, batteryPct };
    });
  }

  private take(sensor: Sensor, tMs: Milliseconds, measurement: Measurement): KnownStroke | null {
    switch (measurement.kind) {
      case "crank": {
        if (this.sport !== "cycling") return null;
        sensor.crank ??= new StrokeTracker({
          angleRev: this.calibration.crankAngleRev[sensor.name] ?? 0,
          radioDelayMs: this.calibration.radioDelayMs[sensor.name] ?? 0,
        });
        const stroke = sensor.crank.pushCrank(tMs, measurement.revolutions, measurement.eventTime1024);
        this.noteRate(sensor, tMs, sensor.crank.eventRate(tMs));
        return stroke;
      }
      case "stroke": {
        if (this.sport === "cycling" && this.tapAlong(tMs, measurement.atMs)) return null;
        sensor.strokes ??= new StrokeTracker({ angleRev: 0, radioDelayMs: 0 });
        const stroke = sensor.strokes.pushStroke(measurement.atMs);
        const movement = this.tapped(sensor, tMs);
        this.noteRate(sensor, tMs, movement?.momentUnitsPerS ?? null);
        return stroke;
      }
      case "cadence":
        if ((measurement.unit === "rpm") !== (this.sport === "cycling")) return null;
        sensor.rate ??= new RateTracker();
        sensor.rate.push(tMs, measurement.cadence);
        if (sensor.crank === null) this.noteRate(sensor, tMs, measurement.cadence / 60);
        return null;
      case "power":
        this.note(sensor, "power", tMs, measurement.powerW);
        return null;
      case "heart-rate":
        // 0 is how a strap or a recording says that it has no reading.
        if (measurement.contact !== false && measurement.bpm > 0) {
          this.plausibility.judgeBeats(sensor.name, tMs, measurement.bpm, measurement.rrMs);
          this.note(sensor, "heart-rate", tMs, measurement.bpm);
        }
        return null;
      case "speed":
        this.note(sensor, "speed", tMs, measurement.speedMps);
        return null;
      case "wheel": {
        sensor.wheel ??= new WheelSpeed();
        const moved = sensor.wheel.push(tMs, measurement);
        if (moved !== null) {
          this.note(sensor, "speed", tMs, moved.speedMps);
          this.distanceM = (this.distanceM ?? 0) + moved.distanceM;
        }
        return null;
      }
      case "distance":
        this.distanceBaseM ??= measurement.distanceM;
        this.distanceM = Math.max(0, measurement.distanceM - this.distanceBaseM);
        return null;
      case "battery":
        sensor.batteryPct = measurement.levelPct;
        return null;
    }
  }

  /** A tap beside a crank sensor that tells the strokes: it helps to read that sensor. False when there is none. */
  private tapAlong(nowMs: Milliseconds, atMs: Milliseconds): boolean {
    let turns = false;
    for (const { name, crank } of this.sensors.values()) {
      if (crank === null || crank.movement(nowMs) === null) continue;
      turns = true;
      if (this.isMeasured(name)) crank.hearTap(atMs);
    }
    return turns;
  }

  /** Taps say where the foot is, the sensor's clock where its event is: between the two lies the measured angle. */
  private isMeasured(sensor: string): boolean {
    return Object.hasOwn(this.calibration.crankAngleRev, sensor);
  }

  private noteRate(sensor: Sensor, tMs: Milliseconds, unitsPerS: number | null): void {
    if (unitsPerS === null) return;
    sensor.unitsPerS = unitsPerS;
    this.note(sensor, "cadence", tMs, unitsPerS * 60);
  }

  private note(sensor: Sensor, channel: Channel, tMs: Milliseconds, value: number): void {
    const trust = this.plausibility.judge(sensor.name, channel, tMs, value, this.unitsPerS(tMs));
    if (trust >= trustedFrom) this.vitals.set(channel, { value, tMs });
  }

  private unitsPerS(tMs: Milliseconds): number | null {
    const cadence = this.vital("cadence", tMs);
    return cadence === null ? null : cadence / 60;
  }

  /** Movement told by single strokes; on a bike quick taps are pedal strokes, half a revolution each. */
  private tapped(sensor: Sensor, nowMs: Milliseconds): Movement | null {
    const movement = sensor.strokes?.movement(nowMs) ?? null;
    if (movement === null || this.sport !== "cycling") return movement;
    if (movement.unitsPerS * 60 < tapsPerRevolutionBelow) return movement;
    return {
      ...movement,
      unitsPerS: movement.unitsPerS / 2,
      momentUnitsPerS: movement.momentUnitsPerS / 2,
      phaseAt: (tMs) => movement.phaseAt(tMs) / 2,
    };
  }

  private sensorOf(name: string): Sensor | null {
    const found = this.sensors.get(name);
    if (found !== undefined) return found;
    if (this.sensors.size >= sensorsAtMost) return null;
    const sensor: Sensor = {
      name,
      crank: null,
      strokes: null,
      rate: null,
      wheel: null,
      lastMs: -Infinity,
      batteryPct: null,
      unitsPerS: null,
    };
    this.sensors.set(name, sensor);
    return sensor;
  }
}

function isFinite(measurement: Measurement): boolean {
  return Object.values(measurement).every((value) => typeof value !== "number" || Number.isFinite(value));
}
