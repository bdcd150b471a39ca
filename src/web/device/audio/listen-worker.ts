/**
 * Listens to a track of the library or to a file that is nobody's yet, with the decoder and the analysis the server has.
 * What is heard stays in this browser.
 */
import { analysisRate, createOnsetMeter, onsetRate } from "#analysis/onsets.ts";
import { createProfiler, type Profiler } from "#analysis/profile.ts";
import { createResampler, type Resampler } from "#analysis/resample.ts";
import type { TrackProfile } from "#domain/track.ts";
import { AudioDecodeError, decodeStream, type PcmBlock } from "#protocol/audio/decode.ts";
import { audioBytes } from "./audio-cache.ts";

export type ListenOrder =
  /** The samples, to play and to look at. */
  | { readonly kind: "sound"; readonly url: string }
  /** The profile, as the server would find it. */
  | { readonly kind: "profile"; readonly file: File };

export type ListenReport =
  /** Share of the file's bytes read where its size is known, and seconds of music heard so far. */
  | { readonly kind: "progress"; readonly share: number | null; readonly heardS: number }
  /** One channel, 16 bits; in order. */
  | { readonly kind: "samples"; readonly sampleRate: number; readonly samples: Int16Array<ArrayBuffer> }
  | { readonly kind: "onsets"; readonly values: Float32Array<ArrayBuffer>; readonly rate: number }
  | { readonly kind: "profile"; readonly profile: TrackProfile }
  | { readonly kind: "failed"; readonly reason: string };

/** Longer than any mix; what the server takes, too. */
const maxFileS = 3 * 60 * 60;
/** Samples kept to play: 100 MB, 19 minutes at 44.1 kHz. A longer track is played and drawn that far. */
const maxKeptSamples = 50_000_000;

function report(message: ListenReport, transfer: Transferable[] = []): void {
  postMessage(message, { transfer });
}

async function* chunksOf(file: File): AsyncGenerator<Uint8Array> {
  const reader = file.stream().getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    yield value;
  }
}

async function* counted(source: AsyncIterable<Uint8Array>, count: (bytes: number) => void) {
  for await (const chunk of source) {
    count(chunk.length);
    yield chunk;
  }
}

function monoOf({ channels }: PcmBlock): Float32Array {
  const [first = new Float32Array(0)] = channels;
  if (channels.length === 1) return first;
  return first.map((_, i) => channels.reduce((sum, channel) => sum + (channel[i] ?? 0), 0) / channels.length);
}

async function hearSound(url: string): Promise<void> {
  let resampler: Resampler | null = null;
  const onsets = createOnsetMeter();
  let kept = 0;
  let heardS = 0;
  for await (const block of decodeStream(await audioBytes(url))) {
    if (kept >= maxKeptSamples) break;
    const { sampleRate } = block;
    const mono = monoOf(block);
    resampler ??= createResampler(sampleRate, analysisRate);
    onsets.push(resampler.push(mono));
    const samples = Int16Array.from(mono, (sample) => Math.max(-1, Math.min(1, sample)) * 32_767);
    kept += samples.length;
    heardS += samples.length / sampleRate;
    report({ kind: "samples", sampleRate, samples }, [samples.buffer]);
    report({ kind: "progress", share: null, heardS });
  }
  if (resampler !== null) onsets.push(resampler.finish());
  const values = Float32Array.from(onsets.finish().pulse);
  report({ kind: "onsets", values, rate: onsetRate }, [values.buffer]);
}

async function hearProfile(file: File): Promise<void> {
  let profiler: Profiler | null = null;
  let bytes = 0;
  let frames = 0;
  const source = counted(chunksOf(file), (more) => (bytes += more));
  for await (const { channels, sampleRate } of decodeStream(source)) {
    profiler ??= createProfiler(sampleRate, channels.length);
    profiler.push(channels);
    frames += channels[0]?.length ?? 0;
    if (frames > maxFileS * sampleRate) throw new AudioDecodeError("it is longer than three hours");
    report({ kind: "progress", share: bytes / file.size, heardS: frames / sampleRate });
  }
  if (profiler === null) throw new AudioDecodeError("it has no audio in it");
  report({ kind: "profile", profile: profiler.finish() });
}

addEventListener("message", ({ data }: MessageEvent<ListenOrder>) => {
  const heard = data.kind === "sound" ? hearSound(data.url) : hearProfile(data.file);
  heard.catch((error: unknown) => {
    report({ kind: "failed", reason: error instanceof Error ? error.message : String(error) });
  });
});
