/** Reads a run of bytes bit by bit, highest bit first. */
import { AudioDecodeError } from "../error.ts";

export class BitReader {
  readonly #bytes: Uint8Array;
  readonly #endBit: number;
  #bit = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#endBit = bytes.length * 8;
  }

  get bitsLeft(): number {
    return this.#endBit - this.#bit;
  }

  /** The next `count` (0 to 24) bits without moving; zeros stand for what lies behind the end. */
  peek(count: number): number {
    const at = this.#bit >> 3;
    const word =
      ((this.#bytes[at] ?? 0) << 24) |
      ((this.#bytes[at + 1] ?? 0) << 16) |
      ((this.#bytes[at + 2] ?? 0) << 8) |
      (this.#bytes[at + 3] ?? 0);
    return count === 0 ? 0 : (word << (this.#bit & 7)) >>> (32 - count);
  }

  /** Throws `AudioDecodeError` when fewer bits are left. */
  skip(count: number): void {
    this.#bit += count;
    if (this.#bit > this.#endBit) throw new AudioDecodeError("it is damaged: an AAC frame ends too early");
  }

  /** The next `count` (0 to 24) bits. Throws `AudioDecodeError` when fewer are left. */
  read(count: number): number {
    const value = this.peek(count);
    this.skip(count);
    return value;
  }

  flag(): boolean {
    return this.read(1) === 1;
  }

  /** Moves to the next whole byte, counted from the start of the run. */
  align(): void {
    this.skip((8 - (this.#bit & 7)) & 7);
  }
}
