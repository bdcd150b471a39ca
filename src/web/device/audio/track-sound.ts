/** The samples of one track in this page's memory: to play from anywhere at once, and to draw. */
import type { OnsetStrength } from "#domain/beat-grid/tapped.ts";
import type { ListenReport } from "./listen-worker.ts";

/** Highest and lowest samples are kept for this many stretches a second; finer than a phone's pixel at full zoom. */
export const peakRate = 200;

export interface TrackSound {
  readonly sampleRate: number;
  /** Samples heard so far, one channel, 16 bits. */
  readonly length: number;
  /** Writes the samples from `from` on into `out`; silence where there are none. */
  copy(from: number, out: Float32Array): void;
  /** Height of the wave around each 1 / `peakRate` s, 0..1. */
  readonly peaks: readonly number[];
  /** Null until the whole track is heard. */
  readonly onsets: OnsetStrength | null;
}

class GrowingSound implements TrackSound {
  readonly sampleRate: number;
  readonly peaks: number[] = [];
  length = 0;
  onsets: OnsetStrength | null = null;
  readonly #pieces: { readonly from: number; readonly samples: Int16Array }[] = [];
  #peak = 0;

  constructor(sampleRate: number) {
    this.sampleRate = sampleRate;
  }

  add(samples: Int16Array): void {
    this.#pieces.push({ from: this.length, samples });
    for (const sample of samples) {
      this.#peak = Math.max(this.#peak, Math.abs(sample));
      this.length += 1;
      if (this.length < ((this.peaks.length + 1) * this.sampleRate) / peakRate) continue;
      this.peaks.push(this.#peak / 32_768);
      this.#peak = 0;
    }
  }

  copy(from: number, out: Float32Array): void {
    out.fill(0);
    const end = from + out.length;
    for (const piece of this.#pieces) {
      const [first, last] = [Math.max(from, piece.from), Math.min(end, piece.from + piece.samples.length)];
      for (let at = first; at < last; at++) out[at - from] = (piece.samples[at - piece.from] ?? 0) / 32_768;
    }
  }
}

export interface SoundListener {
  /** Called while more and more of the sound arrives, with the same object each time. */
  readonly onSound: (sound: TrackSound) => void;
  readonly onFailed: (reason: string) => void;
}

/** Fetches and decodes a track. Returns the function that stops. */
export function listenToTrack(url: string, { onSound, onFailed }: SoundListener): () => void {
  const worker = new Worker(new URL("./listen-worker.ts", import.meta.url), { type: "module" });
  let sound: GrowingSound | null = null;
  worker.addEventListener("message", ({ data }: MessageEvent<ListenReport>) => {
    if (data.kind === "failed") onFailed(data.reason);
    if (data.kind === "samples") {
      sound ??= new GrowingSound(data.sampleRate);
      sound.add(data.samples);
      onSound(sound);
    }
    if (data.kind === "onsets" && sound !== null) {
      sound.onsets = { values: data.values, rate: data.rate };
      onSound(sound);
    }
  });
  worker.addEventListener("error", () => onFailed("this browser could not decode it"));
  worker.postMessage(url);
  return () => worker.terminate();
}
