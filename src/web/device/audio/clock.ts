/**
 * Host time (performance.now(), ms) against audio time (AudioContext, s). The browser tells pairs of the two that
 * belong together at the output device, with a few ms of jitter; the offset between them is smoothed, and let jump
 * only when the device really skipped.
 */
export interface TimePair {
  readonly contextS: number;
  readonly hostMs: number;
}

/** Pairs averaged: with one each 50 ms about two seconds. */
const memory = 40;
/** Farther off than this the device was suspended or changed: forget the past. */
const jumpMs = 30;

export class AudioClock {
  #offsets: number[] = [];
  #offsetMs = 0;

  /** Takes note of one pair. */
  observe({ contextS, hostMs }: TimePair): void {
    const offset = hostMs - contextS * 1000;
    if (this.#offsets.length > 0 && Math.abs(offset - this.#offsetMs) > jumpMs) this.#offsets = [];
    this.#offsets.push(offset);
    if (this.#offsets.length > memory) this.#offsets.shift();
    const sorted = this.#offsets.toSorted((a, b) => a - b);
    this.#offsetMs = sorted[sorted.length >> 1] ?? offset;
  }

  toContextS(hostMs: number): number {
    return (hostMs - this.#offsetMs) / 1000;
  }

  toHostMs(contextS: number): number {
    return contextS * 1000 + this.#offsetMs;
  }
}
