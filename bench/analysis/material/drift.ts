import type { RandomSource } from "#domain/seeded-random.ts";

/** Most that the tempo leaves its mean: what a band without a click does at its worst. */
const mostShare = 0.06;

/** Bends time as a band without a click does: tempo wanders by up to 6 % over half a minute or so. Ascending, 0 -> 0. */
export function driftingTime(random: RandomSource): (s: number) => number {
  const waves = [0.7, 0.3].map((part, i) => ({
    depth: part * mostShare,
    periodS: (i === 0 ? 40 : 15) * (0.7 + 0.6 * random()),
    phase: 2 * Math.PI * random(),
  }));
  // The integral of 1 + depth sin(2 pi t / period + phase).
  return (s) =>
    waves.reduce((bent, { depth, periodS, phase }) => {
      const turn = (2 * Math.PI) / periodS;
      return bent + (depth / turn) * (Math.cos(phase) - Math.cos(turn * s + phase));
    }, s);
}
