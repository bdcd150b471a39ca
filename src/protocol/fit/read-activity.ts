import { fitEpochS, messages } from "./format.ts";
import type { FitMessage } from "./read-messages.ts";
import { FitError, FitReader } from "./read-messages.ts";

/** One record of an activity. `tS` counts from the first record and includes pauses. */
export interface ActivityRecord {
  readonly tS: number;
  readonly cadence: number | null;
  readonly powerW: number | null;
  readonly heartRateBpm: number | null;
  readonly speedMps: number | null;
  readonly distanceM: number | null;
}

export interface Activity {
  /** Unix time of the first record; null when the file has no absolute time. */
  readonly startedAtMs: number | null;
  readonly sport: "cycling" | "running" | "walking" | "rowing" | "other";
  readonly records: readonly ActivityRecord[];
  /** Why reading stopped before the end of the file; null when all was read. */
  readonly damage: string | null;
}

const field = {
  timestamp: 253,
  heartRate: 3,
  cadence: 4,
  distance: 5,
  speed: 6,
  power: 7,
  fractionalCadence: 53,
  enhancedSpeed: 73,
};
const sessionSport = 5;
const sports = new Map<number, Activity["sport"]>([
  [1, "running"],
  [2, "cycling"],
  [11, "walking"],
  [15, "rowing"],
]);
/** A running watch counts strides of one foot; Upbeat counts steps. */
const stepsPerStride = 2;
/** A time further than this from the start is damage, not a workout. */
const longestActivityS = 7 * 86_400;
/** FIT files grow with time; a day at one record a second is about 3 MB. */
export const maxFitBytes = 64 * 1024 * 1024;

function scaled(message: FitMessage, number: number, scale: number): number | null {
  const raw = message.fields.get(number);
  return raw === undefined ? null : raw / scale;
}

function cadenceOf(message: FitMessage, sport: Activity["sport"]): number | null {
  const whole = message.fields.get(field.cadence);
  if (whole === undefined) return null;
  const cadence = whole + (message.fields.get(field.fractionalCadence) ?? 0) / 128;
  return sport === "running" || sport === "walking" ? cadence * stepsPerStride : cadence;
}

function toRecord(message: FitMessage, startS: number, sport: Activity["sport"]): ActivityRecord {
  return {
    tS: (message.fields.get(field.timestamp) ?? startS) - startS,
    cadence: cadenceOf(message, sport),
    powerW: scaled(message, field.power, 1),
    heartRateBpm: scaled(message, field.heartRate, 1),
    speedMps: scaled(message, field.enhancedSpeed, 1000) ?? scaled(message, field.speed, 1000),
    distanceM: scaled(message, field.distance, 100),
  };
}

/**
 * Reads the records of a FIT activity, in order of time, one per second at most (the last of a second wins).
 * Throws `FitError` when it is no FIT file, too large, or holds no records.
 */
export function readActivity(bytes: Uint8Array): Activity {
  if (bytes.length > maxFitBytes) throw new FitError("This FIT file is larger than 64 MB.");
  const reader = new FitReader(bytes).read();
  const sport = sportOf(reader.messages);
  const timed = reader.messages
    .filter((message) => message.number === messages.record && message.fields.has(field.timestamp))
    .toSorted((a, b) => timeOf(a) - timeOf(b));
  const first = timed[0];
  if (first === undefined) throw new FitError("This FIT file holds no recorded workout.");
  const startS = timeOf(first);
  const near = timed.filter((message) => timeOf(message) - startS <= longestActivityS);
  const bySecond = new Map(near.map((message) => [timeOf(message), toRecord(message, startS, sport)]));
  /** Below this a timestamp counts from the device's start, not from the epoch. */
  const firstAbsoluteS = 0x10000000;
  return {
    startedAtMs: startS >= firstAbsoluteS ? (startS + fitEpochS) * 1000 : null,
    sport,
    records: [...bySecond.values()],
    damage: reader.damage,
  };
}

function timeOf(message: FitMessage): number {
  return message.fields.get(field.timestamp) ?? 0;
}

function sportOf(all: readonly FitMessage[]): Activity["sport"] {
  const session = all.find(
    (message) => message.number === messages.session && message.fields.has(sessionSport),
  );
  return sports.get(session?.fields.get(sessionSport) ?? -1) ?? "other";
}
