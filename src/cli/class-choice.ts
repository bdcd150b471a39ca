import { closeSync, openSync, readFileSync, readSync } from "node:fs";
import { basename } from "node:path";
import type { Command } from "commander";
import { classById } from "#domain/catalogue/index.ts";
import type { ClassPlan } from "#domain/class-plan.ts";
import { mixOf, partsOfMixId } from "#domain/recommendation/mix.ts";
import { ClassFileError, maxClassFileBytes } from "#protocol/class-file-error.ts";
import { planFromFile } from "#protocol/class-file.ts";
import { UserError } from "./output.ts";
import { ownClasses, type OwnClassChoice } from "./own-classes.ts";

export interface ClassChoice extends Partial<OwnClassChoice> {
  /** Of the catalogue, or of the owner's own in the data folder `data`. */
  readonly class?: string;
  readonly file?: string;
}

/** Reads a file that the person named. Throws UserError when it cannot be read. */
export function readNamedFile(path: string, read: (path: string) => Uint8Array = readFileSync): Uint8Array {
  try {
    return read(path);
  } catch (error) {
    const reason = error instanceof Error ? error.message.replace(/^\w+: /, "") : "unknown";
    throw new UserError(`Cannot read ${path}: ${reason}.`);
  }
}

/** The class that `--class` or `--file` names; wrong usage unless it is exactly one. Throws UserError when it cannot be read. */
export async function chosenClass(command: Command, choice: ClassChoice): Promise<ClassPlan> {
  if ((choice.class === undefined) === (choice.file === undefined)) {
    command.error("error: name one class, with --class ID or --file X.zwo");
  }
  if (choice.file !== undefined) return classFromFile(choice.file);
  const { classId, mood } = partsOfMixId(choice.class ?? "");
  const plan = classById(classId) ?? (await ownClass(classId, choice));
  if (plan === null) throw new UserError(`There is no class ${choice.class}. \`upbeat classes\` lists them.`);
  return mood === null ? plan : mixOf(plan, mood);
}

/** Only what is named like one is looked for: nothing else opens the data folder. */
async function ownClass(id: string, { data, keys }: ClassChoice): Promise<ClassPlan | null> {
  if (data === undefined || !id.startsWith("own-")) return null;
  const own = await ownClasses(keys === undefined ? { data } : { data, keys });
  return own.find((plan) => plan.id === id) ?? null;
}

/** One byte more than a class file may have tells that it is too large; the rest, which may have no end, stays unread. */
function startOfFile(path: string): Uint8Array {
  const file = openSync(path, "r");
  try {
    const bytes = new Uint8Array(maxClassFileBytes + 1);
    let length = 0;
    for (let read = -1; read !== 0 && length < bytes.length; length += read) {
      read = readSync(file, bytes, length, bytes.length - length, null);
    }
    return bytes.subarray(0, length);
  } finally {
    closeSync(file);
  }
}

function classFromFile(path: string): ClassPlan {
  try {
    return planFromFile(basename(path), readNamedFile(path, startOfFile)).plan;
  } catch (error) {
    if (error instanceof ClassFileError) throw new UserError(error.message);
    throw error;
  }
}
