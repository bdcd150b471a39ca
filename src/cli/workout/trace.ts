import { closeSync, openSync, writeSync } from "node:fs";
import { UserError } from "../output.ts";

/** One line of a trace. `tS`: seconds since Start on the host's clock, pauses included, at the audio graph's output. */
export interface TraceLine {
  readonly tS: number;
  readonly kind: "stroke" | "beat" | "tempo" | "track" | "trust" | "decision";
  readonly value: number | string;
  readonly reason: string;
}

export interface TraceFile {
  write(line: TraceLine): void;
  close(): void;
}

/** Lines are written in pieces of about this many bytes. */
const pieceBytes = 1 << 16;
const microseconds = 1e6;

/** Writes a trace as JSON lines. Throws UserError when the file cannot be written. */
export function openTrace(path: string): TraceFile {
  const file = attempt(path, () => openSync(path, "w"));
  let waiting = "";
  const flush = (): void => {
    attempt(path, () => writeSync(file, waiting));
    waiting = "";
  };
  return {
    write: (line) => {
      const tS = Math.round(line.tS * microseconds) / microseconds;
      waiting += `${JSON.stringify({ ...line, tS })}\n`;
      if (waiting.length > pieceBytes) flush();
    },
    close: () => {
      flush();
      closeSync(file);
    },
  };
}

function attempt<Result>(path: string, write: () => Result): Result {
  try {
    return write();
  } catch (error) {
    throw new UserError(`Cannot write ${path}: ${error instanceof Error ? error.message : "unknown"}.`);
  }
}
