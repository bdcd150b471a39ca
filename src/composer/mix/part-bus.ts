import type { Automation } from "../score.ts";
import type { NoteSound } from "../synth/voice.ts";
import { blockFrames } from "./block.ts";

/** A sound placed in time. */
export interface PlacedSound {
  readonly startFrame: number;
  readonly sound: NoteSound;
  readonly gainLeft: number;
  readonly gainRight: number;
}

/** Plays placed sounds in order, block by block; memory does not grow with the track. */
export class PartBus {
  readonly left = new Float32Array(blockFrames);
  readonly right = new Float32Array(blockFrames);
  readonly #placed: readonly PlacedSound[];
  #next = 0;
  #playing: PlacedSound[] = [];

  constructor(placed: readonly PlacedSound[]) {
    this.#placed = placed.toSorted((one, other) => one.startFrame - other.startFrame);
  }

  /** Fills `left` and `right` with the block from `blockStart`; false when the part is silent there. */
  playBlock(blockStart: number): boolean {
    const blockEnd = blockStart + blockFrames;
    this.left.fill(0);
    this.right.fill(0);
    while (this.#next < this.#placed.length && this.#placed[this.#next].startFrame < blockEnd) {
      this.#playing.push(this.#placed[this.#next]);
      this.#next += 1;
    }
    if (this.#playing.length === 0) return false;
    let ended = false;
    for (const placed of this.#playing) {
      const { sound, startFrame, gainLeft, gainRight } = placed;
      const from = Math.max(blockStart, startFrame);
      const to = Math.min(blockEnd, startFrame + sound.left.length);
      mixInto(this.left, from - blockStart, sound.left, from - startFrame, to - from, gainLeft);
      mixInto(this.right, from - blockStart, sound.right, from - startFrame, to - from, gainRight);
      ended ||= to < blockEnd || to === startFrame + sound.left.length;
    }
    if (ended)
      this.#playing = this.#playing.filter((one) => one.startFrame + one.sound.left.length > blockEnd);
    return true;
  }
}

function mixInto(
  into: Float32Array,
  at: number,
  source: Float32Array,
  from: number,
  count: number,
  gain: number,
): void {
  for (let index = 0; index < count; index++) into[at + index] += gain * source[from + index];
}

/** A stereo low-pass of 12 dB per octave whose cut-off may move each block. */
export class SweptFilter {
  readonly #state = new Float64Array(4);
  readonly #sampleRate: number;

  constructor(sampleRate: number) {
    this.#sampleRate = sampleRate;
  }

  filterBlock(left: Float32Array, right: Float32Array, cutoffHz: number): void {
    const g = Math.tan((Math.PI * Math.min(cutoffHz, 0.45 * this.#sampleRate)) / this.#sampleRate);
    this.#filterSide(left, 0, g);
    this.#filterSide(right, 2, g);
  }

  #filterSide(samples: Float32Array, at: number, g: number): void {
    const a1 = 1 / (1 + g * (g + Math.SQRT2));
    const a2 = g * a1;
    const a3 = g * a2;
    let ic1 = this.#state[at];
    let ic2 = this.#state[at + 1];
    for (let frame = 0; frame < samples.length; frame++) {
      const v3 = samples[frame] - ic2;
      const v1 = a1 * ic1 + a2 * v3;
      const v2 = ic2 + a2 * ic1 + a3 * v3;
      ic1 = 2 * v1 - ic1;
      ic2 = 2 * v2 - ic2;
      samples[frame] = v2;
    }
    this.#state[at] = ic1;
    this.#state[at + 1] = ic2;
  }
}

/** The automation's value at a beat, in straight lines on a logarithmic scale (frequencies). */
export function automationAt(automation: Automation, beat: number): number {
  let before = automation[0];
  for (const point of automation) {
    if (point.beat > beat) {
      const share = (beat - before.beat) / (point.beat - before.beat);
      return before.value * (point.value / before.value) ** Math.max(0, share);
    }
    before = point;
  }
  return before.value;
}
