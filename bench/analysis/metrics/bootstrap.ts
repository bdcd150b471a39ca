import { randomIndex, type RandomSource } from "#domain/seeded-random.ts";
import { quantile } from "#domain/units.ts";

const rounds = 2000;

/** Mean, and the interval in which 95 % of the means of resampled values lie (Efron 1979). */
export interface MeanInterval {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

export function meanInterval(values: readonly number[], random: RandomSource): MeanInterval | null {
  if (values.length === 0) return null;
  const meanOf = (list: readonly number[]) => list.reduce((sum, value) => sum + value, 0) / list.length;
  const means = Array.from({ length: rounds }, () =>
    meanOf(values.map(() => values[randomIndex(random, values.length)])),
  ).toSorted((a, b) => a - b);
  return { mean: meanOf(values), low: quantile(means, 0.025), high: quantile(means, 0.975) };
}
