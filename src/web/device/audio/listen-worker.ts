/** Decodes a track of the library with the decoder the decks have: its samples, to play and to look at, and its onsets. */
import { analysisRate, createOnsetMeter, onsetRate } from "#analysis/onsets.ts";
import { createResampler, type Resampler } from "#analysis/resample.ts";
import { decodeStream, type PcmBlock } from "#protocol/audio/decode.ts";
import { audioBytes } from "./audio-cache.ts";

export type ListenReport =
  /** One channel, 16 bits; in order. */
  | { readonly kind: "samples"; readonly sampleRate: number; readonly samples: Int16Array<ArrayBuffer> }
  | { readonly kind: "onsets"; readonly values: Float32Array<ArrayBuffer>; readonly rate: number }
  | { readonly kind: "failed"; readonly reason: string };

/** Samples kept to play: 100 MB, 19 minutes at 44.1 kHz. A longer track is played and drawn that far. */
const maxKeptSamples = 50_000_000;

function report(message: ListenReport, transfer: Transferable[] = []): void {
  postMessage(message, { transfer });
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
  for await (const block of decodeStream(await audioBytes(url))) {
    if (kept >= maxKeptSamples) break;
    const { sampleRate } = block;
    const mono = monoOf(block);
    resampler ??= createResampler(sampleRate, analysisRate);
    onsets.push(resampler.push(mono));
    const samples = Int16Array.from(mono, (sample) => Math.max(-1, Math.min(1, sample)) * 32_767);
    kept += samples.length;
    report({ kind: "samples", sampleRate, samples }, [samples.buffer]);
  }
  if (resampler !== null) onsets.push(resampler.finish());
  const values = Float32Array.from(onsets.finish().strength);
  report({ kind: "onsets", values, rate: onsetRate }, [values.buffer]);
}

addEventListener("message", ({ data }: MessageEvent<string>) => {
  hearSound(data).catch((error: unknown) => {
    report({ kind: "failed", reason: error instanceof Error ? error.message : String(error) });
  });
});
