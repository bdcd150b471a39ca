import type { Sport } from "#domain/class-plan.ts";
import type { Milliseconds } from "#domain/units.ts";
import type { Deck } from "./deck.ts";
import { lockPeriod } from "./track-fit.ts";

/**
 * Beat minus stroke in ms for a stroke at the top of the unit whose sound leaves the graph at `outputMs`; null while the
 * deck plays no beats. `unitsPerS` is the cadence of the moment.
 */
export function beatErrorMs(
  deck: Deck,
  sport: Sport,
  outputMs: Milliseconds,
  unitsPerS: number,
): Milliseconds | null {
  if (!deck.led || outputMs < deck.startMs) return null;
  const period = lockPeriod(sport, deck.tempoRatio);
  // A stroke is a whole number of units, wherever they are counted from: only the deck's phase is left.
  const behind = -deck.exactPhaseAt(outputMs);
  return ((behind - period * Math.round(behind / period)) / unitsPerS) * 1000;
}
