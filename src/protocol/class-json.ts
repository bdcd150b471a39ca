import { Type } from "typebox";
import { Value } from "typebox/value";
import { blockKinds, intensities, levels, sports, type ClassPlan } from "#domain/class-plan.ts";
import {
  ClassFileError,
  maxBlocks,
  maxCueLength,
  maxCues,
  maxDescriptionLength,
  maxDurationS,
  maxPowerShare,
  maxTitleLength,
} from "./class-file-error.ts";
import type { PlanFromFile } from "./imported-class.ts";

const oneOf = (values: readonly string[]) => Type.Union(values.map((value) => Type.Literal(value)));
const nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) =>
  Type.Union([schema, Type.Null()]);
const ramp = (maximum: number) => {
  const end = Type.Number({ minimum: 0, maximum });
  return Type.Object({ from: end, to: end });
};
const time = Type.Number({ minimum: 0, maximum: maxDurationS });
const maxCadence = 300;

const block = Type.Object({
  startS: time,
  durationS: Type.Number({ exclusiveMinimum: 0, maximum: maxDurationS }),
  kind: oneOf(blockKinds),
  label: Type.String({ maxLength: maxTitleLength }),
  cadence: nullable(ramp(maxCadence)),
  power: nullable(ramp(maxPowerShare)),
  hrZone: nullable(Type.Integer({ minimum: 1, maximum: 5 })),
  rpe: nullable(Type.Number({ minimum: 0, maximum: 10 })),
  energy: ramp(1),
});

/** A class as Upbeat writes it: the same document as `class ID --json` prints. */
const classSchema = Type.Object({
  id: Type.String({ pattern: "^[a-z0-9]+(-[a-z0-9]+)*$", maxLength: maxTitleLength }),
  title: Type.String({ minLength: 1, maxLength: maxTitleLength }),
  sport: oneOf(sports),
  durationS: time,
  family: Type.String({ maxLength: maxTitleLength }),
  description: Type.String({ maxLength: maxDescriptionLength }),
  intensity: oneOf(intensities),
  level: oneOf(levels),
  equipment: Type.Array(Type.String({ maxLength: maxTitleLength }), { maxItems: 20 }),
  lowImpact: Type.Boolean(),
  blocks: Type.Array(block, { minItems: 1, maxItems: maxBlocks }),
  cues: Type.Array(Type.Object({ atS: time, text: Type.String({ minLength: 1, maxLength: maxCueLength }) }), {
    maxItems: maxCues,
  }),
  citation: nullable(Type.String({ maxLength: maxDescriptionLength })),
});

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ClassFileError("The file begins like JSON and is not.");
  }
}

/** Blocks must touch and fill the class: the engine relies on it. */
function checkBlocks(plan: ClassPlan): void {
  let expectedS = 0;
  for (const { startS, durationS, label } of plan.blocks) {
    if (Math.abs(startS - expectedS) > 1e-6)
      throw new ClassFileError(
        `Block "${label}" starts at ${startS} s, but the one before ends at ${expectedS} s.`,
      );
    expectedS = startS + durationS;
  }
  if (Math.abs(expectedS - plan.durationS) > 1e-6)
    throw new ClassFileError(`The blocks end at ${expectedS} s, but the class says ${plan.durationS} s.`);
}

/**
 * Reads a class from Upbeat's own JSON. Nothing is lost but members it does not know; those of the class itself are named.
 * @throws ClassFileError with one line that says what is wrong
 */
export function planFromJson(text: string): PlanFromFile {
  const document = parse(text);
  if (!Value.Check(classSchema, document)) {
    const [first] = Value.Errors(classSchema, document);
    const where =
      first?.instancePath === undefined || first.instancePath === "" ? "" : ` (at ${first.instancePath})`;
    throw new ClassFileError(
      `The file is JSON, but not a class${where}: ${first?.message ?? "wrong shape"}.`,
    );
  }
  const unknown = Object.keys(document).filter((key) => !(key in classSchema.properties));
  const plan = Value.Clean(classSchema, document) as ClassPlan;
  checkBlocks(plan);
  const cues = plan.cues.toSorted((one, other) => one.atS - other.atS);
  return { plan: { ...plan, cues }, losses: unknown.map((key) => `"${key.slice(0, 40)}" is not kept.`) };
}
