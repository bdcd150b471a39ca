import type { StyleRecipe } from "./style-recipe.ts";

/**
 * Moves a beat position by the style's swing: inside each pair of units the second starts late by `amount` of a unit,
 * everything between is stretched along. Pairs start on beats or their halves, so beats themselves never move.
 */
export function swungBeat(beat: number, swing: StyleRecipe["swing"]): number {
  const pairBeats = 2 * swing.unitBeats;
  const pair = Math.floor(beat / pairBeats + 1e-9);
  const within = Math.max(0, beat / pairBeats - pair);
  const middle = 0.5 + swing.amount / 2;
  const moved = within < 0.5 ? (within / 0.5) * middle : middle + ((within - 0.5) / 0.5) * (1 - middle);
  return (pair + moved) * pairBeats;
}
