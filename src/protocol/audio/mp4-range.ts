/**
 * Which of the decoded samples are music: encoders put a delay in front and padding behind. An edit list says so
 * (ISO/IEC 14496-12, 8.6.6), or the `iTunSMPB` comment that iTunes writes.
 */
import { boxIn, viewOf } from "./mp4-boxes.ts";

export interface MusicRange {
  /** First sample that is music, and the one behind the last. */
  readonly start: number;
  readonly end: number;
}

/** Units per second of a `mvhd` or `mdhd` box. */
function timescale(header: Uint8Array | null): number {
  const at = header?.[0] === 1 ? 20 : 12;
  return header === null || header.length < at + 4 ? 0 : viewOf(header).getUint32(at);
}

interface Edit {
  /** In units of the movie. */
  readonly length: number;
  /** In units of the track; negative for a pause. */
  readonly from: number;
}

function edits(trak: Uint8Array): Edit[] {
  const list = boxIn(trak, "edts", "elst");
  if (list === null || list.length < 8) return [];
  const view = viewOf(list);
  const isLong = list[0] === 1;
  const entryBytes = isLong ? 20 : 12;
  const count = Math.min(view.getUint32(4), Math.floor((list.length - 8) / entryBytes));
  return Array.from({ length: count }, (_, i) => {
    const at = 8 + i * entryBytes;
    return isLong
      ? { length: Number(view.getBigUint64(at)), from: Number(view.getBigInt64(at + 8)) }
      : { length: view.getUint32(at), from: view.getInt32(at + 4) };
  });
}

/** The comment's hexadecimal fields: 0, delay, padding, length, and more zeros. */
function iTunesRange(moov: Uint8Array): MusicRange | null {
  const metadata = boxIn(moov, "udta", "meta") ?? new Uint8Array(0);
  const text = new TextDecoder("latin1").decode(metadata);
  const at = text.indexOf("iTunSMPB");
  const fields = /data.{8}((?: [0-9A-Fa-f]{8,16}){4})/s.exec(at === -1 ? "" : text.slice(at, at + 200));
  const [, delay, , length] = (fields?.[1] ?? "")
    .trim()
    .split(" ")
    .map((field) => Number.parseInt(field, 16));
  if (delay === undefined || !length) return null;
  return { start: delay, end: delay + length };
}

/** `units` is the whole length of the track in its own time units. */
export function readMusicRange(
  moov: Uint8Array,
  trak: Uint8Array,
  units: number,
  sampleRate: number,
): MusicRange {
  const unitsPerS = timescale(boxIn(trak, "mdia", "mdhd")) || sampleRate;
  const movieUnitsPerS = timescale(boxIn(moov, "mvhd"));
  const whole = Math.round((units * sampleRate) / unitsPerS) || Infinity;
  const played = edits(trak).filter((edit) => edit.from >= 0);
  const [first] = played;
  if (first === undefined || first.from === 0) {
    const range = iTunesRange(moov);
    if (range !== null) return { start: range.start, end: Math.min(range.end, whole) };
  }
  const start = first === undefined ? 0 : Math.round((first.from * sampleRate) / unitsPerS);
  if (first === undefined || played.length > 1 || first.length === 0 || movieUnitsPerS === 0)
    return { start, end: whole };
  // The length is in coarse units, often milliseconds: within one of them the track's own length is the exact one.
  const end = start + Math.round((first.length * sampleRate) / movieUnitsPerS);
  const unitSamples = Math.ceil(sampleRate / movieUnitsPerS);
  return { start, end: Math.abs(end - whole) <= unitSamples ? whole : Math.min(end, whole) };
}
