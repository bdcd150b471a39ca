import { blockFrames } from "./block.ts";

/** Lengths in frames: mutually prime, all longer than a block so that a block can be read before it is written. */
const lineFrames = [1237, 1487, 1733, 1999, 2297, 2593, 2903, 3203];
const diffuserFrames = [
  [557, 829],
  [601, 787],
];

/**
 * A feedback delay network of eight lines (Jot & Chaigne 1991) behind two diffusers a side: dense, without ringing.
 * Works block by block; memory is taken once.
 */
export class Reverb {
  readonly #lines: Float32Array[];
  readonly #places: Int32Array;
  readonly #gains: Float32Array;
  readonly #dulled: Float32Array;
  readonly #outputs: Float32Array[];
  readonly #diffusers: { readonly memory: Float32Array; place: number }[][];
  readonly #inputs: readonly Float32Array[];
  readonly #keep: number;

  /** `decayS`: time to fall by 60 dB. `dampHz`: high frequencies die sooner above it. */
  constructor(decayS: number, dampHz: number, sampleRate: number) {
    this.#lines = lineFrames.map((frames) => new Float32Array(frames));
    this.#places = new Int32Array(lineFrames.length);
    this.#gains = Float32Array.from(lineFrames, (frames) => 10 ** ((-3 * frames) / (decayS * sampleRate)));
    this.#dulled = new Float32Array(lineFrames.length);
    this.#outputs = lineFrames.map(() => new Float32Array(blockFrames));
    this.#diffusers = diffuserFrames.map((side) =>
      side.map((frames) => ({ memory: new Float32Array(frames), place: 0 })),
    );
    this.#inputs = [new Float32Array(blockFrames), new Float32Array(blockFrames)];
    this.#keep = Math.exp((-2 * Math.PI * dampHz) / sampleRate);
  }

  /** Adds the reverberation of one block of sends to `left` and `right`. */
  addBlock(sendLeft: Float32Array, sendRight: Float32Array, left: Float32Array, right: Float32Array): void {
    this.#diffuse(0, sendLeft);
    this.#diffuse(1, sendRight);
    this.#readLines();
    this.#feedBack();
    const [a, b, c, d, e, f, g, h] = this.#outputs;
    for (let frame = 0; frame < blockFrames; frame++) {
      left[frame] += 0.35 * (a[frame] + c[frame] - e[frame] - g[frame]);
      right[frame] += 0.35 * (b[frame] + d[frame] - f[frame] - h[frame]);
    }
  }

  #diffuse(side: number, send: Float32Array): void {
    const input = this.#inputs[side];
    input.set(send);
    for (const diffuser of this.#diffusers[side]) {
      const { memory } = diffuser;
      let { place } = diffuser;
      for (let frame = 0; frame < blockFrames; frame++) {
        const delayed = memory[place];
        const fed = input[frame] - 0.6 * delayed;
        input[frame] = delayed + 0.6 * fed;
        memory[place] = fed;
        place = place + 1 === memory.length ? 0 : place + 1;
      }
      diffuser.place = place;
    }
  }

  #readLines(): void {
    this.#lines.forEach((line, index) => {
      const output = this.#outputs[index];
      const gain = this.#gains[index];
      let place = this.#places[index];
      let dulled = this.#dulled[index];
      for (let frame = 0; frame < blockFrames; frame++) {
        dulled = line[place] + this.#keep * (dulled - line[place]);
        output[frame] = gain * dulled;
        place = place + 1 === line.length ? 0 : place + 1;
      }
      this.#dulled[index] = dulled;
    });
  }

  /** Householder matrix: every line gets its own output less a quarter of the sum. */
  #feedBack(): void {
    const [leftIn, rightIn] = this.#inputs;
    const outputs = this.#outputs;
    for (let frame = 0; frame < blockFrames; frame++) {
      let sum = 0;
      for (let index = 0; index < outputs.length; index++) sum += outputs[index][frame];
      const share = sum / 4;
      for (let index = 0; index < outputs.length; index++) {
        const line = this.#lines[index];
        const input = index % 2 === 0 ? leftIn[frame] : rightIn[frame];
        const place = this.#places[index] + frame;
        line[place < line.length ? place : place - line.length] = outputs[index][frame] - share + input;
      }
    }
    for (let index = 0; index < outputs.length; index++) {
      this.#places[index] = (this.#places[index] + blockFrames) % this.#lines[index].length;
    }
  }
}
