import { usualEquipment } from "#domain/catalogue/compile.ts";
import { energyAt, exertionAt, heartRateZone, usualCadence } from "#domain/catalogue/effort.ts";
import { intensityOfWork } from "#domain/catalogue/intensity.ts";
import type { Block, BlockKind, ClassPlan, Cue, Ramp, Sport } from "#domain/class-plan.ts";
import type { Seconds } from "#domain/units.ts";
import { classLimits } from "#domain/class-limits.ts";
import { ClassFileError } from "./class-file-error.ts";

/** One interval as a file says it. */
export interface ImportedStep {
  readonly durationS: Seconds;
  /** Share of threshold; null: as the athlete likes. */
  readonly power: Ramp | null;
  /** Null: the file says nothing. */
  readonly cadence: Ramp | null;
  /** Set where the file names it. */
  readonly kind: BlockKind | null;
  readonly maximal: boolean;
  /** The file's own name for it. */
  readonly label?: string;
  /** Heart-rate zone 1..5, in place of power. */
  readonly hrZone?: number;
}

export interface ImportedClass {
  readonly title: string;
  readonly description: string;
  readonly sport: Sport;
  readonly steps: readonly ImportedStep[];
  /** In the order of the file. */
  readonly cues: readonly Cue[];
}

/** What a file became, and in plain sentences what of it could not be kept or had to be assumed. */
export interface PlanFromFile {
  readonly plan: ClassPlan;
  readonly losses: readonly string[];
}

/** Above this share of threshold a block is work; up to the lower one, in a class with work, it is rest. */
const workAbove = 0.75;
const restUpTo = 0.6;
/** Energy asked of the music where a file gives no power. */
const freeEnergy = 0.5;
const maximalEffort = 1.6;

function meanOf(ramp: Ramp): number {
  return (ramp.from + ramp.to) / 2;
}

/** Efforts that belong to the heart-rate zones: between the borders 55/75/90/105 % of threshold. */
const zoneEfforts = [0.5, 0.65, 0.83, 0.97, 1.1];

/** What the step asks for as a share of threshold; null where the file says nothing of it. */
function effortOf(step: ImportedStep): Ramp | null {
  if (step.maximal) return { from: maximalEffort, to: maximalEffort };
  if (step.power !== null || step.hrZone === undefined) return step.power;
  const effort = zoneEfforts[step.hrZone - 1] ?? 0.65;
  return { from: effort, to: effort };
}

function kindOf(step: ImportedStep, hasWork: boolean): BlockKind {
  if (step.kind !== null) return step.kind;
  if (step.maximal) return "work";
  const effort = effortOf(step);
  if (effort === null) return "steady";
  const power = meanOf(effort);
  if (power > workAbove) return "work";
  return hasWork && power <= restUpTo ? "recovery" : "steady";
}

function labelOf(step: ImportedStep, kind: BlockKind, number: number, of: number): string {
  if (step.label !== undefined) return step.label;
  if (step.maximal) return "Max effort";
  if (kind === "work") return of === 1 ? "Work" : `Work ${number} of ${of}`;
  const names = {
    "warm-up": "Warm-up",
    "cool-down": "Cool-down",
    recovery: "Easy",
    steady: "Steady",
  } as const;
  return effortOf(step) === null && kind === "steady" ? "Free" : names[kind];
}

function cadenceOf(sport: Sport, step: ImportedStep): Ramp | null {
  const effort = effortOf(step);
  if (step.cadence !== null || effort === null || step.maximal) return step.cadence;
  const from = usualCadence(sport, effort.from);
  const to = usualCadence(sport, effort.to);
  return from === null || to === null ? null : { from, to };
}

function blocksOf(sport: Sport, steps: readonly ImportedStep[]): Block[] {
  const hasWork = steps.some((step) => kindOf(step, false) === "work");
  const workCount = steps.filter((step) => kindOf(step, hasWork) === "work" && !step.maximal).length;
  let startS = 0;
  let number = 0;
  return steps.map((step) => {
    const kind = kindOf(step, hasWork);
    if (kind === "work" && !step.maximal) number += 1;
    const effort = effortOf(step);
    const block: Block = {
      startS,
      durationS: step.durationS,
      kind,
      label: labelOf(step, kind, number, workCount),
      cadence: cadenceOf(sport, step),
      power: step.power,
      hrZone: step.hrZone ?? (effort === null ? null : heartRateZone(effort, step.durationS)),
      rpe: effort === null ? null : exertionAt(meanOf(effort)),
      energy:
        effort === null
          ? { from: freeEnergy, to: freeEnergy }
          : { from: energyAt(effort.from), to: energyAt(effort.to) },
    };
    startS += step.durationS;
    return block;
  });
}

/** A readable id from a title: lower-case words and numbers. */
export function slugOf(title: string): string {
  const slug = title
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, 60)
    .replace(/^-+|-+$/g, "");
  return slug === "" ? "class" : slug;
}

function checkSize({ steps, cues }: ImportedClass, durationS: Seconds): void {
  if (steps.length === 0) throw new ClassFileError("The file has no intervals.");
  if (steps.length > classLimits.blocks)
    throw new ClassFileError(
      `The file has more than ${classLimits.blocks} intervals once its repeats are written out.`,
    );
  if (cues.length > classLimits.cues)
    throw new ClassFileError(`The file has more than ${classLimits.cues} texts.`);
  if (!(durationS <= classLimits.durationS))
    throw new ClassFileError("The file describes more than 24 hours.");
}

/**
 * Makes a class of what a file says. Exertion, heart-rate zone, music energy and, where the file gives none, cadence
 * follow from power as they do in the catalogue.
 * @throws ClassFileError when there is nothing in it, or far too much
 */
export function planOfImport(imported: ImportedClass): PlanFromFile {
  const { sport, steps } = imported;
  const durationS = steps.reduce((sum, step) => sum + step.durationS, 0);
  checkSize(imported, durationS);
  const losses: string[] = [];
  if (steps.some((step) => step.cadence === null && effortOf(step) !== null && !step.maximal))
    losses.push("Some intervals name no cadence; the usual one for their effort is used.");
  const cues = imported.cues.filter((cue) => cue.atS <= durationS);
  if (cues.length < imported.cues.length)
    losses.push(`${imported.cues.length - cues.length} texts after the end of the class are left out.`);
  const title = imported.title.trim().slice(0, classLimits.titleLength) || "Untitled class";
  const blocks = blocksOf(sport, steps);
  const plan: ClassPlan = {
    id: `imported-${slugOf(title)}-${Math.round(durationS / 60)}`,
    title,
    sport,
    durationS,
    family: "imported",
    description: imported.description.trim().slice(0, classLimits.descriptionLength),
    intensity: intensityOfWork(blocks),
    level: "intermediate",
    equipment: usualEquipment[sport],
    lowImpact: sport !== "running",
    blocks,
    cues: cues.toSorted((one, other) => one.atS - other.atS),
    citation: null,
  };
  return { plan, losses };
}
