/** Beats that are right along with their neighbours (Hainsworth 2004; Klapuri et al. 2006; Davies et al. 2009). */

/** Share of the interval that a beat, and its interval, may be off. */
const tolerance = 0.175;

function nearest(times: readonly number[], time: number): number {
  let best = 0;
  for (let i = 1; i < times.length; i++) {
    if (Math.abs(times[i] - time) < Math.abs(times[best] - time)) best = i;
  }
  return best;
}

/** CMLt: share of beats that lie on the truth at its own metrical level, their interval right too. */
export function cmlt(truth: readonly number[], found: readonly number[]): number {
  if (truth.length < 2 || found.length < 2) return 0;
  const used = new Set<number>();
  let right = 0;
  for (const [i, beat] of found.entries()) {
    const match = nearest(truth, beat);
    if (used.has(match)) continue;
    // The first beats look at the interval after them, all others at the one before.
    const step = i === 0 || match === 0 ? 1 : -1;
    const trueInterval = Math.abs((truth[match + step] ?? NaN) - truth[match]);
    const foundInterval = Math.abs((found[i + step] ?? NaN) - beat);
    const offPhase = Math.abs(beat - truth[match]) / trueInterval;
    const offPeriod = Math.abs(1 - foundInterval / trueInterval);
    if (!(offPhase < tolerance && offPeriod < tolerance)) continue;
    used.add(match);
    right++;
  }
  return right / Math.max(truth.length, found.length);
}

/** AMLt: the same at the best of the levels a listener may also tap: off the beat, twice and half as fast. */
export function amlt(truth: readonly number[], found: readonly number[]): number {
  const between = truth.slice(1).map((beat, i) => (beat + truth[i]) / 2);
  const doubled = [...truth, ...between].toSorted((a, b) => a - b);
  const every = (phase: number) => truth.filter((_, i) => i % 2 === phase);
  return Math.max(...[truth, between, doubled, every(0), every(1)].map((level) => cmlt(level, found)));
}
