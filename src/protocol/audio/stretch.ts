// oxlint-disable no-underscore-dangle -- the names of the WASM module's exports
/**
 * Time stretching without a change of pitch, at exact positions: each block renders the sound of one given place in the
 * source at one given rate. The kernel is re-seeked for every block, so nothing accumulates and nothing drifts.
 */
import { startKernel, takeLibraryProcessor } from "./stretch-scope.ts"; // before the library: see there
import "signalsmith-stretch";

const libraryProcessor = takeLibraryProcessor();

/**
 * Blocks of 2,560 samples at 48 kHz, one each 768, their work spread over the quanta. On composed tracks rendered at both tempos this
 * is as near to the truth as 64 ms (docs/engine.md), costs a sixth less and sounds 5 ms sooner; tones keep an SNR above 40 dB.
 */
const blockMs = 160 / 3;
const intervalMs = 16;

export interface Stretcher {
  /** Samples of source one call needs: from `windowStart(position)` on. */
  readonly windowSamples: number;
  /** How far the kernel's output lags: ask for the position that must sound this many samples later. */
  readonly outputLatencySamples: number;
  /** First sample of source (may be negative or fractional input: rounded) of the window around `positionSamples`. */
  windowStart(positionSamples: number): number;
  /** A block begins with the next `frames` samples, or within them: only then does the kernel look at what it was given. */
  isDue(frames: number): boolean;
  /** One view per channel, `windowSamples` long, to fill with source before `take`. Fetch it anew for each call. */
  input(): readonly Float32Array[];
  /** Takes the filled window for the next block, to be heard at `rate`. */
  take(rate: number): void;
  /** The next `frames` samples; the views returned hold until the next call. */
  render(frames: number): readonly Float32Array[];
  /** The same without source: lets what still sounds inside the kernel die away. */
  renderSilence(frames: number): readonly Float32Array[];
}

/** Opens a stretcher for PCM of `channels` at `sampleRate`. Use a rate whose 16 ms are a multiple of 128 samples (48000). */
export async function openStretcher(sampleRate: number, channels: number): Promise<Stretcher> {
  const kernel = await startKernel(libraryProcessor, channels, sampleRate);
  const samplesOf = (ms: number) => Math.round((ms / 1000) * sampleRate);
  kernel._configure(channels, samplesOf(blockMs), samplesOf(intervalMs), true);
  kernel._reset();
  const inputLatency = kernel._inputLatency();
  const outputLatencySamples = kernel._outputLatency();
  const windowSamples = inputLatency + outputLatencySamples;
  const pointer = kernel._setBuffers(channels, windowSamples);
  const views = viewsOver(kernel, pointer, channels, windowSamples);
  const interval = samplesOf(intervalMs);
  let rendered = 0;
  const process = (given: number, frames: number) => {
    kernel._process(given, frames);
    rendered = (rendered + frames) % interval;
    return views().output;
  };
  return {
    windowSamples,
    outputLatencySamples,
    windowStart: (positionSamples) => Math.round(positionSamples + inputLatency) - windowSamples,
    isDue: (frames) => (interval - rendered) % interval < frames,
    input: () => views().input,
    take: (rate) => kernel._seek(windowSamples, rate),
    render: (frames) => process(0, frames),
    renderSilence(frames) {
      for (const channel of views().input) channel.fill(0, 0, frames);
      return process(frames, frames);
    },
  };
}

/** Views over the kernel's buffers, made again only when its memory has moved: no garbage on the audio thread. */
function viewsOver(kernel: { HEAP8: Int8Array }, pointer: number, channels: number, samples: number) {
  const make = (first: number) =>
    Array.from(
      { length: channels },
      (_, channel) =>
        new Float32Array(kernel.HEAP8.buffer, pointer + (first + channel) * samples * 4, samples),
    );
  let buffer = kernel.HEAP8.buffer;
  let made = { input: make(0), output: make(channels) };
  return () => {
    if (kernel.HEAP8.buffer !== buffer) {
      buffer = kernel.HEAP8.buffer;
      made = { input: make(0), output: make(channels) };
    }
    return made;
  };
}
