import type { Cue, Ramp, Sport } from "#domain/class-plan.ts";
import type { Seconds } from "#domain/units.ts";
import { classLimits } from "#domain/class-limits.ts";
import { ClassFileError } from "./class-file-error.ts";
import { planOfImport, type ImportedStep, type PlanFromFile } from "./imported-class.ts";
import { parseXml, type XmlElement } from "./xml-tree.ts";

/** Metres per second at threshold that distances are walked off with when the file does not say: 5:00 per kilometre. */
const usualThresholdSPerKm = 300;
const cueNames = new Set(["textevent", "textnotification"]);
/** Elements and attributes that say nothing a class keeps, and are too common to be worth a word. */
const silentHeads = new Set([
  "workout",
  "name",
  "description",
  "sporttype",
  "durationtype",
  "thresholdsecperkm",
]);

/** What the whole file says about reading its intervals. */
interface Reading {
  readonly sport: Sport;
  readonly byDistance: boolean;
  readonly thresholdSPerKm: number;
  /** Sentences about what is not kept; a set, so that each is said once. */
  readonly losses: Set<string>;
}

function numberOf(element: XmlElement, name: string, low: number, high: number): number | null {
  const text = element.attributes.get(name.toLowerCase());
  if (text === undefined) return null;
  const value = text.trim() === "" ? Number.NaN : Number(text);
  if (!Number.isFinite(value))
    throw new ClassFileError(`<${element.name}> has ${name}="${text.slice(0, 40)}", which is not a number.`);
  if (value < low || value > high)
    throw new ClassFileError(`<${element.name}> has ${name}="${value}", outside ${low} to ${high}.`);
  return value;
}

function powerOf(element: XmlElement, name: string): number | null {
  return numberOf(element, name, 0, classLimits.powerShare);
}

/** Cadence by its name, falling back to a range's middle; zero means none. */
function cadenceOf(element: XmlElement, name: string): number | null {
  const value = numberOf(element, name, 0, classLimits.cadence);
  return value === 0 ? null : value;
}

function flatRamp(value: number | null): Ramp | null {
  return value === null ? null : { from: value, to: value };
}

function rampOf(from: number | null, to: number | null): Ramp | null {
  if (from === null || to === null) return flatRamp(from ?? to);
  return { from, to };
}

function lengthOf(element: XmlElement, name: string, effort: number | null, reading: Reading): Seconds {
  const value = numberOf(element, name, 0, classLimits.durationS);
  if (value === null) throw new ClassFileError(`<${element.name}> has no ${name}.`);
  if (!reading.byDistance) return value;
  reading.losses.add(
    `Distances are turned into times at ${reading.thresholdSPerKm} seconds per kilometre at threshold.`,
  );
  return Math.round((value / 1000) * (reading.thresholdSPerKm / Math.max(effort ?? 1, 0.1)));
}

/** An interval that is not a repeat. In Zwift's files the "low" power of a ramp is where it starts, even when it falls. */
function singleStep(element: XmlElement, reading: Reading): ImportedStep {
  const low = powerOf(element, "PowerLow");
  const high = powerOf(element, "PowerHigh");
  const one = powerOf(element, "Power");
  const ramp =
    element.name === "steadystate"
      ? (flatRamp(one) ?? rampOf(low, high))
      : (rampOf(low, high) ?? flatRamp(one));
  const maximal = element.name === "maxeffort";
  const power = maximal || element.name === "freeride" ? null : ramp;
  const kind = element.name === "warmup" ? "warm-up" : element.name === "cooldown" ? "cool-down" : null;
  if (power === null && !maximal && element.name !== "freeride")
    reading.losses.add(`An interval <${element.name}> names no power and is free.`);
  const effort = power === null ? null : (power.from + power.to) / 2;
  const cadence =
    flatRamp(cadenceOf(element, "Cadence")) ??
    rampOf(cadenceOf(element, "CadenceLow"), cadenceOf(element, "CadenceHigh"));
  return {
    durationS: lengthOf(element, "Duration", effort, reading),
    power: kind === "cool-down" && power !== null ? falling(power) : power,
    cadence,
    kind,
    maximal,
  };
}

/** Some programs write a cool-down's powers the other way round; it never rises. */
function falling(ramp: Ramp): Ramp {
  return { from: Math.max(ramp.from, ramp.to), to: Math.min(ramp.from, ramp.to) };
}

function repeatedSteps(element: XmlElement, reading: Reading): ImportedStep[] {
  const count = numberOf(element, "Repeat", 1, classLimits.blocks) ?? 1;
  const half = (side: "On" | "Off", cadenceName: string): ImportedStep => {
    const range = rampOf(powerOf(element, `Power${side}Low`), powerOf(element, `Power${side}High`));
    const power = flatRamp(powerOf(element, `${side}Power`)) ?? range;
    const effort = power === null ? null : (power.from + power.to) / 2;
    return {
      durationS: lengthOf(element, `${side}Duration`, effort, reading),
      power,
      cadence: flatRamp(cadenceOf(element, cadenceName)),
      kind: null,
      maximal: false,
    };
  };
  const pair = [half("On", "Cadence"), half("Off", "CadenceResting")];
  return Array.from({ length: Math.floor(count) }, () => pair).flat();
}

function stepsOf(element: XmlElement, reading: Reading): ImportedStep[] | null {
  switch (element.name) {
    case "warmup":
    case "cooldown":
    case "steadystate":
    case "ramp":
    case "freeride":
    case "maxeffort":
      return [singleStep(element, reading)];
    case "intervalst":
      return repeatedSteps(element, reading);
    default:
      return null;
  }
}

/** The texts of an interval that starts at `startS`. */
function cuesOf(element: XmlElement, startS: Seconds, reading: Reading): Cue[] {
  return element.children.flatMap((child): Cue[] => {
    if (!cueNames.has(child.name)) {
      reading.losses.add(`<${child.name}> is not kept.`);
      return [];
    }
    const text = (child.attributes.get("message") ?? child.attributes.get("text") ?? child.text).trim();
    if (child.attributes.has("distoffset") && !child.attributes.has("timeoffset"))
      reading.losses.add("Texts placed by distance are moved to the start of their interval.");
    const offsetS = numberOf(child, "timeoffset", 0, classLimits.durationS) ?? 0;
    return text === "" ? [] : [{ atS: startS + offsetS, text: text.slice(0, classLimits.cueLength) }];
  });
}

function textOf(root: XmlElement, name: string): string {
  return root.children.find((child) => child.name === name)?.text.trim() ?? "";
}

function readingOf(root: XmlElement): Reading {
  const losses = new Set<string>();
  const sportText = textOf(root, "sporttype").toLowerCase();
  if (sportText !== "" && sportText !== "bike" && sportText !== "run")
    losses.add(`The sport "${sportText.slice(0, 40)}" is not known; the class is taken as cycling.`);
  for (const { name } of root.children.filter((child) => !silentHeads.has(child.name)))
    losses.add(`<${name}> is not kept.`);
  const threshold = Number(textOf(root, "thresholdsecperkm"));
  return {
    sport: sportText === "run" ? "running" : "cycling",
    byDistance: textOf(root, "durationtype").toLowerCase() === "distance",
    thresholdSPerKm: threshold >= 60 && threshold <= 1200 ? threshold : usualThresholdSPerKm,
    losses,
  };
}

/**
 * Reads a ZWO workout: warm-ups, cool-downs, steady intervals, ramps, repeats, free rides, maximal efforts, cadences
 * and text events; running files by time or distance.
 * @throws ClassFileError with one line that says what is wrong
 */
export function planFromZwo(text: string): PlanFromFile {
  const root = parseXml(text);
  const workout = root.children.find((child) => child.name === "workout");
  if (root.name !== "workout_file" || workout === undefined)
    throw new ClassFileError("The file is XML, but not a ZWO workout (no <workout_file> with a <workout>).");
  const reading = readingOf(root);
  const steps: ImportedStep[] = [];
  const cues: Cue[] = [];
  let startS = 0;
  for (const element of workout.children) {
    const read = stepsOf(element, reading);
    cues.push(...cuesOf(read === null ? { ...element, children: [element] } : element, startS, reading));
    const lasting = (read ?? []).filter((step) => step.durationS > 0);
    if (read !== null && lasting.length < read.length)
      reading.losses.add("Intervals of no length are left out.");
    if (steps.length + lasting.length > classLimits.blocks)
      throw new ClassFileError(
        `The file has more than ${classLimits.blocks} intervals once its repeats are written out.`,
      );
    steps.push(...lasting);
    startS += lasting.reduce((sum, step) => sum + step.durationS, 0);
  }
  const { plan, losses } = planOfImport({
    title: textOf(root, "name"),
    description: textOf(root, "description"),
    sport: reading.sport,
    steps,
    cues,
  });
  return { plan, losses: [...reading.losses, ...losses] };
}
