import { blockFrames } from "./block.ts";

/** A ping-pong delay: echoes change sides and lose treble each time. Works block by block. */
export class Echo {
  readonly #left: Float32Array;
  readonly #right: Float32Array;
  readonly #keep: number;
  #place = 0;
  #dullLeft = 0;
  #dullRight = 0;

  /** `delayFrames` is at least one block. */
  constructor(delayFrames: number, dampHz: number, sampleRate: number) {
    const frames = Math.max(blockFrames, Math.round(delayFrames));
    this.#left = new Float32Array(frames);
    this.#right = new Float32Array(frames);
    this.#keep = Math.exp((-2 * Math.PI * dampHz) / sampleRate);
  }

  /** Adds the echoes of one block of sends to `left` and `right`. */
  addBlock(sendLeft: Float32Array, sendRight: Float32Array, left: Float32Array, right: Float32Array): void {
    const feedback = 0.42;
    let place = this.#place;
    for (let frame = 0; frame < blockFrames; frame++) {
      this.#dullLeft = this.#left[place] + this.#keep * (this.#dullLeft - this.#left[place]);
      this.#dullRight = this.#right[place] + this.#keep * (this.#dullRight - this.#right[place]);
      left[frame] += this.#dullLeft;
      right[frame] += this.#dullRight;
      this.#left[place] = 0.5 * (sendLeft[frame] + sendRight[frame]) + feedback * this.#dullRight;
      this.#right[place] = feedback * 1.6 * this.#dullLeft;
      place = place + 1 === this.#left.length ? 0 : place + 1;
    }
    this.#place = place;
  }
}
