import { createResampler, type Resampler } from "#analysis/resample.ts";
import type { PcmBlock } from "#protocol/audio/decode.ts";

/** Samples kept behind the place last read; the stretcher never looks back further. */
const keptBehind = 16_384;

/**
 * A moving window over a track's sound: stereo at one rate, decoded as far as it is asked for and forgotten behind.
 * Holds a few seconds, however long the track is.
 */
export class PcmWindow {
  readonly #blocks: AsyncIterator<PcmBlock>;
  readonly #sampleRate: number;
  #resamplers: Resampler[] = [];
  #left = new Float32Array(0);
  #right = new Float32Array(0);
  /** Sample number of the first one held. */
  #start = 0;
  #ended = false;

  constructor(source: AsyncIterable<PcmBlock>, sampleRate: number) {
    this.#blocks = source[Symbol.asyncIterator]();
    this.#sampleRate = sampleRate;
  }

  get #end(): number {
    return this.#start + this.#left.length;
  }

  /** Decodes until `sample` is held, or the track is over. `from`: nothing before it will be asked for again. */
  async reach(sample: number, from: number): Promise<void> {
    while (this.#end <= sample && !this.#ended) {
      const next = await this.#blocks.next();
      if (next.done === true) {
        this.#ended = true;
        this.#append(this.#resamplers.map((resampler) => resampler.finish()));
        return;
      }
      this.#take(next.value);
      this.#forget(Math.min(from - keptBehind, this.#end));
    }
  }

  /** Copies the samples from `from` on; silence before the start and after the end of the track. */
  read(from: number, into: readonly Float32Array[]): void {
    [this.#left, this.#right].forEach((held, channel) => {
      const target = into[channel];
      if (target === undefined) return;
      target.fill(0);
      const first = Math.max(from, this.#start);
      const last = Math.min(from + target.length, this.#end);
      if (last > first) target.set(held.subarray(first - this.#start, last - this.#start), first - from);
    });
  }

  async close(): Promise<void> {
    this.#ended = true;
    await this.#blocks.return?.();
  }

  #take({ channels, sampleRate }: PcmBlock): void {
    const [left = new Float32Array(0), right = left] = channels;
    if (sampleRate === this.#sampleRate) {
      this.#append([left, right]);
      return;
    }
    if (this.#resamplers.length === 0) {
      this.#resamplers = [0, 1].map(() => createResampler(sampleRate, this.#sampleRate));
    }
    this.#append(this.#resamplers.map((resampler, channel) => resampler.push(channel === 0 ? left : right)));
  }

  #append(channels: readonly Float32Array[]): void {
    const [left, right] = channels;
    if (left === undefined || right === undefined) return;
    this.#left = joined(this.#left, left);
    this.#right = joined(this.#right, right);
  }

  #forget(before: number): void {
    const count = before - this.#start;
    if (count < keptBehind) return;
    this.#left = this.#left.slice(count);
    this.#right = this.#right.slice(count);
    this.#start = before;
  }
}

function joined(a: Float32Array<ArrayBuffer>, b: Float32Array): Float32Array<ArrayBuffer> {
  const both = new Float32Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}
