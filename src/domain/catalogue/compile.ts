import type { Block, ClassPlan, Cue, Ramp, Sport } from "../class-plan.ts";
import { clamp, type Seconds } from "../units.ts";
import { addCuesOfStep } from "./coach.ts";
import { flat, totalS, type ClassDraft, type Step } from "./draft.ts";
import { energyAt, exertionAt, heartRateZone, usualCadence } from "./effort.ts";

/** What a class of a sport needs when it says nothing else. */
export const usualEquipment: Readonly<Record<Sport, readonly string[]>> = {
  cycling: ["bike"],
  running: [],
  walking: [],
  rowing: ["rower"],
  strength: [],
  mobility: ["mat"],
};

/** Class lengths are whole multiples of this. */
const lengthGridS = 300;
/** Warm-up and cool-down are lengthened in these steps. */
const fitGridS = 30;
/** A warm-up at least this long for a hard class ends with quick bursts. */
const primedWarmUpS = 480;
const primerS = 20;
const primerRestS = 40;
const primers = 3;

/** The warm-up of a class: a slow rise, and before hard work three short bursts. Sports without a target just move. */
function warmUp(draft: ClassDraft, durationS: Seconds): Step[] {
  if (durationS === 0) return [];
  const first = draft.steps[0];
  const firstEffort = first?.effort.from ?? 0.6;
  const top = clamp(firstEffort, 0.3, 0.7);
  const hard = draft.intensity === "hard" || draft.intensity === "very hard";
  const tempoSport = usualCadence(draft.sport, 1) !== null && draft.sport !== "walking";
  const bursts = hard && tempoSport && durationS >= primedWarmUpS && firstEffort >= 0.8;
  const burstsS = bursts ? primers * (primerS + primerRestS) : 0;
  const from = Math.min(0.4, top - 0.05);
  const ramp: Step = {
    kind: "warm-up",
    label: "Warm-up",
    durationS: durationS - burstsS,
    effort: { from, to: top },
    ...(first?.cadence === null ? { cadence: null } : {}),
  };
  if (!bursts) return [ramp];
  const pairs = Array.from({ length: primers }, (): Step[] => [
    { kind: "warm-up", label: "Quick legs", durationS: primerS, effort: flat(0.85) },
    { kind: "warm-up", label: "Easy", durationS: primerRestS, effort: flat(0.5) },
  ]);
  return [ramp, ...pairs.flat()];
}

/** The cool-down: from no more than the class ended with, down; neither cadence nor energy rises on the way in. */
function coolDown(draft: ClassDraft, durationS: Seconds): Step[] {
  if (durationS === 0) return [];
  const last = draft.steps.at(-1);
  const from = Math.min(0.6, last?.effort.to ?? 0.6);
  const effort = { from, to: Math.min(0.4, from * 0.8) };
  const step: Step = { kind: "cool-down", label: "Cool-down", durationS, effort };
  if (last?.cadence === undefined) return [step];
  if (last.cadence === null) return [{ ...step, cadence: null }];
  const usual = usualRamp(draft.sport, effort);
  const ceiling = last.cadence.to;
  if (usual === null) return [step];
  return [{ ...step, cadence: { from: Math.min(usual.from, ceiling), to: Math.min(usual.to, ceiling) } }];
}

function usualRamp(sport: Sport, effort: Ramp): Ramp | null {
  const from = usualCadence(sport, effort.from);
  const to = usualCadence(sport, effort.to);
  return from === null || to === null ? null : { from, to };
}

/** Adds warm-up and cool-down, lengthened (two parts to one) until the class is a whole multiple of five minutes. */
function fit(draft: ClassDraft): Step[] {
  const least = { warmUpS: draft.warmUpS ?? 300, coolDownS: draft.coolDownS ?? 300 };
  const coreS = totalS(draft.steps);
  const neededS = coreS + least.warmUpS + least.coolDownS;
  const spareS = Math.ceil(neededS / lengthGridS) * lengthGridS - neededS;
  const toWarmUpS = least.coolDownS === 0 ? spareS : Math.round((spareS * 2) / 3 / fitGridS) * fitGridS;
  return [
    ...warmUp(draft, least.warmUpS + toWarmUpS),
    ...draft.steps,
    ...coolDown(draft, least.coolDownS + spareS - toWarmUpS),
  ];
}

/** In rests shorter than this the music keeps the drive of the set, a little lower. */
const setRestS = 60;
const setRestDrop = 0.15;

function energyOf(step: Step, before: Step | undefined): Ramp {
  const own = { from: energyAt(step.effort.from), to: energyAt(step.effort.to) };
  if (step.kind !== "recovery" || step.durationS >= setRestS || before === undefined) return own;
  const held = Math.round((energyAt(before.effort.to) - setRestDrop) * 100) / 100;
  return flat(Math.max(own.from, held));
}

function cadenceOf(sport: Sport, step: Step): Ramp | null {
  return step.cadence === undefined ? usualRamp(sport, step.effort) : step.cadence;
}

function blockOf(sport: Sport, step: Step, before: Step | undefined, startS: Seconds): Block {
  const { kind, label, durationS, effort } = step;
  const hasPower = sport === "cycling" || sport === "rowing";
  return {
    startS,
    durationS,
    kind,
    label,
    cadence: cadenceOf(sport, step),
    power: hasPower ? effort : null,
    hrZone: sport === "mobility" ? null : heartRateZone(effort, durationS),
    rpe: exertionAt((effort.from + effort.to) / 2),
    energy: energyOf(step, before),
  };
}

/** A small number from a text, the same every time (djb2). */
function turnOf(text: string): number {
  let hash = 5381;
  for (const character of text) hash = (hash * 33 + (character.codePointAt(0) ?? 0)) % 65_536;
  return hash;
}

/** The class a draft describes: fitted to whole five minutes, with blocks and cues. */
export function compile(draft: ClassDraft): ClassPlan {
  const { slug, title, sport, family, description, intensity, level } = draft;
  const steps = fit(draft);
  const blocks: Block[] = [];
  const cues: Cue[] = [];
  const turn = turnOf(slug);
  let startS = 0;
  for (const [index, step] of steps.entries()) {
    const block = blockOf(sport, step, steps[index - 1], startS);
    blocks.push(block);
    addCuesOfStep(cues, sport, step, block.cadence, startS, steps[index + 1], turn + index);
    startS += step.durationS;
  }
  return {
    id: `${sport}-${slug}-${startS / 60}`,
    title,
    sport,
    durationS: startS,
    family,
    description,
    intensity,
    level,
    equipment: draft.equipment ?? usualEquipment[sport],
    lowImpact: draft.lowImpact ?? sport !== "running",
    blocks,
    cues,
    citation: draft.citation ?? null,
  };
}
