/** A list of floats that doubles as it fills. */
export class Growing {
  private values = new Float32Array(4096);
  private length = 0;

  add(value: number): void {
    if (this.length === this.values.length) this.grow(this.length + 1);
    this.values[this.length++] = value;
  }

  addAll(values: Float32Array): void {
    if (this.length + values.length > this.values.length) this.grow(this.length + values.length);
    this.values.set(values, this.length);
    this.length += values.length;
  }

  private grow(least: number): void {
    const larger = new Float32Array(Math.max(least, 2 * this.values.length));
    larger.set(this.values);
    this.values = larger;
  }

  /** What was added so far, in place: it is the caller's when nothing more is added. */
  all(): Float32Array {
    return this.values.subarray(0, this.length);
  }
}
