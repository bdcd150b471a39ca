/** Is the tempo right (Gouyon et al. 2006)? */

const toleranceShare = 0.04;
const otherLevels = [1, 2, 3, 1 / 2, 1 / 3];

/** Tempo of ascending beats by their median interval, BPM; null for fewer than two. */
export function tempoOf(beatsS: readonly number[]): number | null {
  const gaps = beatsS
    .slice(1)
    .map((beat, i) => beat - beatsS[i])
    .toSorted((a, b) => a - b);
  const middle = gaps[Math.floor(gaps.length / 2)];
  return middle === undefined ? null : 60 / middle;
}

/** Accuracy 1: within 4 % of the truth. */
export function isTempoRight(truthBpm: number, foundBpm: number | null): boolean {
  return foundBpm !== null && Math.abs(foundBpm / truthBpm - 1) <= toleranceShare;
}

/** Accuracy 2: the same, two or three times faster or slower allowed. */
export function isTempoRightAtSomeLevel(truthBpm: number, foundBpm: number | null): boolean {
  return otherLevels.some((level) => isTempoRight(truthBpm * level, foundBpm));
}
