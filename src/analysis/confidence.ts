/** How far a grid can be trusted. */
import type { Share } from "#domain/units.ts";
import { beatTrust } from "./metrical-level-weights.ts";

/** Two beats this close are the same one: the usual tolerance of beat evaluation (Davies et al. 2009). */
const sameBeatS = 0.07;
/** A grid at the wrong level still hits two beats in three: where 91 % of grids are right, 97 % of their beats are. */
export const confidentFrom = 0.9;
/** Beneath this the grid is no better than none. */
export const usableFrom = 0.4;

/** F-measure of two ascending lists of beats, 0..1. */
export function agreement(a: readonly number[], b: readonly number[]): Share {
  if (a.length === 0 || b.length === 0) return 0;
  let hits = 0;
  let j = 0;
  for (const beat of a) {
    while (j < b.length && b[j] < beat - sameBeatS) j++;
    if (j < b.length && Math.abs(b[j] - beat) <= sameBeatS) {
      hits++;
      j++;
    }
  }
  return (2 * hits) / (a.length + b.length);
}

/**
 * The probability that the grid is right: that its level is the one that is counted (`levelChance`), and that its beats lie where
 * they are counted, by how sure the network was of them (`meanChance`). Weights from training/metrical-level/fit.py.
 */
export function tempoConfidence(levelChance: Share, meanChance: Share): Share {
  return levelChance / (1 + Math.exp(-(beatTrust.bias + beatTrust.chance * meanChance)));
}
