/**
 * Beat grids as files that carry no audio: where the beats lie, and a fingerprint to find the recording by. The schema
 * is published as docs/beat-grid.schema.json.
 */
import { Type, type Static } from "typebox";
import { Value } from "typebox/value";
import { gridFault, maxGridBeats } from "#domain/beat-grid/check.ts";

const formatName = "upbeat-beat-grid";
const version = 1;
/** Twenty minutes of fingerprint as base64, with room to spare. */
const maxFingerprintText = 120_000;
const Times = Type.Array(Type.Number({ minimum: 0 }), { maxItems: maxGridBeats });

export const GridFile = Type.Object(
  {
    format: Type.Literal(formatName),
    version: Type.Literal(version),
    /** For people; nothing is found by them. */
    title: Type.Optional(Type.String({ maxLength: 500 })),
    artist: Type.Optional(Type.String({ maxLength: 500 })),
    durationS: Type.Number({ exclusiveMinimum: 0 }),
    /** Seconds from the first sample of the recording that was fingerprinted; ascending. */
    beatsS: Times,
    /** Those beats that begin a bar. */
    downbeatsS: Times,
    fingerprint: Type.Object({
      algorithm: Type.String({ maxLength: 100 }),
      /** Base64. */
      data: Type.String({ maxLength: maxFingerprintText, pattern: "^[A-Za-z0-9+/]*={0,2}$" }),
    }),
  },
  { title: "Upbeat beat grid, version 1" },
);
export type GridFile = Static<typeof GridFile>;

/** The file is no grid that can be used; `message` is one line for its owner. */
export class GridFileError extends Error {
  override name = "GridFileError";
}

/** Tenths of a millisecond: finer than any ear, and half the length of all digits. */
const roundedS = (timeS: number): number => Math.round(timeS * 10_000) / 10_000;

export function gridFileOf(contents: Omit<GridFile, "format" | "version">): GridFile {
  const { durationS, beatsS, downbeatsS } = contents;
  return {
    format: formatName,
    version,
    ...contents,
    durationS: roundedS(durationS),
    beatsS: beatsS.map(roundedS),
    downbeatsS: downbeatsS.map(roundedS),
  };
}

function headOf(value: unknown): { format?: unknown; version?: unknown } {
  return typeof value === "object" && value !== null ? value : {};
}

/** Checks parsed JSON. Throws `GridFileError`. */
export function readGridFile(value: unknown): GridFile {
  const head = headOf(value);
  if (head.format !== formatName) throw new GridFileError("This is not a beat grid file.");
  if (head.version !== version) {
    throw new GridFileError(`This grid file is of another version; this Upbeat reads version ${version}.`);
  }
  if (!Value.Check(GridFile, value)) {
    const [first] = Value.Errors(GridFile, value);
    throw new GridFileError(
      `This grid file is damaged: ${first?.instancePath ?? ""} ${first?.message ?? ""}.`,
    );
  }
  const fault = gridFault(value, value.durationS);
  if (fault !== null) throw new GridFileError(`This grid file cannot be used: ${fault}.`);
  return value;
}
