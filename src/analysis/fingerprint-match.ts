/** Whether two fingerprints are of one recording, and how far one lies behind the other. */
import { bytesPerRow, fingerprintHopS } from "./fingerprint.ts";

export interface FingerprintMatch {
  /** What happens at t in the first recording happens at t + `offsetS` in the second. */
  readonly offsetS: number;
  /** Share of bits that differ where they overlap: 0 the same, 0.5 nothing in common. */
  readonly errorShare: number;
}

/** More leading silence than any two editions of one recording differ by. */
const maxOffsetS = 15;
/** Of what both have, at least this much; a few bars of silence agree with everything. */
const minOverlapS = 8;
/** Bits of one recording in two encodings differ by up to 0.2; of two recordings by 0.4 or more (docs/beat-grids.md). */
const sameFrom = 0.3;
/** Each of this many parts has to agree: other edits and other speeds drift apart. One may be silent. */
const parts = 8;
const partsToAgree = 7;
/** A part has fewer bits, so it may differ more by chance. */
const samePartFrom = 0.38;
/** The search looks at every this many rows first. */
const coarseStep = 8;
/** The offset may change by this much from the first third to the last: another speed drifts further. */
const maxDriftS = 0.008;
/** Rows on each side of the best whole offset that its fraction is read from. */
const balanceRows = 3;

const bitCounts = Uint8Array.from({ length: 65_536 }, (_, value) => {
  let bits = 0;
  for (let rest = value; rest > 0; rest >>= 1) bits += rest & 1;
  return bits;
});

function rowsOf(bytes: Uint8Array): Uint16Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const count = Math.floor(bytes.byteLength / bytesPerRow);
  return Uint16Array.from({ length: count }, (_, index) => view.getUint16(index * bytesPerRow, true));
}

/** Share of differing bits when row i of `a` meets row i + offset of `b`, over rows `from`..`to` of `a`. */
function errorAt(a: Uint16Array, b: Uint16Array, offset: number, from: number, to: number, step = 1): number {
  const first = Math.max(from, -offset);
  const last = Math.min(to, b.length - offset);
  let different = 0;
  let compared = 0;
  for (let i = first; i < last; i += step) {
    different += bitCounts[a[i] ^ b[i + offset]];
    compared++;
  }
  return compared === 0 ? 0.5 : different / (16 * compared);
}

/** Where between whole rows the error is least: errors rise alike on both sides of it. */
function fraction(a: Uint16Array, b: Uint16Array, offset: number, from: number, to: number): number {
  const errors: number[] = [];
  for (let row = -balanceRows; row <= balanceRows; row++) errors.push(errorAt(a, b, offset + row, from, to));
  const level = Math.max(...errors);
  let [weights, moment] = [0, 0];
  for (const [index, error] of errors.entries()) {
    weights += (level - error) ** 2;
    moment += (level - error) ** 2 * (index - balanceRows);
  }
  return weights === 0 ? 0 : moment / weights;
}

/** The match of two fingerprints, or null when they are not of the same recording at the same speed. */
export function matchFingerprints(first: Uint8Array, second: Uint8Array): FingerprintMatch | null {
  const [a, b] = [rowsOf(first), rowsOf(second)];
  const shorter = Math.min(a.length, b.length);
  const minOverlap = Math.max(minOverlapS / fingerprintHopS, shorter / 2);
  const reach = Math.round(maxOffsetS / fingerprintHopS);
  let best = { offset: 0, error: 1 };
  for (let offset = -reach; offset <= reach; offset++) {
    if (Math.min(a.length, b.length - offset) - Math.max(0, -offset) < minOverlap) continue;
    const error = errorAt(a, b, offset, 0, a.length, coarseStep);
    if (error < best.error) best = { offset, error };
  }
  const { offset } = best;
  const errorShare = errorAt(a, b, offset, 0, a.length);
  if (best.error === 1 || errorShare > sameFrom) return null;
  const [from, to] = [Math.max(0, -offset), Math.min(a.length, b.length - offset)];
  const partRows = (to - from) / parts;
  const agreeing = Array.from({ length: parts }, (_, part) =>
    errorAt(a, b, offset, Math.round(from + part * partRows), Math.round(from + (part + 1) * partRows)),
  ).filter((error) => error <= samePartFrom);
  if (agreeing.length < partsToAgree) return null;
  const third = Math.round((to - from) / 3);
  const drift = fraction(a, b, offset, to - third, to) - fraction(a, b, offset, from, from + third);
  if (Math.abs(drift) * fingerprintHopS > maxDriftS) return null;
  return { offsetS: (offset + fraction(a, b, offset, from, to)) * fingerprintHopS, errorShare };
}
