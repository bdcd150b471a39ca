import { Type } from "typebox";
import { Value } from "typebox/value";
import { blockKinds, intensities, levels, sports, type ClassPlan } from "#domain/class-plan.ts";
import { classLimits } from "#domain/class-limits.ts";
import { videoAddress, videoFileName, videoLimits } from "#domain/class-video.ts";
import { ClassFileError } from "./class-file-error.ts";
import type { PlanFromFile } from "./imported-class.ts";

const oneOf = (values: readonly string[]) => Type.Union(values.map((value) => Type.Literal(value)));
const nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) =>
  Type.Union([schema, Type.Null()]);
const ramp = (maximum: number) => {
  const end = Type.Number({ minimum: 0, maximum });
  return Type.Object({ from: end, to: end });
};
const time = Type.Number({ minimum: 0, maximum: classLimits.durationS });

const block = Type.Object({
  startS: time,
  durationS: Type.Number({ exclusiveMinimum: 0, maximum: classLimits.durationS }),
  kind: oneOf(blockKinds),
  label: Type.String({ maxLength: classLimits.titleLength }),
  cadence: nullable(ramp(classLimits.cadence)),
  power: nullable(ramp(classLimits.powerShare)),
  hrZone: nullable(Type.Integer({ minimum: 1, maximum: 5 })),
  rpe: nullable(Type.Number({ minimum: 0, maximum: 10 })),
  energy: ramp(1),
});

const offsetS = Type.Number({ minimum: 0, maximum: videoLimits.offsetS });
const video = Type.Union([
  Type.Object({
    fileName: Type.String({ pattern: videoFileName, maxLength: videoLimits.fileNameLength }),
    sizeBytes: Type.Integer({ minimum: 1, maximum: videoLimits.fileBytes }),
    offsetS,
  }),
  Type.Object({ url: Type.String({ pattern: videoAddress, maxLength: videoLimits.urlLength }), offsetS }),
]);

/** A class as it travels: what the API takes, and what a file holds beside its format and version. */
export const ClassDocument = Type.Object({
  id: Type.String({ pattern: "^[a-z0-9]+(-[a-z0-9]+)*$", maxLength: classLimits.titleLength }),
  title: Type.String({ minLength: 1, maxLength: classLimits.titleLength }),
  sport: oneOf(sports),
  durationS: time,
  family: Type.String({ maxLength: classLimits.titleLength }),
  description: Type.String({ maxLength: classLimits.descriptionLength }),
  intensity: oneOf(intensities),
  level: oneOf(levels),
  equipment: Type.Array(Type.String({ maxLength: classLimits.titleLength }), { maxItems: 20 }),
  lowImpact: Type.Boolean(),
  blocks: Type.Array(block, { minItems: 1, maxItems: classLimits.blocks }),
  cues: Type.Array(
    Type.Object({ atS: time, text: Type.String({ minLength: 1, maxLength: classLimits.cueLength }) }),
    {
      maxItems: classLimits.cues,
    },
  ),
  citation: nullable(Type.String({ maxLength: classLimits.descriptionLength })),
  video: Type.Optional(video),
});

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ClassFileError("The file begins like JSON and is not.");
  }
}

/** The name and version that every file carries. A file without them is read as version 1. */
export const classFormat = "upbeat-class";
export const classFormatVersion = 1;

/** Blocks must touch and fill the class: the engine relies on it. Answers what is wrong, or null. */
export function gapIn(plan: Pick<ClassPlan, "blocks" | "durationS">): string | null {
  let expectedS = 0;
  for (const { startS, durationS, label } of plan.blocks) {
    if (Math.abs(startS - expectedS) > 1e-6)
      return `Block "${label}" starts at ${startS} s, but the one before ends at ${expectedS} s.`;
    expectedS = startS + durationS;
  }
  return Math.abs(expectedS - plan.durationS) > 1e-6
    ? `The blocks end at ${expectedS} s, but the class says ${plan.durationS} s.`
    : null;
}

function checkFormat(document: object): void {
  const { format = classFormat, version = classFormatVersion } = document as {
    format?: unknown;
    version?: unknown;
  };
  if (format !== classFormat)
    throw new ClassFileError(`The file is JSON, but its format is not "${classFormat}".`);
  if (version !== classFormatVersion)
    throw new ClassFileError(
      `The file is not of version ${classFormatVersion}, the only one this Upbeat knows. A newer Upbeat may have written it.`,
    );
}

/**
 * Reads a class from Upbeat's own JSON (docs/classes.md). Nothing is lost but members it does not know; those of the class
 * itself are named.
 * @throws ClassFileError with one line that says what is wrong
 */
export function planFromJson(text: string): PlanFromFile {
  const document = parse(text);
  if (typeof document === "object" && document !== null) checkFormat(document);
  if (!Value.Check(ClassDocument, document)) {
    const [first] = Value.Errors(ClassDocument, document);
    const where =
      first?.instancePath === undefined || first.instancePath === "" ? "" : ` (at ${first.instancePath})`;
    throw new ClassFileError(
      `The file is JSON, but not a class${where}: ${first?.message ?? "wrong shape"}.`,
    );
  }
  const unknown = Object.keys(document).filter(
    (key) => key !== "format" && key !== "version" && !(key in ClassDocument.properties),
  );
  const plan = Value.Clean(ClassDocument, document) as ClassPlan;
  const gap = gapIn(plan);
  if (gap !== null) throw new ClassFileError(gap);
  const cues = plan.cues.toSorted((one, other) => one.atS - other.atS);
  return { plan: { ...plan, cues }, losses: unknown.map((key) => `"${key.slice(0, 40)}" is not kept.`) };
}

/** A class as a JSON file. Nothing is lost. */
export function jsonOfPlan(plan: ClassPlan): { readonly text: string; readonly losses: readonly string[] } {
  const document = { format: classFormat, version: classFormatVersion, ...plan };
  return { text: `${JSON.stringify(document, null, 2)}\n`, losses: [] };
}
