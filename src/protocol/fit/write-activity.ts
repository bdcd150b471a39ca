import type { SeriesRow, WorkoutRecord } from "#domain/workout.ts";
import { fitCrc, fitEpochS, messages } from "./format.ts";

/** A field of a message we write: number, size in bytes (little-endian, unsigned), base type byte. */
interface FieldSpec {
  readonly number: number;
  readonly size: 1 | 2 | 4;
  readonly baseType: number;
}

const enumField = (number: number): FieldSpec => ({ number, size: 1, baseType: 0x00 });
const u8 = (number: number): FieldSpec => ({ number, size: 1, baseType: 0x02 });
const u16 = (number: number): FieldSpec => ({ number, size: 2, baseType: 0x84 });
const u32 = (number: number): FieldSpec => ({ number, size: 4, baseType: 0x86 });
const u32z = (number: number): FieldSpec => ({ number, size: 4, baseType: 0x8c });

const invalidOf: Readonly<Record<number, number>> = { 1: 0xff, 2: 0xffff, 4: 0xffffffff };

class FitWriter {
  readonly #bytes: number[] = [];

  define(local: number, globalNumber: number, fields: readonly FieldSpec[]): void {
    this.#put(0x40 | local, 1);
    this.#put(0, 1);
    this.#put(0, 1);
    this.#put(globalNumber, 2);
    this.#put(fields.length, 1);
    for (const field of fields) this.#bytes.push(field.number, field.size, field.baseType);
  }

  /** `null` is written as "not there". */
  data(local: number, fields: readonly FieldSpec[], values: readonly (number | null)[]): void {
    this.#put(local, 1);
    for (const [index, field] of fields.entries()) {
      const invalid = invalidOf[field.size] ?? 0;
      const value = values[index] ?? null;
      this.#put(value === null ? invalid : Math.min(Math.max(0, Math.round(value)), invalid - 1), field.size);
    }
  }

  #put(value: number, size: number): void {
    for (let byte = 0; byte < size; byte += 1) this.#bytes.push(Math.floor(value / 256 ** byte) & 0xff);
  }

  /** Header, data and both checksums. */
  finish(): Uint8Array {
    const headerSize = 14;
    const file = new Uint8Array(headerSize + this.#bytes.length + 2);
    const view = new DataView(file.buffer);
    view.setUint8(0, headerSize);
    view.setUint8(1, 0x20);
    view.setUint16(2, 2158, true);
    view.setUint32(4, this.#bytes.length, true);
    file.set([0x2e, 0x46, 0x49, 0x54], 8);
    view.setUint16(12, fitCrc(file.subarray(0, 12)), true);
    file.set(this.#bytes, headerSize);
    view.setUint16(file.length - 2, fitCrc(file.subarray(0, file.length - 2)), true);
    return file;
  }
}

const sportNumbers: Readonly<Record<string, number>> = {
  cycling: 2,
  running: 1,
  walking: 11,
  rowing: 15,
  strength: 10,
  mobility: 10,
};
const indoorCycling = 6;
const indoorRowing = 14;
const treadmill = 1;
const subSportNumbers: Readonly<Record<string, number>> = {
  cycling: indoorCycling,
  running: treadmill,
  walking: treadmill,
  rowing: indoorRowing,
};

const fileIdFields = [enumField(0), u16(1), u16(2), u32z(3), u32(4)];
const recordFields = [u32(253), u8(3), u8(4), u32(5), u16(6), u16(7)];
const eventFields = [u32(253), enumField(0), enumField(1)];
const lapFields = [u32(253), u32(2), u32(7), u32(8), u32(9)];
const sessionFields = [
  u32(253),
  u32(2),
  u32(7),
  u32(8),
  u32(9),
  enumField(5),
  enumField(6),
  u8(16),
  u8(17),
  u8(18),
  u8(19),
  u16(20),
  u16(21),
  u16(25),
  u16(26),
];
const activityFields = [u32(253), u32(0), u16(1), enumField(2)];

/** The manufacturer number for software without one of its own ("development"). */
const manufacturerDevelopment = 255;
const activityFile = 4;

function mean(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
}

function highest(values: readonly (number | null)[]): number | null {
  return values.reduce<number | null>(
    (best, value) => (value !== null && (best === null || value > best) ? value : best),
    null,
  );
}

/** Distance so far after each row, from speed; null when speed was never measured. */
function distancesM(rows: readonly SeriesRow[]): (number | null)[] {
  let sum = 0;
  const measured = rows.some((row) => row.speedMps !== null);
  return rows.map((row, index) => {
    sum += (row.speedMps ?? 0) * (row.tS - (rows[index - 1]?.tS ?? row.tS - 1));
    return measured ? sum : null;
  });
}

/** FIT counts strides on foot, Upbeat steps. */
function fitCadence(cadence: number | null, sport: string): number | null {
  if (cadence === null) return null;
  return sport === "running" || sport === "walking" ? cadence / 2 : cadence;
}

/** A workout as a FIT activity file: one record per row, timer events, a lap, a session, an activity. */
export function encodeActivity({ head, end, rows }: WorkoutRecord): Uint8Array {
  const writer = new FitWriter();
  const startS = Math.round(head.startedAtMs / 1000) - fitEpochS;
  const endS = startS + Math.ceil(end.durationS);
  const distances = distancesM(rows);
  const durationMs = end.durationS * 1000;
  const distanceCm = distances.at(-1) ?? null;
  const total = distanceCm === null ? null : distanceCm * 100;
  const cadences = rows.map((row) => fitCadence(row.cadence, head.sport));

  writer.define(0, messages.fileId, fileIdFields);
  writer.data(0, fileIdFields, [activityFile, manufacturerDevelopment, 0, 1, startS]);
  writer.define(1, messages.event, eventFields);
  writer.data(1, eventFields, [startS, 0, 0]);
  writer.define(2, messages.record, recordFields);
  for (const [index, row] of rows.entries()) {
    const distanceM = distances[index] ?? null;
    writer.data(2, recordFields, [
      startS + row.tS,
      row.heartRateBpm,
      cadences[index] ?? null,
      distanceM === null ? null : distanceM * 100,
      row.speedMps === null ? null : row.speedMps * 1000,
      row.powerW,
    ]);
  }
  writer.data(1, eventFields, [endS, 0, 4]);
  writer.define(3, messages.lap, lapFields);
  writer.data(3, lapFields, [endS, startS, durationMs, durationMs, total]);
  writer.define(4, messages.session, sessionFields);
  writer.data(4, sessionFields, [
    endS,
    startS,
    durationMs,
    durationMs,
    total,
    sportNumbers[head.sport] ?? 0,
    subSportNumbers[head.sport] ?? 0,
    mean(rows.map((row) => row.heartRateBpm)),
    highest(rows.map((row) => row.heartRateBpm)),
    mean(cadences),
    highest(cadences),
    mean(rows.map((row) => row.powerW)),
    highest(rows.map((row) => row.powerW)),
    0,
    1,
  ]);
  writer.define(5, messages.activity, activityFields);
  writer.data(5, activityFields, [endS, durationMs, 1, 0]);
  return writer.finish();
}
