/**
 * Notifications of the standard Bluetooth LE fitness services -> measurements. Layouts: GATT Specification Supplement
 * (Heart Rate, Cycling Power, Cycling Speed and Cadence, Running Speed and Cadence, Fitness Machine, Battery).
 */
import type { Measurement, RawNotification, Sample } from "#domain/sensor.ts";
import type { Field } from "./fields.ts";
import { readFields } from "./fields.ts";

/** 16-bit numbers of the services a sensor may offer, and of the characteristics we read from each. */
export const services = {
  heartRate: { service: "180d", characteristics: ["2a37"] },
  cyclingPower: { service: "1818", characteristics: ["2a63"] },
  cyclingSpeedCadence: { service: "1816", characteristics: ["2a5b"] },
  runningSpeedCadence: { service: "1814", characteristics: ["2a53"] },
  fitnessMachine: { service: "1826", characteristics: ["2ad2", "2acd", "2ad1"] },
  battery: { service: "180f", characteristics: ["2a19"] },
} as const;

/** Beyond these a number is garbage, not sport: it is dropped here, so that no later part has to doubt its type of number. */
const limits = {
  bpm: 255,
  powerW: 3000,
  cadence: 300,
  speedMps: 40,
} as const;

const kmhToMps = 1 / 3.6;

function within(value: number | undefined, limit: number): value is number {
  return value !== undefined && Number.isFinite(value) && value >= 0 && value <= limit;
}

type Decoder = (bytes: Uint8Array) => Measurement[] | null;

function decodeHeartRate(bytes: Uint8Array): Measurement[] | null {
  const read = readFields(bytes, "u8", [
    { name: "bpm8", type: "u8", bit: 0, whenClear: true },
    { name: "bpm16", type: "u16", bit: 0 },
    { name: "energy", type: "u16", bit: 3 },
  ]);
  if (read === null) return null;
  const bpm = read.values.bpm8 ?? read.values.bpm16;
  if (!within(bpm, limits.bpm)) return [];
  const rrMs: number[] = [];
  if ((read.flags & 0b1_0000) !== 0) {
    for (let at = read.end; at + 1 < bytes.length; at += 2) {
      rrMs.push((((bytes[at] ?? 0) + (bytes[at + 1] ?? 0) * 256) * 1000) / 1024);
    }
  }
  const contactSupported = (read.flags & 0b100) !== 0;
  const contact = contactSupported ? (read.flags & 0b10) !== 0 : null;
  return [{ kind: "heart-rate", bpm, rrMs, contact }];
}

interface RevolutionValues {
  readonly wheelRevolutions?: number;
  readonly wheelEventTime?: number;
  readonly crankRevolutions?: number;
  readonly crankEventTime?: number;
}

function revolutions(values: RevolutionValues, ticksPerS: 1024 | 2048): Measurement[] {
  const found: Measurement[] = [];
  if (values.wheelRevolutions !== undefined && values.wheelEventTime !== undefined) {
    found.push({
      kind: "wheel",
      revolutions: values.wheelRevolutions,
      eventTime: values.wheelEventTime,
      ticksPerS,
    });
  }
  if (values.crankRevolutions !== undefined && values.crankEventTime !== undefined) {
    found.push({ kind: "crank", revolutions: values.crankRevolutions, eventTime1024: values.crankEventTime });
  }
  return found;
}

function decodeCyclingPower(bytes: Uint8Array): Measurement[] | null {
  const read = readFields(bytes, "u16", [
    { name: "powerW", type: "s16" },
    { name: "balance", type: "u8", bit: 0 },
    { name: "torque", type: "u16", bit: 2 },
    { name: "wheelRevolutions", type: "u32", bit: 4 },
    { name: "wheelEventTime", type: "u16", bit: 4 },
    { name: "crankRevolutions", type: "u16", bit: 5 },
    { name: "crankEventTime", type: "u16", bit: 5 },
  ]);
  if (read === null) return null;
  const found: Measurement[] = [];
  if (within(read.values.powerW, limits.powerW)) found.push({ kind: "power", powerW: read.values.powerW });
  return [...found, ...revolutions(read.values, 2048)];
}

function decodeCyclingSpeedCadence(bytes: Uint8Array): Measurement[] | null {
  const read = readFields(bytes, "u8", [
    { name: "wheelRevolutions", type: "u32", bit: 0 },
    { name: "wheelEventTime", type: "u16", bit: 0 },
    { name: "crankRevolutions", type: "u16", bit: 1 },
    { name: "crankEventTime", type: "u16", bit: 1 },
  ]);
  return read === null ? null : revolutions(read.values, 1024);
}

function decodeRunningSpeedCadence(bytes: Uint8Array): Measurement[] | null {
  const read = readFields(bytes, "u8", [
    { name: "speedMps", type: "u16", resolution: 1 / 256 },
    { name: "cadence", type: "u8" },
    { name: "strideM", type: "u16", bit: 0, resolution: 0.01 },
    { name: "distanceM", type: "u32", bit: 1, resolution: 0.1 },
  ]);
  if (read === null) return null;
  const running = (read.flags & 0b100) !== 0;
  return rates({ ...read.values, cadence: stepsPerMinute(read.values.cadence, running) }, "spm");
}

/**
 * The characteristic's unit is "1/minute" and does not say of what: treadmills count steps, many foot pods count strides
 * of one foot. Nobody runs at under 120 steps a minute, so a slower "running" value counts strides.
 */
const slowestRunningSpm = 120;
const stepsPerStride = 2;

function stepsPerMinute(reported: number | undefined, running: boolean): number | undefined {
  if (reported === undefined || !running) return reported;
  return reported < slowestRunningSpm ? reported * stepsPerStride : reported;
}

interface Rates {
  readonly speedMps?: number | undefined;
  readonly cadence?: number | undefined;
  readonly distanceM?: number | undefined;
  readonly powerW?: number | undefined;
  readonly bpm?: number | undefined;
}

function rates(values: Rates, unit: "rpm" | "spm"): Measurement[] {
  const found: Measurement[] = [];
  if (within(values.cadence, limits.cadence)) found.push({ kind: "cadence", cadence: values.cadence, unit });
  if (within(values.powerW, limits.powerW)) found.push({ kind: "power", powerW: values.powerW });
  if (within(values.speedMps, limits.speedMps)) found.push({ kind: "speed", speedMps: values.speedMps });
  if (values.distanceM !== undefined) found.push({ kind: "distance", distanceM: values.distanceM });
  if (within(values.bpm, limits.bpm) && values.bpm > 0) {
    found.push({ kind: "heart-rate", bpm: values.bpm, rrMs: [], contact: null });
  }
  return found;
}

const energyFields = (bit: number): Field<"energyTotal" | "energyPerHour" | "energyPerMinute">[] => [
  { name: "energyTotal", type: "u16", bit },
  { name: "energyPerHour", type: "u16", bit },
  { name: "energyPerMinute", type: "u8", bit },
];

function decodeIndoorBike(bytes: Uint8Array): Measurement[] | null {
  const read = readFields(bytes, "u16", [
    { name: "speedMps", type: "u16", bit: 0, whenClear: true, resolution: 0.01 * kmhToMps },
    { name: "averageSpeed", type: "u16", bit: 1 },
    { name: "cadence", type: "u16", bit: 2, resolution: 0.5 },
    { name: "averageCadence", type: "u16", bit: 3 },
    { name: "distanceM", type: "u24", bit: 4 },
    { name: "resistance", type: "s16", bit: 5 },
    { name: "powerW", type: "s16", bit: 6, invalid: 0x7fff },
    { name: "averagePower", type: "s16", bit: 7 },
    ...energyFields(8),
    { name: "bpm", type: "u8", bit: 9 },
  ]);
  return read === null ? null : rates(read.values, "rpm");
}

function decodeTreadmill(bytes: Uint8Array): Measurement[] | null {
  const read = readFields(bytes, "u16", [
    { name: "speedMps", type: "u16", bit: 0, whenClear: true, resolution: 0.01 * kmhToMps },
    { name: "averageSpeed", type: "u16", bit: 1 },
    { name: "distanceM", type: "u24", bit: 2 },
    { name: "inclination", type: "s16", bit: 3 },
    { name: "rampAngle", type: "s16", bit: 3 },
    { name: "gainUp", type: "u16", bit: 4 },
    { name: "gainDown", type: "u16", bit: 4 },
    { name: "pace", type: "u8", bit: 5 },
    { name: "averagePace", type: "u8", bit: 6 },
    ...energyFields(7),
    { name: "bpm", type: "u8", bit: 8 },
    { name: "met", type: "u8", bit: 9 },
    { name: "elapsed", type: "u16", bit: 10 },
    { name: "remaining", type: "u16", bit: 11 },
    { name: "force", type: "s16", bit: 12 },
    { name: "powerW", type: "s16", bit: 12, invalid: 0x7fff },
  ]);
  return read === null ? null : rates(read.values, "spm");
}

function decodeRower(bytes: Uint8Array): Measurement[] | null {
  const read = readFields(bytes, "u16", [
    { name: "cadence", type: "u8", bit: 0, whenClear: true, resolution: 0.5 },
    { name: "strokes", type: "u16", bit: 0, whenClear: true },
    { name: "averageRate", type: "u8", bit: 1 },
    { name: "distanceM", type: "u24", bit: 2 },
    { name: "paceSPer500m", type: "u16", bit: 3, invalid: 0xffff },
    { name: "averagePace", type: "u16", bit: 4 },
    { name: "powerW", type: "s16", bit: 5, invalid: 0x7fff },
    { name: "averagePower", type: "s16", bit: 6 },
    { name: "resistance", type: "s16", bit: 7 },
    ...energyFields(8),
    { name: "bpm", type: "u8", bit: 9 },
  ]);
  if (read === null) return null;
  const pace = read.values.paceSPer500m;
  return rates(
    { ...read.values, speedMps: pace === undefined || pace === 0 ? undefined : 500 / pace },
    "spm",
  );
}

function decodeBattery(bytes: Uint8Array): Measurement[] | null {
  const levelPct = bytes[0];
  if (levelPct === undefined) return null;
  return levelPct <= 100 ? [{ kind: "battery", levelPct }] : [];
}

const decoders: Readonly<Record<string, Decoder>> = {
  "2a37": decodeHeartRate,
  "2a63": decodeCyclingPower,
  "2a5b": decodeCyclingSpeedCadence,
  "2a53": decodeRunningSpeedCadence,
  "2ad2": decodeIndoorBike,
  "2acd": decodeTreadmill,
  "2ad1": decodeRower,
  "2a19": decodeBattery,
};

/** A notification as a sample; null when the characteristic is unknown, the payload truncated, or nothing in it is usable. */
export function decodeNotification(raw: RawNotification): Sample | null {
  const measurements = decoders[raw.characteristic]?.(raw.bytes) ?? null;
  if (measurements === null || measurements.length === 0) return null;
  return { tMs: raw.tMs, sensor: raw.sensor, measurements };
}
