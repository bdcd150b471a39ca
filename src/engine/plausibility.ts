import type { AthleteProfile } from "#domain/athlete.ts";
import { clamp, type Milliseconds, type Share } from "#domain/units.ts";
import { BeatIntervals } from "./beat-intervals.ts";
import { ExpectedHeartRate } from "./expected-heart-rate.ts";
import { PowerCeiling } from "./power-ceiling.ts";
import { Repetition } from "./repetition.ts";

export type Channel = "cadence" | "power" | "heart-rate" | "speed";

interface Reading {
  readonly tMs: Milliseconds;
  readonly value: number;
}

interface ChannelState {
  readonly recent: Reading[];
  violatedMs: Milliseconds;
  reason: string;
  /** Since when the very same value has been sent. */
  sameSinceMs: Milliseconds;
  readonly repetition: Repetition;
}

export interface TrustChange {
  readonly value: Share;
  readonly reason: string;
}

/** A reading below this trust drives nothing and is not recorded. */
export const trustedFrom = 0.5;
/** After its last impossible reading a channel is distrusted for this long, then regains trust over the same time. */
const penanceMs = 10_000;
const rememberedMs = 30_000;
/** Nobody's heart rate stands exactly still for so long, nor does a rider's power (a coasting zero aside). */
const frozenMs = 120_000;
/** Heart rate rises by 4.2 bpm/s at most over 8 s in 40 recordings; a little more is allowed. */
const heartRateRiseWindowMs = 8000;
const heartRateRisePerS = 5;
const heartRateJumpBpm = 25;
/** Crank torque: 125 Nm is the highest of 21 power recordings. */
const utmostTorqueNm = 140;
/** More than anybody's highest second, W/kg. */
const utmostWattsPerKg = 30;
/** A second strap that differs by more from the first one's latest reading is somebody else's. */
const otherDeviceBpm = 15;
const otherDeviceMs = 60_000;
/** What has been found to be a copy stays one for a while, also where it is too even to tell. */
const copiedMs = 120_000;
/** A heart moves by a beat now and then; power changes with nearly every reading. */
const changesAtLeast: Readonly<Record<Channel, number>> = {
  cadence: 30,
  power: 30,
  "heart-rate": 8,
  speed: 30,
};
const copied = "readings repeat earlier ones exactly";
const utmostCadence = 230;
/** Cadence per second: from standing to 130 rpm in two seconds is a sprint start. */
const cadenceSlewPerS = 70;

/**
 * How far each channel of each sensor can be believed, 0..1, from what bodies can do: range, slew, the kinetics of the
 * heart, torque, and values that stand still. One impossible reading takes all trust; it comes back with time.
 */
export class Plausibility {
  private readonly channels = new Map<string, ChannelState>();
  private readonly utmostPowerW: number;
  private readonly utmostHeartRateBpm: number;
  private readonly expected = new ExpectedHeartRate();
  private readonly ceiling: PowerCeiling;
  private readonly intervals = new Map<string, BeatIntervals>();
  /** The device whose heart rate was believed first, and its latest reading. */
  private strap: { readonly sensor: string; readonly reading: Reading } | null = null;

  constructor(athlete: AthleteProfile) {
    this.utmostPowerW = utmostWattsPerKg * athlete.weightKg;
    this.ceiling = new PowerCeiling(athlete.sex, athlete.weightKg);
    this.utmostHeartRateBpm = Math.max(220, athlete.maxHeartRateBpm + 15);
  }

  /** Judges a reading. Answers the channel's trust after it. `unitsPerS` is the cadence, for torque. */
  judge(sensor: string, channel: Channel, tMs: Milliseconds, value: number, unitsPerS: number | null): Share {
    const state = this.stateOf(sensor, channel, tMs);
    const reason =
      this.impossible(channel, state, { tMs, value }, unitsPerS) ??
      this.unlikely(sensor, channel, state, { tMs, value });
    if (reason !== null) {
      state.violatedMs = tMs + (reason === copied ? copiedMs : 0);
      state.reason = reason;
    }
    const last = state.recent[state.recent.length - 1];
    if (last?.value !== value) state.sameSinceMs = tMs;
    state.recent.push({ tMs, value });
    while (state.recent.length > 1 && (state.recent[0]?.tMs ?? tMs) < tMs - rememberedMs)
      state.recent.shift();
    return trustOf(state, tMs);
  }

  /** Judges a heart rate by the intervals between beats that came with it. */
  judgeBeats(sensor: string, tMs: Milliseconds, bpm: number, rrMs: readonly Milliseconds[]): void {
    let intervals = this.intervals.get(sensor);
    if (intervals === undefined) this.intervals.set(sensor, (intervals = new BeatIntervals()));
    if (!intervals.differ(tMs, bpm, rrMs)) return;
    const state = this.stateOf(sensor, "heart-rate", tMs);
    state.violatedMs = tMs;
    state.reason = "heart rate and the time between beats do not fit";
  }

  trust(sensor: string, channel: Channel, tMs: Milliseconds): Share {
    const state = this.channels.get(key(sensor, channel));
    return state === undefined ? 1 : trustOf(state, tMs);
  }

  /** The least trusted channel of a sensor. */
  ofSensor(sensor: string, tMs: Milliseconds): TrustChange {
    let worst: TrustChange = { value: 1, reason: "readings are possible" };
    for (const [name, state] of this.channels) {
      if (!name.startsWith(`${sensor}\n`)) continue;
      const value = trustOf(state, tMs);
      if (value < worst.value) worst = { value, reason: state.reason };
    }
    return worst;
  }

  private impossible(
    channel: Channel,
    state: ChannelState,
    reading: Reading,
    unitsPerS: number | null,
  ): string | null {
    const { value, tMs } = reading;
    const stood =
      tMs - state.sameSinceMs >= frozenMs && state.recent[state.recent.length - 1]?.value === value;
    switch (channel) {
      case "cadence":
        if (value < 0 || value > utmostCadence) return `cadence ${Math.round(value)} is out of range`;
        return tooFast(state, reading, cadenceSlewPerS, 30) ? "cadence jumped" : null;
      case "speed":
        return value < 0 || value > 40 ? "speed is out of range" : null;
      case "power":
        if (value < 0 || value > this.utmostPowerW) return `${Math.round(value)} W is out of range`;
        if (unitsPerS !== null && unitsPerS > 0.3 && value / (2 * Math.PI * unitsPerS) > utmostTorqueNm) {
          return "more torque than legs can give";
        }
        return stood && value > 0 ? "power stands still" : null;
      case "heart-rate":
        if (value < 25 || value > this.utmostHeartRateBpm)
          return `heart rate ${Math.round(value)} is out of range`;
        if (tooFast(state, reading, heartRateJumpBpm, heartRateJumpBpm)) return "heart rate jumped";
        if (risesTooLong(state, reading)) return "heart rate rises faster than hearts do";
        return stood ? "heart rate stands still" : null;
    }
  }

  /** What a body could do, but this one does not: copies, sustained records, a heart apart from its power. */
  private unlikely(sensor: string, channel: Channel, state: ChannelState, reading: Reading): string | null {
    const { value, tMs } = reading;
    if (channel === "power") {
      this.expected.notePower(tMs, value);
      const heldS = this.ceiling.push(tMs, value);
      if (heldS !== null) return `more power than the best hold for ${heldS} s`;
      return state.repetition.push(value) ? copied : null;
    }
    if (channel !== "heart-rate") return null;
    const repeats = state.repetition.push(value);
    this.strap ??= { sensor, reading };
    if (this.strap.sensor === sensor || tMs - this.strap.reading.tMs > otherDeviceMs) {
      this.strap = { sensor, reading };
    } else if (Math.abs(value - this.strap.reading.value) > otherDeviceBpm) {
      return "another device tells another heart rate";
    }
    if (repeats) return copied;
    return this.expected.judge(tMs, value) === null ? null : "heart rate does not fit the power";
  }

  private stateOf(sensor: string, channel: Channel, tMs: Milliseconds): ChannelState {
    const name = key(sensor, channel);
    let state = this.channels.get(name);
    if (state === undefined) {
      state = {
        recent: [],
        violatedMs: -Infinity,
        reason: "",
        sameSinceMs: tMs,
        repetition: new Repetition(changesAtLeast[channel]),
      };
      this.channels.set(name, state);
    }
    return state;
  }
}

function key(sensor: string, channel: Channel): string {
  return `${sensor}\n${channel}`;
}

function trustOf(state: ChannelState, tMs: Milliseconds): Share {
  return clamp((tMs - state.violatedMs) / penanceMs - 1 + trustedFrom, 0, 1);
}

/** Against the reading before, no more than `perS` a second, with `slack` at once. */
function tooFast(state: ChannelState, { tMs, value }: Reading, perS: number, slack: number): boolean {
  const last = state.recent[state.recent.length - 1];
  if (last === undefined) return false;
  return Math.abs(value - last.value) > slack + (perS * (tMs - last.tMs)) / 1000;
}

function risesTooLong(state: ChannelState, { tMs, value }: Reading): boolean {
  const before = state.recent.find((reading) => reading.tMs >= tMs - heartRateRiseWindowMs);
  if (before === undefined || tMs - before.tMs < heartRateRiseWindowMs * 0.75) return false;
  return (value - before.value) / ((tMs - before.tMs) / 1000) > heartRateRisePerS;
}
