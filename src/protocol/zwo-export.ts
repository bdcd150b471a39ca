import { effortAtExertion } from "#domain/catalogue/effort.ts";
import { blockIndexAt, type Block, type ClassPlan, type Cue, type Ramp } from "#domain/class-plan.ts";
import { escapeXml } from "./xml-tree.ts";

/** Exertion from which a block without a power target is written as a maximal effort. */
const maximalExertion = 10;

type Attributes = readonly (readonly [name: string, value: number | string])[];

function element(name: string, attributes: Attributes, cues: readonly Cue[], startS: number): string {
  const written = attributes.map(([key, value]) => ` ${key}="${escapeXml(String(value))}"`).join("");
  if (cues.length === 0) return `        <${name}${written}/>`;
  const events = cues.map(
    ({ atS, text }) => `            <textevent timeoffset="${atS - startS}" message="${escapeXml(text)}"/>`,
  );
  return [`        <${name}${written}>`, ...events, `        </${name}>`].join("\n");
}

/** A flat cadence is one number; one that moves is a range from its start to its end. */
function cadenceAttributes(cadence: Ramp | null): Attributes {
  if (cadence === null) return [];
  if (cadence.from === cadence.to) return [["Cadence", cadence.from]];
  return [
    ["CadenceLow", cadence.from],
    ["CadenceHigh", cadence.to],
  ];
}

function effortOf(block: Block): Ramp | null {
  if (block.power !== null) return block.power;
  if (block.rpe === null || block.rpe >= maximalExertion) return null;
  const effort = effortAtExertion(block.rpe);
  return { from: effort, to: effort };
}

function elementOf(block: Block, cues: readonly Cue[]): string {
  const power = effortOf(block);
  const head: Attributes = [["Duration", block.durationS]];
  const cadence = cadenceAttributes(block.cadence);
  const range: Attributes =
    power === null
      ? []
      : [
          ["PowerLow", power.from],
          ["PowerHigh", power.to],
        ];
  const named = { "warm-up": "Warmup", "cool-down": "Cooldown" } as const;
  if (block.kind === "warm-up" || block.kind === "cool-down")
    return element(named[block.kind], [...head, ...range, ...cadence], cues, block.startS);
  if (power === null) {
    const name = block.rpe !== null && block.rpe >= maximalExertion ? "MaxEffort" : "FreeRide";
    return element(name, [...head, ...cadence], cues, block.startS);
  }
  const moves = power.from !== power.to || cadence.length > 1;
  return moves
    ? element("Ramp", [...head, ...range, ...cadence], cues, block.startS)
    : element("SteadyState", [...head, ["Power", power.from], ...cadence], cues, block.startS);
}

/** What a ZWO file cannot say about this class, in plain sentences. */
function lossesOf(plan: ClassPlan): string[] {
  const losses: string[] = [];
  if (plan.sport !== "cycling" && plan.sport !== "running")
    losses.push(`ZWO knows cycling and running only; ${plan.sport} is written as ${zwoSport(plan)}.`);
  if (plan.blocks.some((block) => block.power === null && effortOf(block) !== null))
    losses.push("Blocks without a power target are written with the power their exertion suggests.");
  if (plan.family !== "imported")
    losses.push(
      "Block names, kinds of work and rest, heart-rate zones, exertion and music energy are not kept.",
    );
  if (plan.citation !== null) losses.push("The citation is not kept.");
  return losses;
}

function zwoSport(plan: ClassPlan): "bike" | "run" {
  return plan.sport === "running" || plan.sport === "walking" ? "run" : "bike";
}

/** Writes a class as a ZWO workout. Reading it again gives the same class for everything that came from such a file. */
export function zwoOfPlan(plan: ClassPlan): { readonly text: string; readonly losses: readonly string[] } {
  const cuesByBlock = Map.groupBy(plan.cues, (cue) => blockIndexAt(plan, cue.atS));
  const intervals = plan.blocks.map((block, index) => elementOf(block, cuesByBlock.get(index) ?? []));
  const text = [
    `<?xml version="1.0" encoding="UTF-8"?>`,
    `<workout_file>`,
    `    <name>${escapeXml(plan.title)}</name>`,
    `    <description>${escapeXml(plan.description)}</description>`,
    `    <sportType>${zwoSport(plan)}</sportType>`,
    `    <durationType>time</durationType>`,
    `    <workout>`,
    ...intervals,
    `    </workout>`,
    `</workout_file>`,
    ``,
  ].join("\n");
  return { text, losses: lossesOf(plan) };
}
