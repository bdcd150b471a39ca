import { decodeStream } from "#protocol/audio/decode.ts";
import type { PcmBlock } from "#protocol/audio/decode.ts";
import { openResampler, skippable, upToStereo } from "./resampler.ts";
import type { Resampler } from "./resampler.ts";

/**
 * A track's PCM at `outputRate` from sample `startSample` on (counted at that rate), as mono or stereo pieces. What
 * lies before is decoded and thrown away, for compressed audio cannot be entered in the middle to the sample.
 * Throws `AudioDecodeError`.
 */
export async function* feedTrack(
  bytes: AsyncIterable<Uint8Array>,
  startSample: number,
  outputRate: number,
): AsyncGenerator<readonly Float32Array[]> {
  let resampler: Resampler | null = null;
  let toSkip = 0;
  let toDrop = 0;
  for await (const block of decodeStream(bytes)) {
    if (resampler === null) {
      const skip = skippable(startSample, block.sampleRate, outputRate);
      toSkip = skip.inputSamples;
      toDrop = startSample - skip.outputSamples;
      resampler = openResampler(block.sampleRate, outputRate, upToStereo(block).length);
    }
    const fresh = without(upToStereo(block), toSkip);
    toSkip -= Math.min(toSkip, lengthOf(block));
    if (fresh === null) continue;
    const output = resampler.push(fresh);
    const kept = without(output, toDrop);
    toDrop -= Math.min(toDrop, output[0]?.length ?? 0);
    if (kept !== null) yield kept;
  }
  const rest = without(resampler?.flush() ?? [], toDrop);
  if (rest !== null) yield rest;
}

function lengthOf(block: PcmBlock): number {
  return block.channels[0]?.length ?? 0;
}

/** `channels` without their first `count` samples; null when nothing remains. */
function without(channels: readonly Float32Array[], count: number): readonly Float32Array[] | null {
  const length = channels[0]?.length ?? 0;
  if (length <= count) return null;
  return count === 0 ? channels : channels.map((channel) => channel.subarray(count));
}
