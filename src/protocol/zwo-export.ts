import { effortAtExertion } from "#domain/catalogue/effort.ts";
import { blockIndexAt, type Block, type ClassPlan, type Cue, type Ramp } from "#domain/class-plan.ts";
import { escapeXml } from "./xml-tree.ts";
import { planFromZwo } from "./zwo-import.ts";

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

const ends = (ramp: Ramp | null) => (ramp === null ? null : [ramp.from, ramp.to]);

/** What of a class is looked at again after reading the file back, and what is said when it is not the same. */
const compared: readonly (readonly [loss: string, of: (plan: ClassPlan) => unknown])[] = [
  ["The names of blocks are not kept.", ({ blocks }) => blocks.map(({ label }) => label)],
  [
    "Which blocks are work and which are rest is guessed anew.",
    ({ blocks }) => blocks.map(({ kind }) => kind),
  ],
  [
    "Where no cadence is asked for, the usual one will be.",
    ({ blocks }) => blocks.map(({ cadence }) => ends(cadence)),
  ],
  ["Heart-rate zones are worked out anew from power.", ({ blocks }) => blocks.map(({ hrZone }) => hrZone)],
  ["Exertion is worked out anew from power.", ({ blocks }) => blocks.map(({ rpe }) => rpe)],
  [
    "The energy asked of the music is worked out anew from power.",
    ({ blocks }) => blocks.map(({ energy }) => ends(energy)),
  ],
  ["Some cues change.", ({ cues }) => cues.map(({ atS, text }) => [atS, text])],
  ["The level is not kept.", ({ level }) => level],
  ["The equipment is not kept.", ({ equipment }) => equipment],
  ["Low impact or not is not kept.", ({ lowImpact }) => lowImpact],
  ["The citation is not kept.", ({ citation }) => citation],
  ["The video is not kept.", ({ video }) => video ?? null],
];

/** What a ZWO file cannot say about this class, in plain sentences: what reading it again would not give back. */
function lossesOf(plan: ClassPlan, text: string): string[] {
  const losses: string[] = [];
  if (plan.sport !== "cycling" && plan.sport !== "running")
    losses.push(`ZWO knows cycling and running only; ${plan.sport} is written as ${zwoSport(plan)}.`);
  if (plan.blocks.some((block) => block.power === null && effortOf(block) !== null))
    losses.push("Blocks without a power target are written with the power their exertion suggests.");
  const again = planFromZwo(text).plan;
  for (const [loss, of] of compared)
    if (JSON.stringify(of(again)) !== JSON.stringify(of(plan))) losses.push(loss);
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
  return { text, losses: lossesOf(plan, text) };
}
