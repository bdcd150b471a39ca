/**
 * MP4 files in the order a stream decoder needs. Many encoders write the index (`moov`) behind the audio (`mdat`);
 * this puts it in front and moves the offsets in it, as "fast start" tools do (ISO/IEC 14496-12, sections 4.2 and 8.7.5).
 */

import { AudioDecodeError } from "./error.ts";
import { boxAt, viewOf, type Box } from "./mp4-boxes.ts";
import { maxFrames } from "./mp4-index.ts";

/** An MP4 whose index lies behind its audio is held in memory until the index comes: about 70 minutes at 256 kbit/s. */
export const maxLateIndexBytes = 128 * 1024 * 1024;
/** The index of a three-hour file is about 3 MB; covers make it larger. */
const maxIndexBytes = 64 * 1024 * 1024;
const sliceBytes = 65_536;
const containers: ReadonlySet<string> = new Set(["moov", "trak", "mdia", "minf", "stbl"]);

/** Bytes per entry of the tables whose counts a decoder trusts. */
const tableEntryBytes: Readonly<Record<string, number>> = { stco: 4, co64: 8, stsc: 12, stsz: 4, stts: 8 };

function checkTable(view: DataView, at: number, box: Box): void {
  const entryBytes = tableEntryBytes[box.type];
  if (entryBytes === undefined) return;
  const countAt = at + box.headerBytes + (box.type === "stsz" ? 8 : 4);
  const end = at + box.bytes;
  const count = countAt + 4 <= end ? view.getUint32(countAt) : Infinity;
  const fixedSize = box.type === "stsz" && view.getUint32(at + box.headerBytes + 4) > 0;
  if (count > maxFrames || (!fixedSize && countAt + 4 + count * entryBytes > end)) {
    throw new AudioDecodeError(`its ${box.type} table says ${count} entries`);
  }
}

function moveOffsets(view: DataView, at: number, box: Box, byBytes: number): void {
  const count = view.getUint32(at + box.headerBytes + 4);
  const first = at + box.headerBytes + 8;
  for (let i = 0; i < count; i++) {
    if (box.type === "stco") view.setUint32(first + i * 4, view.getUint32(first + i * 4) + byBytes);
    else view.setBigUint64(first + i * 8, view.getBigUint64(first + i * 8) + BigInt(byBytes));
  }
}

/** Checks the sample tables between `from` and `to` and moves every chunk offset by `byBytes`, in place. */
function walkIndex(view: DataView, from: number, to: number, byBytes: number, depth = 0): void {
  for (let at = from; at < to;) {
    const box = boxAt(view, at);
    if (box === null || at + box.bytes > to) return;
    if (containers.has(box.type) && depth < containers.size) {
      walkIndex(view, at + box.headerBytes, at + box.bytes, byBytes, depth + 1);
    }
    checkTable(view, at, box);
    if (byBytes > 0 && (box.type === "stco" || box.type === "co64")) moveOffsets(view, at, box, byBytes);
    at += box.bytes;
  }
}

class Held {
  bytes = new Uint8Array(1 << 20);
  length = 0;

  add(chunk: Uint8Array): void {
    if (this.length + chunk.length > this.bytes.length) {
      const larger = new Uint8Array(Math.max(this.bytes.length * 2, this.length + chunk.length));
      larger.set(this.bytes.subarray(0, this.length));
      this.bytes = larger;
    }
    this.bytes.set(chunk, this.length);
    this.length += chunk.length;
  }
}

/** Where the index and the audio start in `held` so far; null while the index is not complete. */
function findIndex(
  held: Held,
): { readonly index: number; readonly indexEnd: number; readonly audio: number } | null {
  const view = viewOf(held.bytes.subarray(0, held.length));
  let audio = -1;
  for (let at = 0; at < held.length;) {
    const box = boxAt(view, at);
    if (box === null) {
      if (at + 16 <= held.length) throw new AudioDecodeError("its boxes are broken");
      return null;
    }
    const end = at + box.bytes;
    if (box.type === "mdat" && audio === -1) audio = at;
    if (box.type === "moov") {
      if (box.bytes > maxIndexBytes) throw new AudioDecodeError("its index is too large");
      return end <= held.length ? { index: at, indexEnd: end, audio } : null;
    }
    at = end;
  }
  return null;
}

function* slices(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += sliceBytes) yield bytes.subarray(at, at + sliceBytes);
}

/** The bytes of an MP4 with its index before its audio. Throws `AudioDecodeError` when there is none or it is broken. */
export async function* inStreamOrder(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let held: Held | null = new Held();
  for await (const chunk of source) {
    if (held === null) {
      yield chunk;
      continue;
    }
    held.add(chunk);
    const found = findIndex(held);
    if (found === null) {
      if (held.length > maxLateIndexBytes)
        throw new AudioDecodeError("its index lies behind more than 128 MB of audio");
      continue;
    }
    const { index, indexEnd, audio } = found;
    const all = held.bytes.subarray(0, held.length);
    const late = audio !== -1 && audio < index;
    walkIndex(viewOf(all), index, indexEnd, late ? indexEnd - index : 0);
    if (late) {
      yield all.subarray(0, audio);
      yield all.subarray(index, indexEnd);
      yield* slices(all.subarray(audio, index));
      yield all.subarray(indexEnd);
    } else {
      yield all.subarray(0, indexEnd);
      yield* slices(all.subarray(indexEnd));
    }
    held = null;
  }
  if (held !== null) throw new AudioDecodeError("its index is missing: the file is cut short");
}
