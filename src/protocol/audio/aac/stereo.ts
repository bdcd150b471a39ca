/** What a channel pair shares: sum and difference (ISO/IEC 14496-3, 4.6.8.1), and intensity (4.6.8.2). */
import { AudioDecodeError } from "../error.ts";
import type { BitReader } from "./bits.ts";
import {
  eachBand,
  intensityBook,
  invertedIntensityBook,
  noiseBook,
  type ChannelFrame,
  type Windows,
} from "./channel.ts";

/** For each band, group after group: 1 where the channels are stored as sum and difference. */
export function readMidSide(bits: BitReader, { groups, bandCount }: Windows): Uint8Array {
  const used = new Uint8Array(groups.length * bandCount);
  const kind = bits.read(2);
  if (kind === 3) throw new AudioDecodeError("it is damaged: an AAC stereo mask does not exist");
  if (kind === 1) for (let i = 0; i < used.length; i++) used[i] = bits.read(1);
  return kind === 2 ? used.fill(1) : used;
}

/** Sum and difference -> left and right, in place. */
export function applyMidSide(left: ChannelFrame, right: ChannelFrame, used: Uint8Array): void {
  eachBand(left.windows, (band, from, to) => {
    if (used[band] !== 1 || left.books[band]! >= noiseBook || right.books[band]! >= noiseBook) return;
    for (let k = from; k < to; k++) {
      const [sum, difference] = [left.spectrum[k]!, right.spectrum[k]!];
      left.spectrum[k] = sum + difference;
      right.spectrum[k] = sum - difference;
    }
  });
}

/** Bands that the right channel takes from the left, louder or softer. Where the mask is set, the sign turns. */
export function applyIntensity(left: ChannelFrame, right: ChannelFrame, mask: Uint8Array | null): void {
  eachBand(right.windows, (band, from, to) => {
    const book = right.books[band];
    if (book !== intensityBook && book !== invertedIntensityBook) return;
    const sign = (book === intensityBook ? 1 : -1) * (mask?.[band] === 1 ? -1 : 1);
    for (let k = from; k < to; k++) right.spectrum[k] = sign * left.spectrum[k]! * right.factors[band]!;
  });
}
