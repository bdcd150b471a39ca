/**
 * The parts of the FIT format that Upbeat reads and writes: base types, checksum, and the messages of an activity.
 * Facts from the public description of the Flexible and Interoperable Data Transfer protocol.
 */

/** FIT time 0 is 1989-12-31T00:00:00Z; this many seconds later than Unix time 0. */
export const fitEpochS = 631_065_600;

export interface BaseType {
  readonly size: number;
  readonly signed: boolean;
  readonly float: boolean;
  /** The raw value that means "not there"; a float's is NaN. */
  readonly invalid: number;
}

const integer = (size: number, signed: boolean, invalid: number): BaseType => ({
  size,
  signed,
  float: false,
  invalid,
});

/** By base type number (the low five bits). Strings, bytes and 64-bit types are skipped by size. */
export const baseTypes: ReadonlyMap<number, BaseType> = new Map([
  [0x00, integer(1, false, 0xff)],
  [0x01, integer(1, true, 0x7f)],
  [0x02, integer(1, false, 0xff)],
  [0x03, integer(2, true, 0x7fff)],
  [0x04, integer(2, false, 0xffff)],
  [0x05, integer(4, true, 0x7fffffff)],
  [0x06, integer(4, false, 0xffffffff)],
  [0x08, { size: 4, signed: true, float: true, invalid: Number.NaN }],
  [0x09, { size: 8, signed: true, float: true, invalid: Number.NaN }],
  [0x0a, integer(1, false, 0)],
  [0x0b, integer(2, false, 0)],
  [0x0c, integer(4, false, 0)],
]);

/** Global message numbers. */
export const messages = {
  fileId: 0,
  session: 18,
  lap: 19,
  record: 20,
  event: 21,
  workout: 26,
  workoutStep: 27,
  activity: 34,
} as const;

const crcTable = [
  0x0000, 0xcc01, 0xd801, 0x1400, 0xf001, 0x3c00, 0x2800, 0xe401, 0xa001, 0x6c00, 0x7800, 0xb401, 0x5000,
  0x9c01, 0x8801, 0x4400,
] as const;

/** The format's 16-bit checksum (CRC-16, polynomial 0x8005 reflected, four bits at a time). */
export function fitCrc(bytes: Uint8Array, start = 0): number {
  let crc = start;
  for (const byte of bytes) {
    for (const nibble of [byte & 0xf, byte >> 4]) {
      crc = (crc >> 4) ^ (crcTable[crc & 0xf] ?? 0) ^ (crcTable[nibble] ?? 0);
    }
  }
  return crc;
}
