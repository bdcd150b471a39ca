import type { BlockKind, Intensity, Level, Ramp, Sport } from "../class-plan.ts";
import type { Cadence, Seconds } from "../units.ts";
import type { Effort } from "./effort.ts";

/** One step of a class as a family writes it; `compile` turns it into a block. */
export interface Step {
  readonly kind: BlockKind;
  readonly label: string;
  readonly durationS: Seconds;
  readonly effort: Ramp;
  /** Absent: the sport's usual cadence at this effort. Null: as the athlete likes. */
  readonly cadence?: Ramp | null;
  /** Said when it starts, in place of the usual announcement. */
  readonly say?: string;
  /** Advice said on the way through, in place of the sport's own. */
  readonly tips?: readonly string[];
}

/** A class before its warm-up and cool-down are fitted to it. */
export interface ClassDraft {
  /** Readable and stable; the id is sport, slug and minutes. */
  readonly slug: string;
  readonly title: string;
  readonly sport: Sport;
  readonly family: string;
  readonly description: string;
  readonly intensity: Intensity;
  readonly level: Level;
  /** Absent: what the sport needs. */
  readonly equipment?: readonly string[];
  /** Absent: true but for running. */
  readonly lowImpact?: boolean;
  readonly citation?: string;
  /** The least warm-up and cool-down; what is left of the last five minutes is added to them. Default 5 minutes. */
  readonly warmUpS?: Seconds;
  readonly coolDownS?: Seconds;
  readonly steps: readonly Step[];
}

export function minutes(count: number): Seconds {
  return count * 60;
}

export function flat(value: number): Ramp {
  return { from: value, to: value };
}

interface StepOptions {
  readonly cadence?: Cadence | Ramp | null;
  readonly say?: string;
  readonly tips?: readonly string[];
}

function stepOptions(options: StepOptions): Pick<Step, "cadence" | "say" | "tips"> {
  const { cadence, ...rest } = options;
  if (cadence === undefined) return rest;
  return { ...rest, cadence: typeof cadence === "number" ? flat(cadence) : cadence };
}

export function work(label: string, durationS: Seconds, effort: Effort, options: StepOptions = {}): Step {
  return { kind: "work", label, durationS, effort: flat(effort), ...stepOptions(options) };
}

export function steady(label: string, durationS: Seconds, effort: Effort, options: StepOptions = {}): Step {
  return { kind: "steady", label, durationS, effort: flat(effort), ...stepOptions(options) };
}

export function easy(durationS: Seconds, effort: Effort = 0.5, options: StepOptions = {}): Step {
  return { kind: "recovery", label: "Easy", durationS, effort: flat(effort), ...stepOptions(options) };
}

/** Walking between runs: no cadence target, so that the music need not fall and rise with every break. */
export function walkBreak(durationS: Seconds): Step {
  return { kind: "recovery", label: "Walk", durationS, effort: flat(0.4), cadence: null };
}

export function rise(
  label: string,
  durationS: Seconds,
  from: Effort,
  to: Effort,
  options: StepOptions = {},
): Step {
  return { kind: "work", label, durationS, effort: { from, to }, ...stepOptions(options) };
}

/** The step with "3 of 8" after its label. */
export function numbered(step: Step, number: number, of: number): Step {
  return of === 1 ? step : { ...step, label: `${step.label} ${number} of ${of}` };
}

/** `count` rounds of `round(number)`, with `between` from each to the next and none after the last. */
export function rounds(
  count: number,
  between: readonly Step[],
  round: (number: number) => readonly Step[],
): Step[] {
  return Array.from({ length: count }, (_, index) => [
    ...round(index + 1),
    ...(index < count - 1 ? between : []),
  ]).flat();
}

/** `count` times the same step, numbered, with `rest` between. */
export function repeats(count: number, step: Step, rest: readonly Step[]): Step[] {
  return rounds(count, rest, (number) => [numbered(step, number, count)]);
}

export function totalS(steps: readonly Step[]): Seconds {
  return steps.reduce((sum, step) => sum + step.durationS, 0);
}

/** "90 seconds", "4 minutes", "2 and a half minutes": as a coach says it. */
export function spokenDuration(durationS: Seconds): string {
  if (durationS < 120 && durationS !== 60) return `${durationS} seconds`;
  const whole = Math.floor(durationS / 60);
  const rest = durationS % 60;
  if (rest === 0) return whole === 1 ? "1 minute" : `${whole} minutes`;
  return rest === 30 ? `${whole} and a half minutes` : `${whole} minutes ${rest}`;
}

/** "8 min", "30 s", "2:30 min": as a title writes it. */
export function writtenDuration(durationS: Seconds): string {
  if (durationS < 60 || (durationS < 120 && durationS % 60 !== 0)) return `${durationS} s`;
  const rest = durationS % 60;
  return `${Math.floor(durationS / 60)}${rest === 0 ? "" : `:${String(rest).padStart(2, "0")}`} min`;
}
