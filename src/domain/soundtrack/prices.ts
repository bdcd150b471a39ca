import { passForward } from "./passes.ts";
import { relaxedPath, type Relaxation } from "./relaxation.ts";

export function priceSum({ prices }: Relaxation): number {
  let sum = 0;
  for (let track = 0; track < prices.length; track += 1) sum += prices[track]!;
  return sum;
}

/** Rounds without a better bound before steps become shorter. */
const patience = 6;
/** Steps this short no longer move the bound. */
const leastBoldness = 0.01;
/** Where no soundtrack is known yet, the goal of the steps: this far above the best bound. */
const hopedGap = 1.04;

/**
 * Raises the prices of tracks the relaxed path uses more than once and lowers those of tracks it leaves out
 * (subgradient steps, length by Polyak 1969, direction smoothed as in Camerini, Fratta & Maffioli 1975). Leaves the best
 * prices in place and answers their bound. `knownCost` is that of a soundtrack, Infinity when none is known.
 */
export function adjustPrices(
  relaxation: Relaxation,
  active: Int32Array,
  rounds: number,
  knownCost: number,
): number {
  const { prices, instance } = relaxation;
  const best = prices.slice();
  const direction = new Float64Array(prices.length);
  const uses = new Int32Array(prices.length);
  let bestBound = -Infinity;
  let boldness = 1;
  let sinceBetter = 0;
  for (let round = 0; round < rounds && boldness > leastBoldness; round += 1) {
    const bound = passForward(relaxation, active) - priceSum(relaxation);
    sinceBetter += 1;
    if (bound > bestBound + 1e-9) {
      bestBound = bound;
      best.set(prices);
      sinceBetter = 0;
    } else if (sinceBetter >= patience) {
      boldness /= 2;
      sinceBetter = 0;
      prices.set(best);
      direction.fill(0);
      continue;
    }
    if (knownCost - bestBound < 1e-4 * knownCost) break;
    uses.fill(0);
    for (const { track } of relaxedPath(relaxation)) uses[track]! += 1;
    let length = 0;
    for (const track of active) {
      const slope = uses[track]! - 1;
      const free = prices[track]! > 0 || slope > 0 ? slope : 0;
      direction[track] = free === 0 ? 0 : 0.5 * direction[track]! + free;
      length += direction[track] ** 2;
    }
    if (length === 0) break;
    const goal = Math.min(knownCost, Math.max(bestBound, 0) * hopedGap + 1);
    const step = (boldness * Math.max(goal - bound, 0.005 * goal)) / length;
    for (const track of active) {
      prices[track] = Math.min(instance.repeatCost, Math.max(0, prices[track]! + step * direction[track]!));
    }
  }
  prices.set(best);
  return bestBound;
}
