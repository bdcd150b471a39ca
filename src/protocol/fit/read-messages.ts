import { baseTypes } from "./format.ts";

/** A file that cannot be read as FIT; the message is one clear line. */
export class FitError extends Error {
  override name = "FitError";
}

export interface FitMessage {
  /** Global message number. */
  readonly number: number;
  /** Field number -> raw value (first element of arrays); absent when "not there". */
  readonly fields: ReadonlyMap<number, number>;
  /** Field number -> text, for the fields that are one. */
  readonly texts: ReadonlyMap<number, string>;
}

interface FieldDefinition {
  readonly number: number;
  readonly size: number;
  readonly baseType: number;
}

interface Definition {
  readonly number: number;
  readonly littleEndian: boolean;
  readonly fields: readonly FieldDefinition[];
  readonly developerBytes: number;
}

const stringType = 0x07;
const timestampField = 253;
/** Recordings have a message a second and texts in hardly any. */
const noTexts: ReadonlyMap<number, string> = new Map();
/** A day of records at 10 Hz; more is not a workout. */
const maxMessages = 1_000_000;

/** Walks the messages of one or more chained FIT files. What a truncated or corrupt file holds up to the damage is kept. */
export class FitReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #at = 0;
  #definitions = new Map<number, Definition>();
  #lastTimestamp = 0;
  readonly messages: FitMessage[] = [];
  /** Why reading stopped before the end; null when all was read. */
  damage: string | null = null;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** Throws `FitError` when there is no FIT header at all. */
  read(): this {
    let first = true;
    while (this.#at + 12 <= this.#bytes.length) {
      const headerSize = this.#view.getUint8(this.#at);
      if (!this.#isHeader(headerSize)) break;
      first = false;
      const dataSize = this.#view.getUint32(this.#at + 4, true);
      const start = this.#at + headerSize;
      const end = Math.min(start + dataSize, this.#bytes.length);
      if (start + dataSize > this.#bytes.length) this.damage = "the file is cut short";
      this.#at = start;
      if (!this.#readRecords(end)) return this;
      this.#at = end + 2;
    }
    if (first) throw new FitError("Not a FIT file: its header is missing.");
    return this;
  }

  #isHeader(size: number): boolean {
    if (size !== 12 && size !== 14) return false;
    return String.fromCharCode(...this.#bytes.subarray(this.#at + 8, this.#at + 12)) === ".FIT";
  }

  #readRecords(end: number): boolean {
    this.#definitions = new Map();
    while (this.#at < end) {
      if (this.messages.length >= maxMessages) {
        this.damage = "the file has too many messages";
        return false;
      }
      const header = this.#view.getUint8(this.#at);
      this.#at += 1;
      if (!this.#readRecord(header, end)) return false;
    }
    return true;
  }

  #readRecord(header: number, end: number): boolean {
    if ((header & 0x80) !== 0) return this.#readData((header >> 5) & 0x3, end, header & 0x1f);
    if ((header & 0x40) !== 0) return this.#readDefinition(header & 0xf, (header & 0x20) !== 0, end);
    return this.#readData(header & 0xf, end, null);
  }

  #readDefinition(local: number, hasDeveloperFields: boolean, end: number): boolean {
    if (this.#at + 5 > end) return this.#stop("a definition is cut short");
    const littleEndian = this.#view.getUint8(this.#at + 1) === 0;
    const number = this.#view.getUint16(this.#at + 2, littleEndian);
    const count = this.#view.getUint8(this.#at + 4);
    this.#at += 5;
    if (this.#at + count * 3 > end) return this.#stop("a definition is cut short");
    const fields: FieldDefinition[] = [];
    for (let field = 0; field < count; field += 1, this.#at += 3) {
      fields.push({
        number: this.#view.getUint8(this.#at),
        size: this.#view.getUint8(this.#at + 1),
        baseType: this.#view.getUint8(this.#at + 2) & 0x1f,
      });
    }
    const developerBytes = hasDeveloperFields ? this.#readDeveloperSizes(end) : 0;
    if (developerBytes === null) return this.#stop("a definition is cut short");
    this.#definitions.set(local, { number, littleEndian, fields, developerBytes });
    return true;
  }

  #readDeveloperSizes(end: number): number | null {
    if (this.#at + 1 > end) return null;
    const count = this.#view.getUint8(this.#at);
    this.#at += 1;
    if (this.#at + count * 3 > end) return null;
    let bytes = 0;
    for (let field = 0; field < count; field += 1, this.#at += 3) bytes += this.#view.getUint8(this.#at + 1);
    return bytes;
  }

  #readData(local: number, end: number, timeOffset: number | null): boolean {
    const definition = this.#definitions.get(local);
    if (definition === undefined) return this.#stop("a message has no definition");
    const size = definition.fields.reduce((sum, field) => sum + field.size, definition.developerBytes);
    if (this.#at + size > end) return this.#stop("a message is cut short");
    const fields = new Map<number, number>();
    let texts: Map<number, string> | null = null;
    for (const field of definition.fields) {
      if (field.baseType === stringType) (texts ??= new Map()).set(field.number, this.#readText(field.size));
      const value = this.#readValue(field, definition.littleEndian);
      if (value !== null) fields.set(field.number, value);
      this.#at += field.size;
    }
    this.#at += definition.developerBytes;
    this.#applyTime(fields, timeOffset);
    this.messages.push({ number: definition.number, fields, texts: texts ?? noTexts });
    return true;
  }

  /** Compressed headers carry only the low five bits of the time. */
  #applyTime(fields: Map<number, number>, timeOffset: number | null): void {
    if (timeOffset !== null) {
      const rolled = (timeOffset - (this.#lastTimestamp & 0x1f) + 32) & 0x1f;
      fields.set(timestampField, this.#lastTimestamp + rolled);
    }
    const timestamp = fields.get(timestampField);
    if (timestamp !== undefined) this.#lastTimestamp = timestamp;
  }

  /** UTF-8 up to the first zero. */
  #readText(size: number): string {
    const bytes = this.#bytes.subarray(this.#at, this.#at + size);
    const end = bytes.indexOf(0);
    return new TextDecoder().decode(end < 0 ? bytes : bytes.subarray(0, end));
  }

  #readValue(field: FieldDefinition, littleEndian: boolean): number | null {
    const type = baseTypes.get(field.baseType);
    if (type === undefined || field.size < type.size) return null;
    const at = this.#at;
    const raw = this.#readNumber(at, type.size, type.signed, type.float, littleEndian);
    return Number.isNaN(raw) || raw === type.invalid ? null : raw;
  }

  #readNumber(at: number, size: number, signed: boolean, float: boolean, littleEndian: boolean): number {
    const view = this.#view;
    if (float) return size === 4 ? view.getFloat32(at, littleEndian) : view.getFloat64(at, littleEndian);
    if (size === 1) return signed ? view.getInt8(at) : view.getUint8(at);
    if (size === 2) return signed ? view.getInt16(at, littleEndian) : view.getUint16(at, littleEndian);
    return signed ? view.getInt32(at, littleEndian) : view.getUint32(at, littleEndian);
  }

  #stop(damage: string): boolean {
    this.damage = damage;
    return false;
  }
}
