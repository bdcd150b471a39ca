/** The index of an MP4 (`moov`): where the AAC frames of its audio track are, and which samples are music. */
import { readAacConfig, type AacConfig } from "./aac/config.ts";
import { sampleRates } from "./aac/bands.ts";
import { AudioDecodeError } from "./error.ts";
import { boxesIn, boxIn, viewOf } from "./mp4-boxes.ts";
import { readMusicRange, type MusicRange } from "./mp4-range.ts";

/** Three hours at 96 kHz are a million AAC frames. */
export const maxFrames = 2_000_000;
/** Eight channels of 6144 bits each are 6144 bytes (ISO/IEC 14496-3, 4.5.3.1); anything much larger is damage. */
const maxFrameBytes = 65_536;

export interface AacTrack {
  readonly config: AacConfig;
  /** Where each frame begins in the file, and how long it is. */
  readonly offsets: Float64Array;
  readonly sizes: Uint32Array;
  readonly range: MusicRange;
}

function broken(what: string): AudioDecodeError {
  return new AudioDecodeError(`its index is broken: ${what}`);
}

/** A table of `fields` 32-bit numbers per entry, behind version, flags and count; entry after entry. */
function table(stbl: Uint8Array, type: string, fields: number): Uint32Array {
  const body = boxIn(stbl, type);
  if (body === null || body.length < 8) throw broken(`no ${type} table`);
  const view = viewOf(body);
  const count = view.getUint32(4);
  if (count > maxFrames || 8 + count * fields * 4 > body.length)
    throw broken(`its ${type} table says ${count} entries`);
  return Uint32Array.from({ length: count * fields }, (_, i) => view.getUint32(8 + i * 4));
}

function frameSizes(stbl: Uint8Array): Uint32Array {
  const body = boxIn(stbl, "stsz");
  if (body === null || body.length < 12) throw broken("no stsz table");
  const view = viewOf(body);
  const [fixed, count] = [view.getUint32(4), view.getUint32(8)];
  if (count > maxFrames || (fixed === 0 && 12 + count * 4 > body.length))
    throw broken(`its stsz table says ${count} entries`);
  const sizes = Uint32Array.from({ length: count }, (_, i) => fixed || view.getUint32(12 + i * 4));
  if (sizes.some((size) => size > maxFrameBytes)) throw broken("a frame is too large");
  return sizes;
}

function chunkOffsets(stbl: Uint8Array): Float64Array {
  if (boxIn(stbl, "stco") !== null) return Float64Array.from(table(stbl, "stco", 1));
  const halves = table(stbl, "co64", 2);
  return Float64Array.from(
    { length: halves.length / 2 },
    (_, i) => (halves[2 * i] ?? 0) * 2 ** 32 + (halves[2 * i + 1] ?? 0),
  );
}

/** Chunks hold runs of frames; `stsc` says how many, from which chunk on (ISO/IEC 14496-12, 8.7.4). */
function frameOffsets(stbl: Uint8Array, sizes: Uint32Array): Float64Array {
  const offsets = new Float64Array(sizes.length);
  const runs = table(stbl, "stsc", 3);
  let [frame, run, end] = [0, -1, 0];
  for (const [chunk, start] of chunkOffsets(stbl).entries()) {
    while (3 * (run + 1) < runs.length && (runs[3 * (run + 1)] ?? 0) <= chunk + 1) run++;
    let at = start;
    if (at < end) throw broken("its frames are out of order");
    const last = Math.min(sizes.length, frame + (runs[3 * run + 1] ?? 0));
    for (; frame < last; frame++) {
      offsets[frame] = at;
      at += sizes[frame] ?? 0;
    }
    end = at;
  }
  if (frame < sizes.length) throw broken("some frames are nowhere");
  return offsets;
}

/** The descriptor at the start of `bytes`: one byte of tag, up to four of length with 7 bits each. */
function descriptor(bytes: Uint8Array): { readonly tag: number; readonly body: Uint8Array } {
  let [length, at] = [0, 1];
  for (; at <= 4; at++) {
    length = length * 128 + ((bytes[at] ?? 0) & 0x7f);
    if (((bytes[at] ?? 0) & 0x80) === 0) break;
  }
  return { tag: bytes[0] ?? -1, body: bytes.subarray(at + 1, at + 1 + length) };
}

const aacObjectTypes: readonly number[] = [0x40, 0x67];

/** The AudioSpecificConfig in an `esds` box (ISO/IEC 14496-1, 7.2.6.5). */
function configOf(esds: Uint8Array): AacConfig {
  const stream = descriptor(esds.subarray(4));
  const flags = stream.body[2] ?? 0;
  let at = 3 + (flags & 0x80 ? 2 : 0) + (flags & 0x20 ? 2 : 0);
  if (flags & 0x40) at += 1 + (stream.body[3 + (flags & 0x80 ? 2 : 0)] ?? 0);
  const decoder = descriptor(stream.body.subarray(at));
  if (stream.tag !== 3 || decoder.tag !== 4) throw broken("no decoder description");
  if (!aacObjectTypes.includes(decoder.body[0] ?? -1))
    throw new AudioDecodeError("its audio is not AAC, which is all that is played from an MP4");
  const config = descriptor(decoder.body.subarray(13));
  if (config.tag !== 5) throw broken("no decoder description");
  return readAacConfig(config.body);
}

/** QuickTime's older sound descriptions put more fields before the boxes, and `esds` into a `wave` box. */
const fieldBytesOfVersion: readonly number[] = [28, 44, 64];

function trackConfig(stbl: Uint8Array): AacConfig {
  const stsd = boxIn(stbl, "stsd");
  const [entry] = boxesIn(stsd?.subarray(8) ?? new Uint8Array(0));
  if (entry === undefined) throw broken("no description of the audio");
  if (entry.type === "alac") throw new AudioDecodeError("it is Apple Lossless, which is not supported yet");
  if (entry.type === "drms" || entry.type === "enca") throw new AudioDecodeError("it is copy-protected");
  if (entry.type !== "mp4a")
    throw new AudioDecodeError("its audio is not AAC, which is all that is played from an MP4");
  const version = entry.body[9] ?? 0;
  const boxes = entry.body.subarray(fieldBytesOfVersion[version] ?? entry.body.length);
  const esds = boxIn(boxes, "esds") ?? boxIn(boxes, "wave", "esds");
  if (esds === null) throw broken("no decoder description");
  return configOf(esds);
}

function isSound(trak: Uint8Array): boolean {
  const handler = boxIn(trak, "mdia", "hdlr");
  return handler !== null && String.fromCharCode(...handler.subarray(8, 12)) === "soun";
}

/** Reads the content of `moov`. Throws `AudioDecodeError` when it is broken or describes no AAC-LC. */
export function readIndex(moov: Uint8Array): AacTrack {
  for (const { type, body: trak } of boxesIn(moov)) {
    if (type !== "trak" || !isSound(trak)) continue;
    const stbl = boxIn(trak, "mdia", "minf", "stbl");
    if (stbl === null) throw broken("no tables");
    const config = trackConfig(stbl);
    const sizes = frameSizes(stbl);
    if (sizes.length === 0 && boxIn(moov, "mvex") !== null)
      throw new AudioDecodeError("it is a fragmented MP4, which is not supported yet");
    const durations = table(stbl, "stts", 2);
    let units = 0;
    for (let i = 0; i < durations.length; i += 2) units += (durations[i] ?? 0) * (durations[i + 1] ?? 0);
    const range = readMusicRange(moov, trak, units, sampleRates[config.rateIndex] ?? 0);
    return { config, sizes, offsets: frameOffsets(stbl, sizes), range };
  }
  throw new AudioDecodeError("it has no audio track");
}
