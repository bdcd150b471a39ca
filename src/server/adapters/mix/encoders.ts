import encodeFlac from "@audio/encode-flac";
import encodeOpus from "@audio/encode-opus";
import { createOggEncoder } from "wasm-media-encoders";
import { flacTagger, oggTagger, type Tagger } from "./vorbis-comments.ts";

export const mixFormats = ["flac", "wav", "opus", "ogg"] as const;
export type MixFormat = (typeof mixFormats)[number];

/** A stream of stereo PCM to a stream of bytes; `header` replaces the first bytes once the length is known. */
export interface MixEncoder {
  encode(left: Float32Array, right: Float32Array): Uint8Array;
  finish(): Uint8Array;
  header(frames: number): Uint8Array | null;
}

const opusKbps = 160;
/** Vorbis quality 6, about 190 kb/s. */
const vorbisQuality = 6;
/** What decoders drop at the start of the encoder's streams, less the delay that libopus really has (at 48 kHz). */
const opusLead = 3840 - 312;
const opusDelay = 312;
const wavHeaderBytes = 44;
const bytesPerFrame = 4;

function wavHeader(frames: number, sampleRate: number): Uint8Array {
  const header = new DataView(new ArrayBuffer(wavHeaderBytes));
  const text = (at: number, letters: string) => {
    for (let index = 0; index < letters.length; index += 1)
      header.setUint8(at + index, letters.charCodeAt(index));
  };
  const dataBytes = Math.min(frames * bytesPerFrame, 0xffffffff - wavHeaderBytes);
  text(0, "RIFF");
  header.setUint32(4, dataBytes + wavHeaderBytes - 8, true);
  text(8, "WAVEfmt ");
  header.setUint32(16, 16, true);
  header.setUint16(20, 1, true);
  header.setUint16(22, 2, true);
  header.setUint32(24, sampleRate, true);
  header.setUint32(28, sampleRate * bytesPerFrame, true);
  header.setUint16(32, bytesPerFrame, true);
  header.setUint16(34, 16, true);
  text(36, "data");
  header.setUint32(40, dataBytes, true);
  return new Uint8Array(header.buffer);
}

function wavEncoder(sampleRate: number): MixEncoder {
  let started = false;
  return {
    encode(left, right) {
      const offset = started ? 0 : wavHeaderBytes;
      started = true;
      const bytes = new DataView(new ArrayBuffer(offset + left.length * bytesPerFrame));
      for (let frame = 0; frame < left.length; frame += 1) {
        bytes.setInt16(offset + frame * bytesPerFrame, Math.round((left[frame] ?? 0) * 32767), true);
        bytes.setInt16(offset + frame * bytesPerFrame + 2, Math.round((right[frame] ?? 0) * 32767), true);
      }
      return new Uint8Array(bytes.buffer);
    },
    finish: () => new Uint8Array(0),
    header: (frames) => wavHeader(frames, sampleRate),
  };
}

async function oggEncoder(sampleRate: number, tag: Tagger): Promise<MixEncoder> {
  const encoder = await createOggEncoder();
  encoder.configure({ channels: 2, sampleRate, vbrQuality: vorbisQuality, oggSerialNo: 1 });
  return {
    // The encoder uses its memory again: copy.
    encode: (left, right) => tag(encoder.encode([left, right]).slice()),
    finish: () => tag(encoder.finalize().slice()),
    header: () => null,
  };
}

/** "fLaC", the header of the first metadata block, and STREAMINFO up to its number of samples (RFC 9639, 8.2). */
const flacHeaderBytes = 26;
const flacLengthAt = 21;

/** The start of a FLAC file with the number of samples (36 bits) that a stream could not know; players show the length by it. */
function withFlacLength(start: Uint8Array, frames: number): Uint8Array {
  const header = Uint8Array.from(start.subarray(0, flacHeaderBytes));
  const view = new DataView(header.buffer);
  const kept = view.getUint8(flacLengthAt) & 0xf0;
  view.setUint8(flacLengthAt, kept | (Math.floor(frames / 2 ** 32) & 0x0f));
  view.setUint32(flacLengthAt + 1, frames % 2 ** 32);
  return header;
}

async function flacEncoder(sampleRate: number, tag: Tagger): Promise<MixEncoder> {
  const encoder = await encodeFlac({ sampleRate, channels: 2, bitDepth: 16 });
  let start = new Uint8Array(0);
  const noted = (bytes: Uint8Array): Uint8Array => {
    if (start.length < flacHeaderBytes) start = Buffer.concat([start, bytes]).subarray(0, flacHeaderBytes);
    return bytes;
  };
  return {
    encode: (left, right) => noted(tag(encoder.encode([left, right]))),
    finish: () => noted(tag(encoder.flush())),
    header: (frames) => withFlacLength(start, frames),
  };
}

async function opusEncoder(sampleRate: number, tag: Tagger): Promise<MixEncoder> {
  const encoder = await encodeOpus({ sampleRate, channels: 2, bitrate: opusKbps });
  const silence = (frames: number) => [new Float32Array(frames), new Float32Array(frames)];
  let started = false;
  return {
    encode(left, right) {
      const lead = started ? new Uint8Array(0) : encoder.encode(silence(opusLead)).slice();
      started = true;
      const bytes = encoder.encode([left, right]);
      const both = new Uint8Array(lead.length + bytes.length);
      both.set(lead);
      both.set(bytes, lead.length);
      return tag(both);
    },
    finish() {
      const tail = encoder.encode(silence(opusDelay)).slice();
      const end = encoder.flush();
      encoder.free();
      const both = new Uint8Array(tail.length + end.length);
      both.set(tail);
      both.set(end, tail.length);
      return tag(both);
    },
    header: () => null,
  };
}

/** Opens an encoder for stereo at `sampleRate` (48 kHz for Opus). WAV has no place for `comments`, such as `TITLE=...`. */
export async function openMixEncoder(
  format: MixFormat,
  sampleRate: number,
  comments: readonly string[],
): Promise<MixEncoder> {
  switch (format) {
    case "wav":
      return wavEncoder(sampleRate);
    case "ogg":
      return oggEncoder(sampleRate, oggTagger(comments));
    case "flac":
      return flacEncoder(sampleRate, flacTagger(comments));
    case "opus":
      return opusEncoder(sampleRate, oggTagger(comments));
  }
}
