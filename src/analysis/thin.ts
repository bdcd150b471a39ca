import { kernelOf } from "#domain/kernel.ts";
import { mixedDown } from "./mix-down.ts";
import { resampleKernel } from "./resample-kernel.ts";

/** Samples are taken into the kernel's memory in pieces of at most this many. */
const pieceLength = 8192;

interface ThinKernel {
  thin(input: number, end: number, factor: number, scale: number, out: number): void;
}

const openKernel = kernelOf<ThinKernel>(resampleKernel);

/**
 * Starts a thinner: all channels in one, at 1 / `factor` of the rate; samples left over wait for the next
 * block. Means of neighbouring samples: near the new rate, what would be heard as its mirror image lies 13 dB and more
 * beneath, and music has little there. Hears blocks of any length; what it answers is valid until the next one.
 */
export function createThinner(factor: number): (channels: readonly Float32Array[]) => Float32Array {
  const { exports, room, floats } = openKernel();
  const heldLength = pieceLength + factor;
  const heldAt = room(4 * heldLength);
  const outAt = room(4 * Math.ceil(heldLength / factor));
  const held = floats(heldAt, heldLength);
  const out = floats(outAt, Math.ceil(heldLength / factor));
  const mono = new Float32Array(pieceLength);
  let filled = 0;
  let thin = new Float32Array(0);

  const take = (channels: readonly Float32Array[]): Float32Array => {
    const piece = mixedDown(channels, mono);
    held.set(piece, filled);
    filled += piece.length;
    const groups = Math.floor(filled / factor);
    if (groups > 0) exports.thin(heldAt, heldAt + 4 * groups * factor, factor, 1 / factor, outAt);
    held.copyWithin(0, groups * factor, filled);
    filled -= groups * factor;
    return out.subarray(0, groups);
  };
  return (channels) => {
    const { length } = channels[0];
    if (length <= pieceLength) return take(channels);
    const most = Math.ceil((length + factor) / factor);
    if (thin.length < most) thin = new Float32Array(most);
    let count = 0;
    for (let at = 0; at < length; at += pieceLength) {
      const part = take(channels.map((channel) => channel.subarray(at, at + pieceLength)));
      thin.set(part, count);
      count += part.length;
    }
    return thin.subarray(0, count);
  };
}
