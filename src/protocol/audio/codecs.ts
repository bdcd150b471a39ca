/** The decoders behind one small shape; each format's is loaded when first needed. */
import { AudioDecodeError } from "./error.ts";
import type { AudioFormat } from "./format.ts";

export interface CodecOutput {
  readonly channelData: Float32Array[];
  readonly sampleRate: number;
}

export interface Codec {
  decode(chunk: Uint8Array): CodecOutput;
  flush(): CodecOutput;
  free(): void;
}

const nothing: CodecOutput = { channelData: [], sampleRate: 0 };

export function joined(a: Uint8Array, b: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}

function joinedPcm(parts: readonly (Float32Array | undefined)[]): Float32Array {
  const all = new Float32Array(parts.reduce((sum, part) => sum + (part?.length ?? 0), 0));
  let at = 0;
  for (const part of parts) {
    if (part === undefined) continue;
    all.set(part, at);
    at += part.length;
  }
  return all;
}

async function openMp3(): Promise<Codec> {
  const codec = await (await import("@audio/decode-mp3")).decoder();
  return {
    decode: (chunk) => codec.decode(chunk),
    flush: () => nothing,
    free: () => codec.free(),
  };
}

/** Surround files exist; more channels than this is a damaged header. */
export const maxChannels = 8;

/** Refuses what the library would take literally: 65,535 channels cost seconds for each block. */
function checkWavFormat(head: Uint8Array): void {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  for (let at = 12; at + 24 <= head.length; at += 8 + view.getUint32(at + 4, true)) {
    if (String.fromCharCode(...head.subarray(at, at + 4)) !== "fmt ") continue;
    const channels = view.getUint16(at + 10, true);
    if (channels < 1 || channels > maxChannels) {
      throw new AudioDecodeError(`it has ${channels} channels; at most ${maxChannels} are played`);
    }
    if (view.getUint16(at + 20, true) === 0) throw new AudioDecodeError("its frames have no bytes");
    return;
  }
}

async function openWav(): Promise<Codec> {
  const codec = (await import("@audio/decode-wav")).decoder();
  let isFirst = true;
  return {
    decode(chunk) {
      if (isFirst) checkWavFormat(chunk);
      isFirst = false;
      return codec.decode(chunk);
    },
    flush: () => codec.flush(),
    free: () => codec.free(),
  };
}

/** Longest FLAC frame header (RFC 9639, section 9.1). */
const flacHeaderBytes = 16;

/** Where `bytes` may be cut so that no frame header straddles the cut. */
function flacCut(bytes: Uint8Array): number {
  const from = Math.max(0, bytes.length - flacHeaderBytes);
  for (let at = from; at < bytes.length; at++) {
    const next = bytes[at + 1];
    if (bytes[at] === 0xff && (next === undefined || (next & 0xfe) === 0xf8)) return at;
  }
  return bytes.length;
}

/**
 * The library looks for a frame header once, when its first byte comes, and takes two frames for one when the rest of
 * the header comes later; from then on its output lags a frame. So chunks are cut where no header can straddle.
 */
async function openFlac(): Promise<Codec> {
  const codec = await (await import("@audio/decode-flac")).decoder();
  let carried = new Uint8Array(0);
  return {
    decode(chunk) {
      const bytes = joined(carried, chunk);
      const cut = flacCut(bytes);
      carried = bytes.slice(cut);
      return codec.decode(bytes.subarray(0, cut));
    },
    flush() {
      const last = codec.decode(carried);
      const rest = codec.flush();
      if (last.channelData.length === 0) return rest;
      if (rest.channelData.length === 0) return last;
      const channelData = last.channelData.map((channel, i) =>
        joinedPcm([channel, rest.channelData[i] ?? channel]),
      );
      return { channelData, sampleRate: last.sampleRate };
    },
    free: () => codec.free(),
  };
}

interface FrameReader {
  readonly sampleRate: number;
  push(chunk: Uint8Array, emit: (pcm: readonly Float32Array[]) => void): void;
}

/** Frames of 1024 samples, joined to one block per chunk. */
function codecOf(reader: FrameReader): Codec {
  return {
    decode(chunk) {
      const frames: (readonly Float32Array[])[] = [];
      reader.push(chunk, (pcm) => frames.push(pcm));
      const counts = new Set(frames.map((pcm) => pcm.length));
      if (counts.size > 1) throw new AudioDecodeError("its channels change on the way");
      const [first] = frames;
      if (first === undefined) return nothing;
      const channelData = first.map((_, channel) => joinedPcm(frames.map((pcm) => pcm[channel])));
      return { channelData, sampleRate: reader.sampleRate };
    },
    flush: () => nothing,
    free: () => undefined,
  };
}

export async function openCodec(format: AudioFormat): Promise<Codec> {
  switch (format) {
    case "mp3":
      return openMp3();
    case "flac":
      return openFlac();
    case "vorbis":
      return (await import("@audio/decode-vorbis")).decoder();
    case "opus":
      return (await import("@audio/decode-opus")).decoder();
    case "m4a":
      return codecOf(new (await import("./mp4-reader.ts")).Mp4Reader());
    case "adts":
      return codecOf(new (await import("./aac/adts.ts")).AdtsReader());
    case "wav":
      return openWav();
  }
}
