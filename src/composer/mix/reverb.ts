import { blockFrames } from "./block.ts";

/** Lengths in frames: mutually prime, all longer than a block so that a block can be read before it is written. */
const lineFrames = [1237, 1487, 1733, 1999, 2297, 2593, 2903, 3203];
const lineMemory = 4096;
const lineMask = lineMemory - 1;
const diffuserFrames = [
  [557, 829],
  [601, 787],
];

/**
 * A feedback delay network of eight lines (Jot & Chaigne 1991) behind two diffusers a side: dense, without ringing.
 * Works block by block; memory is taken once.
 */
export class Reverb {
  /** Ring buffers that share one writing place. */
  readonly #lines = lineFrames.map(() => new Float32Array(lineMemory));
  #place = 0;
  readonly #gains: Float32Array;
  readonly #dulled = new Float32Array(lineFrames.length);
  readonly #outputs = lineFrames.map(() => new Float32Array(blockFrames));
  readonly #shared = new Float32Array(blockFrames);
  readonly #diffusers: { readonly memory: Float32Array; place: number }[][];
  readonly #inputs: readonly Float32Array[] = [new Float32Array(blockFrames), new Float32Array(blockFrames)];
  readonly #keep: number;

  /** `decayS`: time to fall by 60 dB. `dampHz`: high frequencies die sooner above it. */
  constructor(decayS: number, dampHz: number, sampleRate: number) {
    this.#gains = Float32Array.from(lineFrames, (frames) => 10 ** ((-3 * frames) / (decayS * sampleRate)));
    this.#diffusers = diffuserFrames.map((side) =>
      side.map((frames) => ({ memory: new Float32Array(frames), place: 0 })),
    );
    this.#keep = Math.exp((-2 * Math.PI * dampHz) / sampleRate);
  }

  /** Adds the reverberation of one block of sends to `left` and `right`. */
  addBlock(sendLeft: Float32Array, sendRight: Float32Array, left: Float32Array, right: Float32Array): void {
    this.#diffuse(0, sendLeft);
    this.#diffuse(1, sendRight);
    this.#shared.fill(0);
    for (let index = 0; index < lineFrames.length; index++) {
      // Even lines are heard left, odd ones right; half of them upside down, so that the sides differ.
      this.#readLine(index, index % 2 === 0 ? left : right, index < 4 ? 0.35 : -0.35);
    }
    for (let index = 0; index < lineFrames.length; index++) this.#writeLine(index);
    this.#place = (this.#place + blockFrames) & lineMask;
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

  #readLine(index: number, heard: Float32Array, level: number): void {
    const line = this.#lines[index];
    const output = this.#outputs[index];
    const shared = this.#shared;
    const gain = this.#gains[index];
    const from = this.#place - lineFrames[index] + lineMemory;
    const keep = this.#keep;
    let dulled = this.#dulled[index];
    for (let frame = 0; frame < blockFrames; frame++) {
      const now = line[(from + frame) & lineMask];
      dulled = now + keep * (dulled - now);
      const value = gain * dulled;
      output[frame] = value;
      shared[frame] += 0.25 * value;
      heard[frame] += level * value;
    }
    this.#dulled[index] = dulled;
  }

  /** Householder matrix: every line gets its own output less a quarter of the sum of all. */
  #writeLine(index: number): void {
    const line = this.#lines[index];
    const output = this.#outputs[index];
    const shared = this.#shared;
    const input = this.#inputs[index % 2];
    const place = this.#place;
    for (let frame = 0; frame < blockFrames; frame++) {
      line[(place + frame) & lineMask] = output[frame] - shared[frame] + input[frame];
    }
  }
}
