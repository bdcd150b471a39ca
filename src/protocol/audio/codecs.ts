/** The WASM decoders behind one small shape; each format's is loaded when first needed. */
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

async function openMp3(): Promise<Codec> {
  const codec = await (await import("@audio/decode-mp3")).decoder();
  return {
    decode: (chunk) => codec.decode(chunk),
    flush: () => nothing,
    free: () => codec.free(),
  };
}

export async function openCodec(format: AudioFormat): Promise<Codec> {
  switch (format) {
    case "mp3":
      return openMp3();
    case "flac":
      return (await import("@audio/decode-flac")).decoder();
    case "vorbis":
      return (await import("@audio/decode-vorbis")).decoder();
    case "opus":
      return (await import("@audio/decode-opus")).decoder();
    case "m4a":
    case "adts":
      return (await import("@audio/decode-aac")).decoder();
    case "wav":
      return (await import("@audio/decode-wav")).decoder();
  }
}
