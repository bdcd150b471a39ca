/** GATT measurements are flags followed by optional fields; a characteristic is thus a table of fields, read by one loop. */

export type FieldType = "u8" | "s8" | "u16" | "s16" | "u24" | "u32";

export interface Field<Name extends string> {
  readonly name: Name;
  readonly type: FieldType;
  /** Flag bit that says the field is there; absent: always there. */
  readonly bit?: number;
  /** The field is there when its bit is 0 ("More Data" of the Fitness Machine Service). */
  readonly whenClear?: boolean;
  /** Value of one count in the field's unit. */
  readonly resolution?: number;
  /** Raw value by which the sender says "not available". */
  readonly invalid?: number;
}

const sizes: Readonly<Record<FieldType, number>> = { u8: 1, s8: 1, u16: 2, s16: 2, u24: 3, u32: 4 };

function readRaw(view: DataView, offset: number, type: FieldType): number {
  switch (type) {
    case "u8":
      return view.getUint8(offset);
    case "s8":
      return view.getInt8(offset);
    case "u16":
      return view.getUint16(offset, true);
    case "s16":
      return view.getInt16(offset, true);
    case "u24":
      return view.getUint16(offset, true) + (view.getUint8(offset + 2) << 16);
    case "u32":
      return view.getUint32(offset, true);
  }
}

function isPresent<Name extends string>(field: Field<Name>, flags: number): boolean {
  if (field.bit === undefined) return true;
  const set = ((flags >>> field.bit) & 1) === 1;
  return field.whenClear === true ? !set : set;
}

export interface Fields<Name extends string> {
  readonly flags: number;
  /** Scaled values of the fields that are there and available. */
  readonly values: Partial<Record<Name, number>>;
  /** First byte behind the fields. */
  readonly end: number;
}

/** Reads `table` from a notification; null when the payload is too short for what its flags promise. */
export function readFields<Name extends string>(
  bytes: Uint8Array,
  flagsType: "u8" | "u16",
  table: readonly Field<Name>[],
): Fields<Name> | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let offset = sizes[flagsType];
  if (bytes.length < offset) return null;
  const flags = readRaw(view, 0, flagsType);
  const values: Partial<Record<Name, number>> = {};
  for (const field of table) {
    if (!isPresent(field, flags)) continue;
    const next = offset + sizes[field.type];
    if (next > bytes.length) return null;
    const raw = readRaw(view, offset, field.type);
    if (raw !== field.invalid) values[field.name] = raw * (field.resolution ?? 1);
    offset = next;
  }
  return { flags, values, end: offset };
}
