/**
 * The last step of a deck's sound: a short line of stretched sound that is read a little faster or slower than it is
 * written. The stretcher needs some 50 ms until a new tempo sounds; this needs none. It changes the pitch, so it is kept
 * too small to hear, and hands over as soon as the stretcher's new tempo comes through the line.
 */
import { kernelOf } from "#domain/kernel.ts";
import type { DeckMotion } from "./deck-motion.ts";
import { varispeedKernel } from "./varispeed-kernel.ts";

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
const table = sincTable();

interface VarispeedKernel {
  read(
    line: number,
    mask: number,
    table: number,
    out: number,
    end: number,
    from: number,
    speed: number,
  ): void;
}

const openKernel = kernelOf<VarispeedKernel>(varispeedKernel);

/** Frames of one piece; the line holds so many pieces, a power of two. All memory is taken by the constructor. */
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
  readonly #kernel: VarispeedKernel;
  readonly #table: number;
  /** By channel: the addresses of a line and of what was read from it, and views of both. After a line its first taps follow again. */
  readonly #lineAt: readonly number[];
  readonly #soundAt: readonly number[];
  readonly #lines: readonly Float32Array[];
  readonly #sound: readonly Float32Array[];
  readonly #asked: readonly Asked[];
  /** Frames written since the beginning. */
  #written = 0;
  /** Where it reads, in frames since the beginning. */
  #at = -reserveFrames;

  /** `delayFrames`: a piece comes out of the stretcher so many frames after it was asked for. */
  constructor(channels: number, sampleRate: number, delayFrames: number) {
    this.#sampleRate = sampleRate;
    this.#delayFrames = delayFrames;
    const { exports, room, put, floats } = openKernel();
    this.#kernel = exports;
    this.#table = put(table);
    this.#lineAt = Array.from({ length: channels }, () => room(4 * (lineFrames + taps)));
    this.#soundAt = Array.from({ length: channels }, () => room(4 * pieceFrames));
    // All room is had: views stay valid.
    this.#lines = this.#lineAt.map((at) => floats(at, lineFrames + taps));
    this.#sound = this.#soundAt.map((at) => floats(at, pieceFrames));
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
      if (start > 0) continue;
      for (let frame = 0; frame < taps; frame++) line[lineFrames + frame] = from[frame] as number;
    }
    this.#written += pieceFrames;
  }

  /** The piece that sounds from `outputS` on, after the one that was written for it: a view for each channel that holds until the next call. */
  read(outputS: number, motion: DeckMotion): readonly Float32Array[] {
    const speed = this.#speedAt(this.#at, this.#written - pieceFrames, outputS, motion);
    const first = this.#at - taps / 2 + 1;
    const from = first - Math.floor(first / lineFrames) * lineFrames;
    for (let channel = 0; channel < this.#sound.length; channel++) {
      const out = this.#soundAt[channel] as number;
      const line = this.#lineAt[channel] as number;
      this.#kernel.read(line, lineFrames - 1, this.#table, out, out + 4 * pieceFrames, from, speed);
    }
    this.#at += speed * pieceFrames;
    const whole = Math.round(this.#at);
    if (Math.abs(this.#at - whole) < 0.01) this.#at = whole;
    return this.#sound;
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
}

function within(value: number, limit: number): number {
  return Math.max(-limit, Math.min(limit, value));
}

/** Rows of taps for each place 0..1 between two samples (both ends included): sinc under a Kaiser-like (Hann) window. */
function sincTable(): Float32Array {
  const rows = new Float32Array((places + 1) * taps);
  for (let place = 0; place <= places; place++) {
    let sum = 0;
    for (let tap = 0; tap < taps; tap++) {
      const x = tap - taps / 2 + 1 - place / places;
      const sinc = x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
      const value = sinc * Math.cos((Math.PI * x) / (taps + 1)) ** 2;
      rows[place * taps + tap] = value;
      sum += value;
    }
    for (let tap = 0; tap < taps; tap++)
      rows[place * taps + tap] = (rows[place * taps + tap] as number) / sum;
  }
  return rows;
}
