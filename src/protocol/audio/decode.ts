/**
 * Compressed audio -> PCM, in pieces. The server's analysis and the browser's decks use this same decoder, so that a
 * beat found at second x by one is heard at second x by the other.
 */
import { AudioDecodeError } from "./error.ts";
import { detectFormat, formatProbeBytes, id3v2Bytes, type AudioFormat } from "./format.ts";
import { joined, maxChannels, openCodec, type Codec } from "./codecs.ts";
import { inStreamOrder } from "./m4a.ts";

export { AudioDecodeError } from "./error.ts";
export type { AudioFormat } from "./format.ts";

/** Planar PCM, nominally -1..1, always finite. Every block of a stream has the same rate and number of channels. */
export interface PcmBlock {
  readonly channels: readonly Float32Array[];
  readonly sampleRate: number;
}

/** Telephone speech at the low end, studio masters at the high one; anything else is a damaged header. */
export const minSampleRate = 8_000;
export const maxSampleRate = 192_000;
/** Compressed bytes given to a codec at a time: it bounds the PCM that comes back at once to a few MB. */
const sliceBytes = 16_384;

export interface Decoder {
  /**
   * Feeds the next bytes of the file, in any sizes; an M4A in stream order (`inStreamOrder`), no ID3v2 tag in front.
   * Throws `AudioDecodeError`.
   */
  push(chunk: Uint8Array): PcmBlock[];
  /** What was still held back at the end of the file. */
  flush(): PcmBlock[];
  /** Gives the memory back; the decoder cannot be used afterwards. May be called twice. */
  free(): void;
}

function damaged(error: unknown): AudioDecodeError {
  if (error instanceof AudioDecodeError) return error;
  return new AudioDecodeError(`it is damaged: ${error instanceof Error ? error.message : String(error)}`);
}

/** Four sums, so that no addition waits for the one before. */
function allFinite(samples: Float32Array): boolean {
  const { length } = samples;
  const whole = length - (length % 4);
  // What is infinite or no number stays no number.
  const times = 0;
  let [a, b, c, d] = [0, 0, 0, 0];
  for (let i = 0; i < whole; i += 4) {
    a += samples[i]! * times;
    b += samples[i + 1]! * times;
    c += samples[i + 2]! * times;
    d += samples[i + 3]! * times;
  }
  for (let i = whole; i < length; i++) a += samples[i]! * times;
  return a + b + c + d === 0;
}

function silenceInfinite(samples: Float32Array): void {
  for (let i = 0; i < samples.length; i++) if (!Number.isFinite(samples[i])) samples[i] = 0;
}

function checkedBlock(data: ReturnType<Codec["decode"]>, first: PcmBlock | null): PcmBlock | null {
  const channels = data.channelData;
  const frames = channels[0]?.length ?? 0;
  if (frames === 0) return null;
  if (channels.length > maxChannels || channels.some((channel) => channel.length !== frames)) {
    throw new AudioDecodeError(`it has ${channels.length} channels; at most ${maxChannels} are played`);
  }
  const { sampleRate } = data;
  if (!(sampleRate >= minSampleRate && sampleRate <= maxSampleRate)) {
    throw new AudioDecodeError(`its sample rate of ${sampleRate} Hz is outside 8 to 192 kHz`);
  }
  if (first !== null && (first.sampleRate !== sampleRate || first.channels.length !== channels.length)) {
    throw new AudioDecodeError("its sample rate or channels change on the way");
  }
  for (const channel of channels) if (!allFinite(channel)) silenceInfinite(channel);
  return { channels, sampleRate };
}

/** Opens a decoder for one file. Its code is loaded on first use of the format. */
export async function openDecoder(format: AudioFormat): Promise<Decoder> {
  const codec = await openCodec(format);
  let first: PcmBlock | null = null;
  let freed = false;
  const run = (step: () => ReturnType<Codec["decode"]>, blocks: PcmBlock[]): void => {
    try {
      const block = checkedBlock(step(), first);
      if (block === null) return;
      first ??= { channels: block.channels.map(() => new Float32Array(0)), sampleRate: block.sampleRate };
      blocks.push(block);
    } catch (error) {
      throw damaged(error);
    }
  };
  return {
    push(chunk) {
      const blocks: PcmBlock[] = [];
      for (let at = 0; at < chunk.length; at += sliceBytes) {
        run(() => codec.decode(chunk.subarray(at, at + sliceBytes)), blocks);
      }
      return blocks;
    },
    flush() {
      const blocks: PcmBlock[] = [];
      run(() => codec.flush(), blocks);
      return blocks;
    },
    free() {
      if (!freed) codec.free();
      freed = true;
    },
  };
}

/** The stream behind an ID3v2 tag (any format may carry one; covers make it large), and its first bytes to probe. */
async function* withoutId3(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let head: Uint8Array | null = new Uint8Array(0);
  let skip = -1;
  for await (let chunk of source) {
    if (skip > 0) {
      const skipped = Math.min(skip, chunk.length);
      skip -= skipped;
      chunk = chunk.subarray(skipped);
    }
    if (head === null) {
      yield chunk;
      continue;
    }
    head = joined(head, chunk);
    if (skip === -1 && head.length >= 10) {
      skip = id3v2Bytes(head);
      const skipped = Math.min(skip, head.length);
      skip -= skipped;
      head = head.subarray(skipped);
    }
    if (skip === 0 && head.length >= formatProbeBytes) {
      yield head;
      head = null;
    }
  }
  if (head !== null && head.length > 0) yield head;
}

async function* rest(first: Uint8Array, source: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield first;
  for (let next = await source.next(); next.done !== true; next = await source.next()) yield next.value;
}

/**
 * Decodes a whole file of unknown format, piece by piece. Throws `AudioDecodeError` when it is empty, unknown or
 * damaged; what was decoded before the damage has been yielded by then. Leaving the loop early frees the decoder.
 * Errors of `source` itself pass through.
 *
 * Encoder delay and padding are removed, so that sample 0 is the first sample of the music. Measured against ffmpeg's
 * PCM of the same files (same first sample, correlation > 0.998; for AAC the difference lies 138 dB lower): MP3 with a
 * LAME or Xing tag, Vorbis, Opus, FLAC and WAV agree in position and length; MP3 without the tag keeps its padding in
 * both; M4A agrees in position and also drops the padding at the end, which ffmpeg keeps; raw ADTS starts 1024 samples
 * earlier than with ffmpeg, where the music really starts.
 */
export async function* decodeStream(source: AsyncIterable<Uint8Array>): AsyncGenerator<PcmBlock> {
  const plain = withoutId3(source);
  const head = await plain.next();
  if (head.done === true) throw new AudioDecodeError("it is empty");
  const format = detectFormat(head.value.subarray(0, formatProbeBytes));
  if (format === null) {
    await plain.return(undefined);
    throw new AudioDecodeError("it is not an audio file we can read");
  }
  const bytes = rest(head.value, plain);
  const decoder = await openDecoder(format);
  let heard = false;
  try {
    for await (const chunk of format === "m4a" ? inStreamOrder(bytes) : bytes) {
      for (const block of decoder.push(chunk)) {
        heard = true;
        yield block;
      }
    }
    for (const block of decoder.flush()) {
      heard = true;
      yield block;
    }
  } finally {
    decoder.free();
    await plain.return(undefined);
  }
  if (!heard) throw new AudioDecodeError("it has no audio in it");
}
