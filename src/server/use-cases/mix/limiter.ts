/** Peaks stay below this; lossy encoders overshoot a little. -1.5 dB. */
const ceiling = 10 ** (-1.5 / 20);
const lookaheadS = 0.004;
const releaseS = 0.1;

/** The least of the last `span` values of a stream (a monotone queue: constant time per value on average). */
class SlidingMinimum {
  readonly #span: number;
  readonly #values: Float64Array;
  readonly #times: Float64Array;
  #head = 0;
  #size = 0;
  #time = 0;

  constructor(span: number) {
    this.#span = span;
    this.#values = new Float64Array(span + 1);
    this.#times = new Float64Array(span + 1);
  }

  push(value: number): number {
    const room = this.#values.length;
    while (this.#size > 0 && this.#values[(this.#head + this.#size - 1) % room]! >= value) this.#size -= 1;
    const at = (this.#head + this.#size) % room;
    this.#values[at] = value;
    this.#times[at] = this.#time;
    this.#size += 1;
    if (this.#times[this.#head]! <= this.#time - this.#span) {
      this.#head = (this.#head + 1) % room;
      this.#size -= 1;
    }
    this.#time += 1;
    return this.#values[this.#head]!;
  }
}

/**
 * A look-ahead limiter for a stream, the same gain on both channels: what it returns is `delayFrames` behind what it is
 * given. The gain each frame needs is held over the look-ahead, released slowly, and averaged over the look-ahead:
 * when a peak comes out, every averaged value knows of it.
 */
export class Limiter {
  readonly delayFrames: number;
  readonly #rise: number;
  readonly #left: Float32Array;
  readonly #right: Float32Array;
  readonly #gains: Float64Array;
  readonly #least: SlidingMinimum;
  #at = 0;
  #released = 1;
  #sum: number;

  constructor(sampleRate: number) {
    this.delayFrames = Math.round(lookaheadS * sampleRate);
    this.#rise = 1 - Math.exp(-1 / (releaseS * sampleRate));
    this.#left = new Float32Array(this.delayFrames);
    this.#right = new Float32Array(this.delayFrames);
    this.#gains = new Float64Array(this.delayFrames).fill(1);
    this.#sum = this.delayFrames;
    this.#least = new SlidingMinimum(this.delayFrames + 1);
  }

  /** Limits in place. */
  process(left: Float32Array, right: Float32Array): void {
    for (let frame = 0; frame < left.length; frame += 1) {
      const inLeft = left[frame]!;
      const inRight = right[frame]!;
      const gain = this.#gainFor(Math.max(Math.abs(inLeft), Math.abs(inRight)));
      left[frame] = clipped(this.#left[this.#at]! * gain);
      right[frame] = clipped(this.#right[this.#at]! * gain);
      this.#left[this.#at] = inLeft;
      this.#right[this.#at] = inRight;
      this.#at = (this.#at + 1) % this.delayFrames;
    }
  }

  /** The gain of the frame that comes out now, given the peak of the one that goes in. */
  #gainFor(peak: number): number {
    const held = this.#least.push(peak > ceiling ? ceiling / peak : 1);
    this.#released = Math.min(held, this.#released + this.#rise * (1 - this.#released));
    this.#sum += this.#released - this.#gains[this.#at]!;
    this.#gains[this.#at] = this.#released;
    return this.#sum / this.delayFrames;
  }
}

/** Sums round: a sample may stay a hair above. */
function clipped(sample: number): number {
  return Math.max(-ceiling, Math.min(ceiling, sample));
}
