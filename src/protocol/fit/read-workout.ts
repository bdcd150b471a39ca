/** A FIT workout file: a plan of steps that a watch or bike computer guides through. */
import { defaultAthlete } from "#domain/athlete.ts";
import type { Cue, Ramp, Sport } from "#domain/class-plan.ts";
import { classLimits } from "#domain/class-limits.ts";
import { ClassFileError } from "../class-file-error.ts";
import { planOfImport, type ImportedStep, type PlanFromFile } from "../imported-class.ts";
import { messages } from "./format.ts";
import { FitReader, type FitMessage } from "./read-messages.ts";

const workoutField = { sport: 4, name: 8, description: 17 };
const stepField = {
  name: 0,
  durationType: 1,
  durationValue: 2,
  targetType: 3,
  targetValue: 4,
  customLow: 5,
  customHigh: 6,
  intensity: 7,
  notes: 8,
  secondTargetType: 19,
  secondTargetValue: 20,
  secondCustomLow: 21,
  secondCustomHigh: 22,
};
const durationType = { time: 0, distance: 1, repeatSteps: 6, repetitionTime: 28, timeOnly: 31 };
const targetType = { speed: 0, heartRate: 1, cadence: 3, power: 4, power3s: 7, power10s: 8, power30s: 9 };
const powerTargets: ReadonlySet<number> = new Set([
  targetType.power,
  targetType.power3s,
  targetType.power10s,
  targetType.power30s,
]);
const intensityKinds = new Map<number, ImportedStep["kind"]>([
  [1, "recovery"],
  [2, "warm-up"],
  [3, "cool-down"],
  [4, "recovery"],
  [5, "work"],
]);
const sports = new Map<number, Sport>([
  [1, "running"],
  [2, "cycling"],
  [10, "strength"],
  [11, "walking"],
  [15, "rowing"],
  [21, "cycling"],
]);

/** Middles of the seven power zones, and of the five heart-rate zones as shares of the highest rate. */
const powerZones = [0.45, 0.65, 0.83, 0.98, 1.13, 1.35, 1.6];
const heartRateZoneTops = [0.6, 0.7, 0.8, 0.9];
/** Custom power up to this is per cent of FTP, above it watts; custom heart rate likewise per cent of the highest and bpm. */
const powerOffset = 1000;
const heartRateOffset = 100;
/** How long a step lasts that ends at a press of a button, or in a way that time does not tell. */
const openStepS = 300;
/** Speed at threshold where distances and speeds have to become times and efforts: 12 km/h on foot, 36 on a bike, 2:00 per 500 m. */
const thresholdMps: Readonly<Record<Sport, number>> = {
  cycling: 10,
  running: 1000 / 300,
  walking: 1.9,
  rowing: 500 / 120,
  strength: 1,
  mobility: 1,
};

interface Reading {
  readonly sport: Sport;
  /** Sentences about what is not kept or had to be assumed, each once. */
  readonly losses: Set<string>;
}

interface Target {
  readonly power: number | null;
  readonly cadence: number | null;
  readonly hrZone: number | null;
  /** Share of the speed at threshold. */
  readonly speedShare: number | null;
}

interface RawTarget {
  readonly type: number | undefined;
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

function powerOf({ value, low, high }: RawTarget, losses: Set<string>): number | null {
  if (value > 0) {
    losses.add("Power zones become the power in their middle.");
    return powerZones[value - 1] ?? null;
  }
  const share = (raw: number): number => {
    if (raw <= powerOffset) return raw / 100;
    losses.add(`The file gives watts and no FTP; ${defaultAthlete.ftpW} W is assumed.`);
    return (raw - powerOffset) / defaultAthlete.ftpW;
  };
  if (low !== high) losses.add("Ranges of power and cadence become their middle.");
  return Math.round(((share(low) + share(high)) / 2) * 1000) / 1000;
}

function heartRateZoneOf({ value, low, high }: RawTarget, losses: Set<string>): number | null {
  if (value > 0) return Math.min(5, value);
  losses.add("Heart-rate targets become one of five zones.");
  const share = (raw: number): number =>
    raw <= heartRateOffset ? raw / 100 : (raw - heartRateOffset) / defaultAthlete.maxHeartRateBpm;
  const middle = (share(low) + share(high)) / 2;
  return 1 + heartRateZoneTops.filter((top) => middle > top).length;
}

/** On foot FIT counts strides of one foot, Upbeat steps. */
function cadenceOf({ value, low, high }: RawTarget, { sport, losses }: Reading): number | null {
  if (value > 0 || low + high === 0) {
    losses.add("Cadence zones are not kept.");
    return null;
  }
  if (low !== high) losses.add("Ranges of power and cadence become their middle.");
  return Math.round(((low + high) / 2) * (sport === "running" || sport === "walking" ? 2 : 1));
}

const noTarget: Target = { power: null, cadence: null, hrZone: null, speedShare: null };

function targetOf(raw: RawTarget, reading: Reading): Target {
  const { type, low, high } = raw;
  if (type !== undefined && powerTargets.has(type))
    return { ...noTarget, power: powerOf(raw, reading.losses) };
  if (type === targetType.heartRate) return { ...noTarget, hrZone: heartRateZoneOf(raw, reading.losses) };
  if (type === targetType.cadence) return { ...noTarget, cadence: cadenceOf(raw, reading) };
  if (type === targetType.speed && low + high > 0) {
    reading.losses.add("Speeds become efforts, against a usual speed at threshold.");
    return { ...noTarget, speedShare: (low + high) / 2 / 1000 / thresholdMps[reading.sport] };
  }
  const open = 2;
  if (type !== undefined && type !== open)
    reading.losses.add("Targets other than power, heart rate, cadence and speed are not kept.");
  return noTarget;
}

function targetsOf(message: FitMessage, reading: Reading): Target {
  const at = (field: number): number => message.fields.get(field) ?? 0;
  const raw = (type: number, value: number, low: number, high: number): RawTarget => ({
    type: message.fields.get(type),
    value: at(value),
    low: at(low),
    high: at(high),
  });
  const f = stepField;
  const first = targetOf(raw(f.targetType, f.targetValue, f.customLow, f.customHigh), reading);
  const second = targetOf(
    raw(f.secondTargetType, f.secondTargetValue, f.secondCustomLow, f.secondCustomHigh),
    reading,
  );
  return {
    power: first.power ?? second.power,
    cadence: first.cadence ?? second.cadence,
    hrZone: first.hrZone ?? second.hrZone,
    speedShare: first.speedShare ?? second.speedShare,
  };
}

function durationOf(message: FitMessage, effort: number | null, { sport, losses }: Reading): number {
  const type = message.fields.get(stepField.durationType);
  const value = message.fields.get(stepField.durationValue) ?? 0;
  if (type === durationType.time || type === durationType.repetitionTime || type === durationType.timeOnly)
    return value / 1000;
  if (type === durationType.distance) {
    losses.add("Distances become times, against a usual speed at threshold.");
    return Math.round(value / 100 / (thresholdMps[sport] * Math.max(effort ?? 0.8, 0.1)));
  }
  losses.add(`Steps that do not end after a time are given ${openStepS / 60} minutes.`);
  return openStepS;
}

const flat = (value: number | null): Ramp | null => (value === null ? null : { from: value, to: value });

function stepOf(message: FitMessage, reading: Reading): ImportedStep {
  const { power, cadence, hrZone, speedShare } = targetsOf(message, reading);
  const share = power ?? (speedShare === null ? null : Math.round(speedShare * 100) / 100);
  const durationS = durationOf(message, share, reading);
  if (!(durationS >= 0 && durationS <= classLimits.durationS))
    throw new ClassFileError(`A step of the file lasts ${durationS} s, outside 0 to 24 hours.`);
  if (share !== null && share > classLimits.powerShare)
    throw new ClassFileError(
      `A step of the file asks for ${share} times FTP, outside 0 to ${classLimits.powerShare}.`,
    );
  const name = (message.texts.get(stepField.name) ?? "").trim().slice(0, classLimits.titleLength);
  return {
    durationS,
    power: flat(share),
    cadence: flat(cadence !== null && cadence <= classLimits.cadence ? cadence : null),
    kind: intensityKinds.get(message.fields.get(stepField.intensity) ?? -1) ?? null,
    maximal: false,
    ...(name !== "" && { label: name }),
    ...(hrZone !== null && { hrZone }),
  };
}

interface PlacedStep {
  readonly step: ImportedStep;
  readonly note: string;
}

/** Steps with their repeats written out: a repeat step goes back to an earlier one and does all since then again. */
function unrolled(steps: readonly FitMessage[], reading: Reading): PlacedStep[] {
  const out: PlacedStep[] = [];
  const placeOf: number[] = [];
  for (const [index, message] of steps.entries()) {
    placeOf[index] = out.length;
    const type = message.fields.get(stepField.durationType);
    if (
      type === undefined ||
      type < durationType.repeatSteps ||
      (type > 13 && type !== 17 && type !== 18 && type !== 27)
    ) {
      const note = (message.texts.get(stepField.notes) ?? "").trim().slice(0, classLimits.cueLength);
      out.push({ step: stepOf(message, reading), note });
      continue;
    }
    if (type !== durationType.repeatSteps) {
      reading.losses.add("Repeats until something other than a count are done once.");
      continue;
    }
    const from = placeOf[message.fields.get(stepField.durationValue) ?? -1];
    const times = message.fields.get(stepField.targetValue) ?? 1;
    if (from === undefined || from === out.length)
      throw new ClassFileError("A repeat of the file names no step before it.");
    const round = out.slice(from);
    if (out.length + round.length * (times - 1) > classLimits.blocks)
      throw new ClassFileError(
        `The file has more than ${classLimits.blocks} intervals once its repeats are written out.`,
      );
    for (let again = 1; again < times; again += 1) out.push(...round);
  }
  return out;
}

function readingOf(workout: FitMessage | undefined): Reading {
  const losses = new Set<string>();
  const number = workout?.fields.get(workoutField.sport);
  const sport = number === undefined ? undefined : sports.get(number);
  if (sport === undefined) losses.add("The sport is not one of ours; the class is taken as cycling.");
  return { sport: sport ?? "cycling", losses };
}

/**
 * Reads the steps of a FIT workout file: times, distances, repeats; power, heart rate, cadence and speed; names and notes.
 * @throws ClassFileError with one line that says what is wrong
 */
export function planFromFit(bytes: Uint8Array): PlanFromFile {
  const reader = new FitReader(bytes).read();
  const steps = reader.messages.filter(({ number }) => number === messages.workoutStep);
  if (steps.length === 0)
    throw new ClassFileError(
      reader.damage === null
        ? "The FIT file holds no workout steps; a recording of a workout is not a class."
        : `The FIT file cannot be read: ${reader.damage}.`,
    );
  const workout = reader.messages.find(({ number }) => number === messages.workout);
  const reading = readingOf(workout);
  if (reader.damage !== null)
    reading.losses.add(`The file is damaged (${reader.damage}); what comes after is missing.`);
  const placed = unrolled(steps, reading).filter(({ step }) => step.durationS > 0);
  const cues: Cue[] = [];
  let startS = 0;
  for (const { step, note } of placed) {
    if (note !== "") cues.push({ atS: startS, text: note });
    startS += step.durationS;
  }
  const { plan, losses } = planOfImport({
    title: workout?.texts.get(workoutField.name) ?? "",
    description: workout?.texts.get(workoutField.description) ?? "",
    sport: reading.sport,
    steps: placed.map(({ step }) => step),
    cues,
  });
  return { plan, losses: [...reading.losses, ...losses] };
}
