/** White noise from a seed: the same file always gives the same samples, on the server and in the browser. */
export class Noise {
  #state = 0x1f2e3d4c;

  /** The next value, -1..1 (a linear congruential generator: Numerical Recipes, 7.1). */
  next(): number {
    this.#state = (Math.imul(this.#state, 1_664_525) + 1_013_904_223) | 0;
    return this.#state / 0x8000_0000;
  }
}
