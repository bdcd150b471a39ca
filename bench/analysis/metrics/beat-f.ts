/** How many beats are hit (Dixon 2007; Davies, Degara & Plumbley 2009). */

/** Tolerance to each side of a true beat. */
const sameBeatS = 0.07;

/** F-measure of two ascending lists of times, each true one hit at most once: 0..1. */
export function beatF(truth: readonly number[], found: readonly number[]): number {
  if (truth.length === 0 || found.length === 0) return 0;
  let hits = 0;
  let next = 0;
  for (const beat of truth) {
    while (next < found.length && found[next] < beat - sameBeatS) next++;
    if (next < found.length && found[next] <= beat + sameBeatS) {
      hits++;
      next++;
    }
  }
  return (2 * hits) / (truth.length + found.length);
}

/** Those from `fromS` to `toS`, the tolerance included. */
export function within(times: readonly number[], fromS: number, toS: number): number[] {
  return times.filter((time) => time >= fromS - sameBeatS && time <= toS + sameBeatS);
}
