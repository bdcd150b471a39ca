import { quantile } from "./units.ts";

/** Makes the median absolute deviation of a normal distribution its standard deviation (Rousseeuw & Croux 1993). */
const perMedianDeviation = 1.4826;
/** Standard error of a median against that of a mean, for normal errors. */
const medianLoss = 1.253;
/** Standard errors that hold the truth in 19 of 20 cases. */
const standardErrors = 1.96;

export interface RobustCentre {
  readonly median: number;
  /** What the standard deviation would be without the outliers. */
  readonly deviation: number;
  /** Half of the interval that holds the true median in 19 of 20 such samples. */
  readonly uncertainty: number;
}

/** Where values lie and how far they spread, in their own unit, which a few outliers do not move; NaN for none. */
export function robustCentreOf(values: readonly number[]): RobustCentre {
  const median = medianOf(values);
  const deviation = perMedianDeviation * medianOf(values.map((value) => Math.abs(value - median)));
  return {
    median,
    deviation,
    uncertainty: (standardErrors * medianLoss * deviation) / Math.sqrt(values.length),
  };
}

function medianOf(values: readonly number[]): number {
  return quantile(
    values.toSorted((a, b) => a - b),
    0.5,
  );
}
