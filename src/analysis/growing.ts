/** A list of floats that doubles as it fills. */
export class Growing {
  private values = new Float32Array(4096);
  private length = 0;

  add(value: number): void {
    if (this.length === this.values.length) {
      const larger = new Float32Array(this.length * 2);
      larger.set(this.values);
      this.values = larger;
    }
    this.values[this.length++] = value;
  }

  /** What was added so far, in place: it is the caller's when nothing more is added. */
  all(): Float32Array {
    return this.values.subarray(0, this.length);
  }
}
