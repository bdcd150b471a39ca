import { defaultAthlete } from "#domain/athlete.ts";
import type { Cue } from "#domain/class-plan.ts";
import { classLimits } from "#domain/class-limits.ts";
import { ClassFileError } from "./class-file-error.ts";
import { planOfImport, type ImportedStep, type PlanFromFile } from "./imported-class.ts";

/** A point of the course: time and share of threshold. */
interface Point {
  readonly atS: number;
  readonly power: number;
}

interface Sections {
  readonly header: readonly string[];
  readonly data: readonly string[];
  readonly texts: readonly string[];
  readonly losses: readonly string[];
}

const known: Readonly<Record<string, "header" | "data" | "texts">> = {
  "course header": "header",
  "course data": "data",
  "course text": "texts",
};

/** Splits a file into the lines between its [BRACKETS] and their [END ...]. */
function sectionsOf(text: string): Sections {
  const sections = { header: [] as string[], data: [] as string[], texts: [] as string[] };
  const losses = new Set<string>();
  let current: "header" | "data" | "texts" | null = null;
  for (const line of text.split(/\r\n|\r|\n/).map((raw) => raw.trim())) {
    const bracket = /^\[([^\]]*)\]/.exec(line)?.[1]?.trim().toLowerCase();
    if (bracket === undefined) {
      if (current !== null && line !== "") sections[current].push(line);
      continue;
    }
    current = bracket.startsWith("end ") ? null : (known[bracket] ?? null);
    if (!bracket.startsWith("end ") && current === null)
      losses.add(`[${bracket.toUpperCase().slice(0, 40)}] is not kept.`);
  }
  return { ...sections, losses: [...losses] };
}

function headerValue(header: readonly string[], name: string): string | null {
  const line = header.find((candidate) => candidate.toLowerCase().startsWith(name.toLowerCase()));
  const value = line === undefined ? undefined : /=(.*)$/.exec(line)?.[1]?.trim();
  return value === undefined || value === "" ? null : value;
}

/** What one unit of the second column is as a share of threshold. */
function scaleOf(header: readonly string[], losses: string[]): number {
  const columns = header.find((line) => /^minutes\s/i.test(line))?.toLowerCase() ?? "";
  if (/percent|ftp/.test(columns)) return 1 / 100;
  if (!columns.includes("watts"))
    throw new ClassFileError('The file\'s header names neither "MINUTES WATTS" nor "MINUTES PERCENT".');
  const ftp = Number(headerValue(header, "FTP") ?? Number.NaN);
  if (ftp >= 30 && ftp <= 700) return 1 / ftp;
  losses.push(`The file gives watts and no FTP; ${defaultAthlete.ftpW} W is assumed.`);
  return 1 / defaultAthlete.ftpW;
}

function pointOf(line: string, scale: number): Point {
  const parts = line
    .split(/[\s,;]+/)
    .slice(0, 2)
    .map(Number);
  const [minutes = Number.NaN, value = Number.NaN] = parts;
  if (!Number.isFinite(minutes) || !Number.isFinite(value))
    throw new ClassFileError(
      `The course data has the line "${line.slice(0, 60)}", which is not a time and a value.`,
    );
  const point = { atS: Math.round(minutes * 60), power: Math.round(value * scale * 1000) / 1000 };
  if (point.atS < 0 || point.atS > classLimits.durationS)
    throw new ClassFileError(`The course data has the time ${minutes} min, outside 0 to 24 hours.`);
  if (point.power < 0 || point.power > classLimits.powerShare)
    throw new ClassFileError(
      `The course data has ${value}, outside 0 to ${classLimits.powerShare} times FTP.`,
    );
  return point;
}

/** Intervals between the points: a pair at one moment is a jump, a pair at two a ramp. Equal neighbours are one interval. */
function stepsOf(points: readonly Point[]): ImportedStep[] {
  const steps: ImportedStep[] = [];
  for (const [index, end] of points.entries()) {
    const start = points[index - 1];
    if (start === undefined) continue;
    if (end.atS < start.atS) throw new ClassFileError(`The course data goes back in time at ${end.atS} s.`);
    if (end.atS === start.atS) continue;
    const step = {
      durationS: end.atS - start.atS,
      power: { from: start.power, to: end.power },
      cadence: null,
      kind: null,
      maximal: false,
    };
    const last = steps.at(-1);
    const level = start.power === end.power;
    if (level && last?.power?.from === start.power && last.power.to === start.power)
      steps[steps.length - 1] = { ...last, durationS: last.durationS + step.durationS };
    else steps.push(step);
  }
  return steps;
}

/** The format has no names for them: a first interval that rises and a last one that falls, both below hard. */
function nameEnds(steps: readonly ImportedStep[]): ImportedStep[] {
  const easyTop = 0.8;
  return steps.map((step, index): ImportedStep => {
    const { power } = step;
    if (power === null || steps.length < 2) return step;
    if (index === 0 && power.from < power.to && power.to <= easyTop) return { ...step, kind: "warm-up" };
    if (index === steps.length - 1 && power.to < power.from && power.from <= easyTop)
      return { ...step, kind: "cool-down" };
    return step;
  });
}

/** Lines of "seconds, text, seconds shown". */
function cuesOf(lines: readonly string[]): Cue[] {
  return lines.map((line) => {
    const match = /^(\d+(?:\.\d+)?)\s+(.+?)(?:\s+\d+)?$/.exec(line);
    if (match?.[1] === undefined || match[2] === undefined)
      throw new ClassFileError(
        `The course text has the line "${line.slice(0, 60)}", which is not a time and a text.`,
      );
    return { atS: Number(match[1]), text: match[2].slice(0, classLimits.cueLength) };
  });
}

/**
 * Reads an ERG (watts) or MRC (percent of FTP) course by its header.
 * @throws ClassFileError with one line that says what is wrong
 */
export function planFromErg(text: string): PlanFromFile {
  const sections = sectionsOf(text);
  const losses = [...sections.losses];
  const scale = scaleOf(sections.header, losses);
  if (sections.data.length > 2 * classLimits.blocks)
    throw new ClassFileError(`The file has more than ${2 * classLimits.blocks} points.`);
  const points = sections.data.map((line) => pointOf(line, scale));
  const { plan, losses: planLosses } = planOfImport({
    title: headerValue(sections.header, "FILE NAME")?.replace(/\.(erg|mrc)$/i, "") ?? "",
    description: headerValue(sections.header, "DESCRIPTION") ?? "",
    sport: "cycling",
    steps: nameEnds(stepsOf(points)),
    cues: cuesOf(sections.texts),
  });
  return { plan, losses: [...losses, ...planLosses] };
}
