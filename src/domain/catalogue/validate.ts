import type { Block, ClassPlan, Ramp, Sport } from "../class-plan.ts";
import { pauseBetweenCuesS, spokenS } from "./coach.ts";
import { intensityOfWork } from "./intensity.ts";

/** What people really do in each sport (rpm for cycling, spm otherwise). */
export const cadenceRanges: Readonly<Partial<Record<Sport, Ramp>>> = {
  cycling: { from: 60, to: 110 },
  running: { from: 150, to: 190 },
  walking: { from: 100, to: 130 },
  rowing: { from: 18, to: 34 },
};
/** A class at least this long warms up and cools down for at least five minutes. */
const longClassS = 1200;
const leastEasyS = 300;
const longestClassS = 90 * 60;
const shortestBlockS = 5;
const greatestPower = 2;

function within(ramp: Ramp, low: number, high: number): boolean {
  return Math.min(ramp.from, ramp.to) >= low && Math.max(ramp.from, ramp.to) <= high;
}

function blockProblems(plan: ClassPlan): string[] {
  const problems: string[] = [];
  let expectedS = 0;
  for (const block of plan.blocks) {
    const name = `block "${block.label}" at ${block.startS} s`;
    if (block.startS !== expectedS) problems.push(`${name} should start at ${expectedS} s`);
    if (!(block.durationS >= shortestBlockS)) problems.push(`${name} lasts only ${block.durationS} s`);
    if (block.label.trim() === "") problems.push(`${name} has no label`);
    if (block.power !== null && !within(block.power, 0.2, greatestPower))
      problems.push(`${name} asks for impossible power`);
    if (block.hrZone !== null && ![1, 2, 3, 4, 5].includes(block.hrZone))
      problems.push(`${name} has no such heart-rate zone: ${block.hrZone}`);
    if (block.rpe !== null && !(block.rpe >= 0 && block.rpe <= 10))
      problems.push(`${name} has exertion ${block.rpe}`);
    if (!within(block.energy, 0, 1)) problems.push(`${name} has energy outside 0..1`);
    expectedS += block.durationS;
  }
  if (expectedS !== plan.durationS)
    problems.push(`blocks sum to ${expectedS} s, the class says ${plan.durationS} s`);
  return problems;
}

function cadenceProblems(plan: ClassPlan): string[] {
  const range = cadenceRanges[plan.sport];
  const targeted = plan.blocks.filter((block) => block.cadence !== null);
  if (range === undefined)
    return targeted.length > 0 ? [`${plan.sport} has no cadence, yet the class asks for one`] : [];
  const outside = targeted.filter(
    (block) => block.cadence !== null && !within(block.cadence, range.from, range.to),
  );
  const problems = outside.map((block) => `block "${block.label}" leaves ${range.from}-${range.to}`);
  return targeted.length === 0 ? [...problems, "no block has a cadence target"] : problems;
}

function secondsOf(blocks: readonly Block[], kind: Block["kind"]): number {
  return blocks.filter((block) => block.kind === kind).reduce((sum, block) => sum + block.durationS, 0);
}

function easyPartProblems(plan: ClassPlan): string[] {
  if (plan.durationS < longClassS) return [];
  return (["warm-up", "cool-down"] as const)
    .filter((kind) => secondsOf(plan.blocks, kind) < leastEasyS)
    .map((kind) => `${kind} is under five minutes`);
}

/** In a cool-down, and on the way into it, neither cadence nor energy rises. */
function coolDownProblems(plan: ClassPlan): string[] {
  const problems: string[] = [];
  for (const [index, block] of plan.blocks.entries()) {
    if (block.kind !== "cool-down") continue;
    const before = plan.blocks[index - 1];
    if (block.energy.to > block.energy.from || (before && block.energy.from > before.energy.to))
      problems.push("energy rises in the cool-down");
    const { cadence } = block;
    const entry = before?.cadence ?? null;
    if (cadence !== null && (cadence.to > cadence.from || (entry !== null && cadence.from > entry.to)))
      problems.push("cadence rises in the cool-down");
  }
  return problems;
}

function cueProblems(plan: ClassPlan): string[] {
  const problems: string[] = [];
  let quietFromS = 0;
  for (const cue of plan.cues) {
    if (cue.text.trim() === "") problems.push(`empty cue at ${cue.atS} s`);
    if (cue.atS < quietFromS) problems.push(`cue "${cue.text}" at ${cue.atS} s talks over the one before`);
    const endS = cue.atS + spokenS(cue.text);
    if (cue.atS < 0 || endS > plan.durationS) problems.push(`cue "${cue.text}" runs out of the class`);
    const block = plan.blocks.findLast((candidate) => candidate.startS <= cue.atS);
    if (block !== undefined && endS > block.startS + block.durationS)
      problems.push(`cue "${cue.text}" at ${cue.atS} s does not fit its block`);
    quietFromS = endS + pauseBetweenCuesS;
  }
  return problems;
}

function headProblems(plan: ClassPlan): string[] {
  const problems: string[] = [];
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(plan.id)) problems.push("id is not a readable slug");
  if (plan.title.trim() === "" || plan.description.trim() === "")
    problems.push("title or description is empty");
  if (!(plan.durationS > 0 && plan.durationS <= longestClassS))
    problems.push(`lasts ${plan.durationS} s, more than 90 minutes or nothing`);
  const measured = intensityOfWork(plan.blocks);
  if (measured !== plan.intensity)
    problems.push(`is called ${plan.intensity}, but its work amounts to ${measured}`);
  return problems;
}

/** Everything wrong with a class, in plain words; empty when it is sound. */
export function classProblems(plan: ClassPlan): string[] {
  return [
    ...headProblems(plan),
    ...blockProblems(plan),
    ...cadenceProblems(plan),
    ...easyPartProblems(plan),
    ...coolDownProblems(plan),
    ...cueProblems(plan),
  ];
}

/** What an athlete would notice as different: blocks, targets and equipment, not names or cues. */
export function classSignature(plan: ClassPlan): string {
  const blocks = plan.blocks.map(({ durationS, kind, cadence, power, rpe }) => [
    durationS,
    kind,
    cadence,
    power,
    rpe,
  ]);
  const exercises =
    plan.sport === "strength" || plan.sport === "mobility" ? plan.blocks.map((b) => b.label) : [];
  return JSON.stringify([plan.sport, plan.equipment, blocks, exercises]);
}

/** Everything wrong with a set of classes: each one's own problems, and ids, names or structures that occur twice. */
export function catalogueProblems(plans: readonly ClassPlan[]): string[] {
  const problems = plans.flatMap((plan) => classProblems(plan).map((problem) => `${plan.id}: ${problem}`));
  const keys: readonly (readonly [string, (plan: ClassPlan) => string])[] = [
    ["id", (plan) => plan.id],
    ["title, sport and duration", (plan) => `${plan.title} | ${plan.sport} | ${plan.durationS}`],
    ["structure", classSignature],
  ];
  for (const [name, keyOf] of keys) {
    const seen = new Map<string, string>();
    for (const plan of plans) {
      const key = keyOf(plan);
      const other = seen.get(key);
      if (other !== undefined) problems.push(`${plan.id}: same ${name} as ${other}`);
      else seen.set(key, plan.id);
    }
  }
  return problems;
}
