import type { Measurement, Sample } from "#domain/sensor.ts";
import { normalRandom, type RandomSource } from "#domain/seeded-random.ts";
import type { Milliseconds, Share } from "#domain/units.ts";

export interface SensorTraits {
  readonly name: string;
  /** Notifications per second. */
  readonly rateHz: number;
  /** Share of notifications that never arrive. */
  readonly dropShare: Share;
  /** Least radio delay; a skewed part (exponential, mean 15 ms, at most 60 ms) comes on top. */
  readonly radioMinMs: Milliseconds;
  /** Where in the revolution its event lies, 0..1 past the top of the downstroke. */
  readonly angleRev: number;
}

/** Today's usual sensor: one notification a second, 20 to 80 ms underway, 3 % lost. */
export const usualCrankSensor: SensorTraits = {
  name: "bike",
  rateHz: 1,
  dropShare: 0.03,
  radioMinMs: 20,
  angleRev: 0,
};

const latencyMeanMs = 15;
const latencyCutMs = 60;
/** Sensor clocks are quartz: they run off by some parts in a million. */
const clockSkewShare = 20e-6;

/** A crank sensor: counts revolutions, times the last one in 1/1024 s, and tells both by a radio that delays and loses. */
export class CrankSensor {
  private readonly traits: SensorTraits;
  private readonly random: RandomSource;
  private readonly clockStartMs: Milliseconds;
  private readonly skew: number;
  private events: Milliseconds[] = [];
  private revolutions: number;
  private lastEventMs: Milliseconds = 0;
  private notifyMs: Milliseconds;
  private lastArrivalMs: Milliseconds = 0;

  constructor(traits: SensorTraits, fromMs: Milliseconds, random: RandomSource) {
    this.traits = traits;
    this.random = random;
    this.clockStartMs = random() * 64_000;
    this.revolutions = Math.floor(random() * 0x10000);
    this.skew = 1 + clockSkewShare * normalRandom(random);
    this.notifyMs = fromMs + (random() * 1000) / traits.rateHz;
    this.lastEventMs = fromMs;
  }

  /** The crank passes the top at `topMs`; the next pass is `periodMs` later. */
  turn(topMs: Milliseconds, periodMs: Milliseconds): void {
    this.events.push(topMs + this.traits.angleRev * periodMs);
  }

  /** Notifications that leave up to `toMs`. `extra` are further measurements of the moment. */
  notify(toMs: Milliseconds, extra: (tMs: Milliseconds) => readonly Measurement[]): Sample[] {
    const samples: Sample[] = [];
    for (; this.notifyMs <= toMs; this.notifyMs += 1000 / this.traits.rateHz) {
      while ((this.events[0] ?? Infinity) <= this.notifyMs) {
        this.lastEventMs = this.events.shift() ?? this.lastEventMs;
        this.revolutions += 1;
      }
      const latencyMs = this.traits.radioMinMs + this.skewedLatency();
      if (this.random() < this.traits.dropShare) continue;
      this.lastArrivalMs = Math.max(this.lastArrivalMs, this.notifyMs + latencyMs);
      const sensorS = ((this.lastEventMs + this.clockStartMs) * this.skew) / 1000;
      samples.push({
        tMs: this.lastArrivalMs,
        sensor: this.traits.name,
        measurements: [
          {
            kind: "crank",
            revolutions: this.revolutions & 0xffff,
            eventTime1024: Math.floor(sensorS * 1024) % 0x10000,
          },
          ...extra(this.notifyMs),
        ],
      });
    }
    return samples;
  }

  private skewedLatency(): Milliseconds {
    const reached = 1 - Math.exp(-latencyCutMs / latencyMeanMs);
    return -latencyMeanMs * Math.log(1 - this.random() * reached);
  }
}
