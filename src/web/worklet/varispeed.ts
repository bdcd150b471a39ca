/**
 * The last step of a deck's sound: a short line of stretched sound that is read a little faster or slower than it is
 * written. The stretcher needs some 50 ms until a new tempo sounds; this needs none. It changes the pitch, so it is kept
 * too small to hear, and hands over as soon as the stretcher's new tempo comes through the line.
 */
import type { DeckMotion } from "./deck-motion.ts";

/** 17 cents for some 50 ms: a third of a singer's vibrato; listeners notice about as much in steady tones. */
const utmostVarispeed = 0.01;
/** Back to the middle of the line afterwards: 2 cents. */
const returnSpeed = 0.001;
const returnS = 2;
/** Where the sound must be is met again this far ahead. */
const pursuitS = 0.01;
/** Farther off than this is a jump that was asked for, not a correction. */
const jumpS = 0.03;

/** A windowed sinc of so many taps, for so many places between two samples. */
const taps = 16;
const places = 512;
const kernel = sincTable();

/** Frames of one piece; the line holds so many pieces. All memory is taken by the constructor. */
const pieceFrames = 128;
const pieces = 64;
const lineFrames = pieceFrames * pieces;
/** Read so far behind what is written last: room for the taps and for 7 ms of reading ahead. */
const reserveFrames = 384;

interface Asked {
  /** Source position in seconds of the piece's first frame; NaN while nothing played. */
  sourceS: number;
  rate: number;
}

export class Varispeed {
  readonly #sampleRate: number;
  readonly #delayFrames: number;
  readonly #lines: readonly Float32Array[];
  readonly #asked: readonly Asked[];
  /** Frames written since the beginning. */
  #written = 0;
  /** Where it reads, in frames since the beginning. */
  #at = -reserveFrames;

  /** `delayFrames`: a piece comes out of the stretcher so many frames after it was asked for. */
  constructor(channels: number, sampleRate: number, delayFrames: number) {
    this.#sampleRate = sampleRate;
    this.#delayFrames = delayFrames;
    this.#lines = Array.from({ length: channels }, () => new Float32Array(lineFrames));
    this.#asked = Array.from({ length: pieces }, () => ({ sourceS: Number.NaN, rate: 1 }));
  }

  /** Forgets all sound. */
  clear(): void {
    for (const line of this.#lines) line.fill(0);
    for (const asked of this.#asked) asked.sourceS = Number.NaN;
    this.#at = this.#written - reserveFrames;
  }

  /**
   * When what is asked of the stretcher at `outputS` will be heard: reading goes on as `read` would until then. Without
   * this look ahead each correction would be answered by the next one, a line's length later.
   */
  heardS(outputS: number, motion: DeckMotion): number {
    const end = this.#written + this.#delayFrames;
    let at = this.#at;
    let frames = 0;
    for (;;) {
      const speed = this.#speedAt(at, this.#written + frames, outputS + frames / this.#sampleRate, motion);
      if (at + pieceFrames * speed >= end) return outputS + (frames + (end - at) / speed) / this.#sampleRate;
      at += pieceFrames * speed;
      frames += pieceFrames;
    }
  }

  /** Takes the piece that came out as the piece at `sourceS` (NaN: none) was asked for. */
  write(sound: readonly Float32Array[], sourceS: number, rate: number): void {
    const asked = this.#asked[(this.#written / pieceFrames) % pieces] as Asked;
    asked.sourceS = sourceS;
    asked.rate = rate;
    const start = this.#written % lineFrames;
    for (let channel = 0; channel < this.#lines.length; channel++) {
      const line = this.#lines[channel] as Float32Array;
      const from = sound[channel] as Float32Array;
      for (let frame = 0; frame < pieceFrames; frame++) line[start + frame] = from[frame] as number;
    }
    this.#written += pieceFrames;
  }

  /** Reads the piece that sounds from `outputS` on, after the one that was written for it. */
  read(output: readonly Float32Array[], outputS: number, motion: DeckMotion): void {
    const speed = this.#speedAt(this.#at, this.#written - pieceFrames, outputS, motion);
    for (let channel = 0; channel < output.length; channel++) {
      const line = this.#lines[channel];
      if (line !== undefined) this.#readLine(line, output[channel] as Float32Array, speed);
    }
    this.#at += speed * pieceFrames;
    const whole = Math.round(this.#at);
    if (Math.abs(this.#at - whole) < 0.01) this.#at = whole;
  }

  /** How fast to read on from `at` when `written` frames are there and the time is `outputS`. */
  #speedAt(at: number, written: number, outputS: number, motion: DeckMotion): number {
    const offFrames = at - (written - reserveFrames);
    const homing = within(-offFrames / this.#sampleRate / returnS, returnSpeed);
    const thenS = outputS + pursuitS;
    const then = at + pursuitS * this.#sampleRate - this.#delayFrames;
    const asked = this.#asked[Math.floor(then / pieceFrames) % pieces];
    const known = then < this.#written && asked !== undefined && !Number.isNaN(asked.sourceS);
    if (!known || motion.rateAt(thenS) === null) return 1 + homing;
    const intoS = (then - Math.floor(then / pieceFrames) * pieceFrames) / this.#sampleRate;
    const offS = (motion.sourceAt(thenS) - asked.sourceS) / asked.rate - intoS;
    if (Math.abs(offS) > jumpS) return 1 + homing;
    const speed = within(homing + offS / pursuitS, utmostVarispeed);
    // It must not overtake what is written.
    return speed > 0 && offFrames > reserveFrames - 2 * taps ? 1 : 1 + speed;
  }

  #readLine(line: Float32Array, output: Float32Array, speed: number): void {
    const exact = speed === 1 && Number.isInteger(this.#at);
    for (let frame = 0; frame < output.length; frame++) {
      const at = this.#at + frame * speed;
      const whole = Math.floor(at);
      if (exact) {
        output[frame] = line[(whole + lineFrames) % lineFrames] as number;
        continue;
      }
      const row = Math.round((at - whole) * places) * taps;
      const first = whole - taps / 2 + 1 + lineFrames;
      let sum = 0;
      for (let tap = 0; tap < taps; tap++) {
        sum += (line[(first + tap) % lineFrames] as number) * (kernel[row + tap] as number);
      }
      output[frame] = sum;
    }
  }
}

function within(value: number, limit: number): number {
  return Math.max(-limit, Math.min(limit, value));
}

/** Rows of taps for each place 0..1 between two samples (both ends included): sinc under a Kaiser-like (Hann) window. */
function sincTable(): Float32Array {
  const table = new Float32Array((places + 1) * taps);
  for (let place = 0; place <= places; place++) {
    let sum = 0;
    for (let tap = 0; tap < taps; tap++) {
      const x = tap - taps / 2 + 1 - place / places;
      const sinc = x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
      const value = sinc * Math.cos((Math.PI * x) / (taps + 1)) ** 2;
      table[place * taps + tap] = value;
      sum += value;
    }
    for (let tap = 0; tap < taps; tap++)
      table[place * taps + tap] = (table[place * taps + tap] as number) / sum;
  }
  return table;
}
