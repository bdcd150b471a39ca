/** Bytes of a stream that are still needed: added behind, dropped in front, without copying them again each time. */
export class ByteQueue {
  #buffer = new Uint8Array(1 << 16);
  #from = 0;
  #to = 0;
  /** Bytes still to come that are dropped already. */
  #skip = 0;
  #position = 0;

  /** What is held; valid until the next `add`. */
  get bytes(): Uint8Array {
    return this.#buffer.subarray(this.#from, this.#to);
  }

  /** Where `bytes` begins in the stream. */
  get position(): number {
    return this.#position;
  }

  add(chunk: Uint8Array): void {
    const skipped = Math.min(this.#skip, chunk.length);
    this.#skip -= skipped;
    this.#position += skipped;
    const fresh = chunk.subarray(skipped);
    if (this.#to + fresh.length > this.#buffer.length) {
      const held = this.bytes;
      const needed = held.length + fresh.length;
      // Moving costs as much as what is held, so it happens only when at least that much has been added since.
      const buffer =
        2 * needed > this.#buffer.length ? new Uint8Array(Math.max(2 * needed, 1 << 16)) : this.#buffer;
      if (buffer === this.#buffer) buffer.copyWithin(0, this.#from, this.#to);
      else buffer.set(held);
      [this.#buffer, this.#from, this.#to] = [buffer, 0, held.length];
    }
    this.#buffer.set(fresh, this.#to);
    this.#to += fresh.length;
  }

  /** Drops the next `count` bytes, also those that are still to come. */
  drop(count: number): void {
    const held = Math.min(count, this.#to - this.#from);
    this.#from += held;
    this.#position += held;
    this.#skip += count - held;
  }
}
