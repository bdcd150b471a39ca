/** Tracked beats jitter by an onset frame; recorded to a click, a track's true beats lie on a line. */
import { quantile } from "#domain/units.ts";

/** A beat this far from the line is not explained by it. */
const onLineS = 0.04;
/** With this share of beats on one line, the track was made to a click. */
const clickShare = 0.8;
/** Beats to each side that a drifting beat is smoothed over. */
const smoothBeats = 6;
const fitRounds = 6;

export interface Line {
  readonly startS: number;
  readonly beatS: number;
}

export interface SteadyGrid {
  readonly beatsS: readonly number[];
  readonly tempoBpm: number;
  /** Share of tracked beats that lie on one line. */
  readonly steadiness: number;
}

export function medianInterval(beatsS: readonly number[]): number {
  const gaps = beatsS.slice(1).map((beat, i) => beat - (beatsS[i] ?? beat));
  return quantile(
    gaps.toSorted((a, b) => a - b),
    0.5,
  );
}

/** Least-squares line through (number, time) of beats, those with `weights` 0 left out. */
function fitLine(
  numbers: readonly number[],
  times: readonly number[],
  weights: readonly number[],
): Line | null {
  let [w, x, y, xx, xy] = [0, 0, 0, 0, 0];
  for (const [i, weight] of weights.entries()) {
    w += weight;
    x += weight * numbers[i];
    y += weight * times[i];
    xx += weight * numbers[i] * numbers[i];
    xy += weight * numbers[i] * times[i];
  }
  const spread = w * xx - x * x;
  if (w < 2 || spread <= 0) return null;
  const beatS = (w * xy - x * y) / spread;
  return { beatS, startS: (y - beatS * x) / w };
}

/** How many beats each lies after the first, skipped beats counted; re-counted against a line when there is one. */
function beatNumbers(beatsS: readonly number[], line: Line): number[] {
  return beatsS.map((beat) => Math.round((beat - line.startS) / line.beatS));
}

/** The line most beats agree with: starts from the stretch of beats that spreads least, and grows from there. */
function robustLine(beatsS: readonly number[]): { readonly line: Line; readonly share: number } | null {
  const interval = medianInterval(beatsS);
  let best: { line: Line; share: number } | null = null;
  for (const seed of [0.5, 0.25, 0.75, 0]) {
    const from = Math.floor(seed * Math.max(0, beatsS.length - 32));
    const window = beatsS.slice(from, from + 32);
    let line: Line | null = fitLine(
      beatNumbers(window, { startS: window[0], beatS: interval }),
      window,
      window.map(() => 1),
    );
    // Grows the stretch so that a small error of the interval never miscounts distant beats.
    for (let round = 1; round <= fitRounds && line !== null; round++) {
      const reach = Math.ceil((beatsS.length * round) / (fitRounds - 1));
      const near = beatsS.slice(Math.max(0, from - reach), from + 32 + reach);
      const numbers = beatNumbers(near, line);
      const current: Line = line;
      const weights = near.map((beat, i) =>
        Math.abs(beat - current.startS - current.beatS * numbers[i]) < onLineS ? 1 : 0,
      );
      line = fitLine(numbers, near, weights);
    }
    if (line === null || !(line.beatS > 0)) continue;
    const { startS, beatS } = line;
    const numbers = beatNumbers(beatsS, line);
    const on = beatsS.filter((beat, i) => Math.abs(beat - startS - beatS * numbers[i]) < onLineS).length;
    const share = on / beatsS.length;
    if (best === null || share > best.share) best = { line, share };
  }
  return best;
}

/** Each beat by a line through its neighbours: takes the frame jitter out and leaves the drift in. */
function smoothed(beatsS: readonly number[]): number[] {
  return beatsS.map((beat, i) => {
    const from = Math.max(0, i - smoothBeats);
    const near = beatsS.slice(from, i + smoothBeats + 1);
    const interval = medianInterval(near);
    const line = fitLine(
      near.map((other) => Math.round((other - beat) / interval)),
      near,
      near.map((other) => 1 / (1 + Math.abs(Math.round((other - beat) / interval)))),
    );
    return line === null || Math.abs(line.startS - beat) > onLineS ? beat : line.startS;
  });
}

/** The grid of a track from its tracked beats: an exact line over the whole track when it was made to a click. */
export function steadyGrid(tracked: readonly number[], durationS: number): SteadyGrid | null {
  if (tracked.length < 4) return null;
  const found = robustLine(tracked);
  if (found !== null && found.share >= clickShare) {
    const { startS, beatS } = found.line;
    const first = Math.ceil((-startS - onLineS) / beatS);
    const last = Math.floor((durationS - startS) / beatS);
    const beatsS = Array.from({ length: last - first + 1 }, (_, i) =>
      Math.max(0, startS + (first + i) * beatS),
    );
    return { beatsS, tempoBpm: 60 / beatS, steadiness: found.share };
  }
  const beatsS = smoothed(tracked).filter((beat, i, all) => i === 0 || beat > all[i - 1] + 0.05);
  return { beatsS, tempoBpm: 60 / medianInterval(beatsS), steadiness: found?.share ?? 0 };
}
