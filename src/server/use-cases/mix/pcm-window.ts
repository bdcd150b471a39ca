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
  /** Room for more than is held: it is moved to the front only when the room is full. */
  #left = new Float32Array(4 * keptBehind);
  #right = new Float32Array(4 * keptBehind);
  /** Where in the room the first sample held lies, how many are held, and the first one's number in the track. */
  #first = 0;
  #length = 0;
  #start = 0;
  #ended = false;

  constructor(source: AsyncIterable<PcmBlock>, sampleRate: number) {
    this.#blocks = source[Symbol.asyncIterator]();
    this.#sampleRate = sampleRate;
  }

  get #end(): number {
    return this.#start + this.#length;
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
      const offset = this.#first - this.#start;
      if (last > first) target.set(held.subarray(first + offset, last + offset), first - from);
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
    if (this.#first + this.#length + left.length > this.#left.length) this.#makeRoom(left.length);
    this.#left.set(left, this.#first + this.#length);
    this.#right.set(right, this.#first + this.#length);
    this.#length += left.length;
  }

  #makeRoom(more: number): void {
    const needed = this.#length + more;
    const room = Math.max(this.#left.length, 2 * needed);
    const moved = (held: Float32Array<ArrayBuffer>) => {
      if (room === held.length) return held.copyWithin(0, this.#first, this.#first + this.#length);
      const larger = new Float32Array(room);
      larger.set(held.subarray(this.#first, this.#first + this.#length));
      return larger;
    };
    this.#left = moved(this.#left);
    this.#right = moved(this.#right);
    this.#first = 0;
  }

  #forget(before: number): void {
    const count = before - this.#start;
    if (count < keptBehind) return;
    this.#first += count;
    this.#length -= count;
    this.#start = before;
  }
}
