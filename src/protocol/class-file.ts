import { ClassFileError, maxClassFileBytes } from "./class-file-error.ts";
import { planFromJson } from "./class-json.ts";
import type { PlanFromFile } from "./imported-class.ts";
import { planFromErg } from "./erg-import.ts";
import { FitError } from "./fit/read-messages.ts";
import { planFromFit } from "./fit/read-workout.ts";
import { planFromZwo } from "./zwo-import.ts";

/** UTF-16 with a byte-order mark, else UTF-8. */
function textOf(bytes: Uint8Array): string {
  const utf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  const encoding = utf16 ? (bytes[0] === 0xff ? "utf-16le" : "utf-16be") : "utf-8";
  return new TextDecoder(encoding).decode(bytes);
}

/** ".FIT" stands after the first eight bytes. */
function isFit(bytes: Uint8Array): boolean {
  return String.fromCharCode(...bytes.subarray(8, 12)) === ".FIT";
}

/**
 * Reads a class file by what is in it, not by what it is called.
 * @param name shown in the error
 * @throws ClassFileError with one line that names the file and says what is wrong
 */
export function planFromFile(name: string, bytes: Uint8Array): PlanFromFile {
  try {
    if (bytes.length > maxClassFileBytes)
      throw new ClassFileError(
        `The file is larger than ${maxClassFileBytes / 1e6} MB, far more than a class needs.`,
      );
    return isFit(bytes) ? planFromFit(bytes) : planFromText(textOf(bytes));
  } catch (error) {
    if (error instanceof ClassFileError || error instanceof FitError)
      throw new ClassFileError(`${name}: ${error.message}`);
    throw error;
  }
}

function planFromText(text: string): PlanFromFile {
  const start = text.trimStart();
  if (start.startsWith("<")) return planFromZwo(start);
  if (start.startsWith("{")) return planFromJson(start);
  if (/^\s*\[course header\]/im.test(text)) return planFromErg(text);
  throw new ClassFileError(
    "The file is not a class that Upbeat can read (ZWO, ERG, MRC, a FIT workout or its own JSON).",
  );
}
