import type { AthleteProfile } from "#domain/athlete.ts";
import { clamp, type Milliseconds, type Share } from "#domain/units.ts";

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
/** Five-second power of the best, W/kg (Coggan's power profile table): women 19.4, men 25.2. */
const utmostWattsPerKg = { female: 19.5, male: 25.2 };
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

  constructor(athlete: AthleteProfile) {
    this.utmostPowerW = utmostWattsPerKg[athlete.sex ?? "male"] * athlete.weightKg;
    this.utmostHeartRateBpm = Math.max(220, athlete.maxHeartRateBpm + 15);
  }

  /** Judges a reading. Answers the channel's trust after it. `unitsPerS` is the cadence, for torque. */
  judge(sensor: string, channel: Channel, tMs: Milliseconds, value: number, unitsPerS: number | null): Share {
    const state = this.stateOf(sensor, channel, tMs);
    const reason = this.impossible(channel, state, { tMs, value }, unitsPerS);
    if (reason !== null) {
      state.violatedMs = tMs;
      state.reason = reason;
    }
    const last = state.recent[state.recent.length - 1];
    if (last?.value !== value) state.sameSinceMs = tMs;
    state.recent.push({ tMs, value });
    while (state.recent.length > 1 && (state.recent[0]?.tMs ?? tMs) < tMs - rememberedMs)
      state.recent.shift();
    return trustOf(state, tMs);
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

  private stateOf(sensor: string, channel: Channel, tMs: Milliseconds): ChannelState {
    const name = key(sensor, channel);
    let state = this.channels.get(name);
    if (state === undefined) {
      state = { recent: [], violatedMs: -Infinity, reason: "", sameSinceMs: tMs };
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
