/** Mono PCM in 16-bit WAV files: what every tracker is given. */
import { createReadStream } from "node:fs";
import { writeFile } from "node:fs/promises";
import { analysisRate } from "#analysis/onsets.ts";
import { createResampler } from "#analysis/resample.ts";
import { decodeStream } from "#protocol/audio/decode.ts";

const headerBytes = 44;

/** Writes PCM at 44.1 kHz; what is louder than full scale is turned down as a whole. */
export async function writeMonoWav(path: string, mono: Float32Array): Promise<void> {
  const peak = mono.reduce((highest, value) => Math.max(highest, Math.abs(value)), 1e-9);
  const gain = 32_767 / Math.max(1, peak);
  const bytes = Buffer.alloc(headerBytes + 2 * mono.length);
  bytes.write("RIFF", 0);
  bytes.writeUInt32LE(bytes.length - 8, 4);
  bytes.write("WAVEfmt ", 8);
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(1, 20);
  bytes.writeUInt16LE(1, 22);
  bytes.writeUInt32LE(analysisRate, 24);
  bytes.writeUInt32LE(2 * analysisRate, 28);
  bytes.writeUInt16LE(2, 32);
  bytes.writeUInt16LE(16, 34);
  bytes.write("data", 36);
  bytes.writeUInt32LE(2 * mono.length, 40);
  for (let i = 0; i < mono.length; i++) bytes.writeInt16LE(Math.round(mono[i] * gain), headerBytes + 2 * i);
  await writeFile(path, bytes);
}

/** Any audio file as mono PCM at 44.1 kHz, the mean of its channels. */
export async function decodeMono(path: string): Promise<Float32Array<ArrayBuffer>> {
  const pieces: Float32Array[] = [];
  let resampler: ReturnType<typeof createResampler> | null = null;
  for await (const { channels, sampleRate } of decodeStream(createReadStream(path))) {
    resampler ??= createResampler(sampleRate, analysisRate);
    const mono = new Float32Array(channels[0]?.length ?? 0);
    for (const channel of channels)
      for (let i = 0; i < mono.length; i++) mono[i] += channel[i] / channels.length;
    pieces.push(resampler.push(mono).slice());
  }
  if (resampler !== null) pieces.push(resampler.finish());
  const whole = new Float32Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
