import type { SQLOutputValue } from "node:sqlite";
import type { KeptGrid } from "#domain/beat-grid/kept.ts";

/** Times are packed as little-endian 64-bit floats: exact, 8 bytes a beat. */
export function packTimes(timesS: readonly number[]): Uint8Array {
  const view = new DataView(new ArrayBuffer(timesS.length * 8));
  timesS.forEach((timeS, index) => view.setFloat64(index * 8, timeS, true));
  return new Uint8Array(view.buffer);
}

export function unpackTimes(bytes: Uint8Array): number[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: bytes.byteLength / 8 }, (_, index) => view.getFloat64(index * 8, true));
}

/** A row's kept grid; null when it has none. */
export function toKeptGrid(
  origin: SQLOutputValue | undefined,
  beats: SQLOutputValue | undefined,
  downbeats: SQLOutputValue | undefined,
): KeptGrid | null {
  if (origin === null || origin === undefined) return null;
  return {
    origin: origin as KeptGrid["origin"],
    beatsS: unpackTimes(beats as Uint8Array),
    downbeatsS: unpackTimes(downbeats as Uint8Array),
  };
}
