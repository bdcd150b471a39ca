import type { SoundtrackMetrics } from "../soundtrack.ts";
import type { Placed } from "./align.ts";
import { camelotDistance } from "./objective.ts";

/** Pearson correlation of weighted pairs; 0 where one side never changes. */
function correlation(pairs: readonly { a: number; b: number; weight: number }[]): number {
  const total = pairs.reduce((sum, { weight }) => sum + weight, 0);
  const meanA = pairs.reduce((sum, { a, weight }) => sum + a * weight, 0) / total;
  const meanB = pairs.reduce((sum, { b, weight }) => sum + b * weight, 0) / total;
  let ab = 0;
  let aa = 0;
  let bb = 0;
  for (const { a, b, weight } of pairs) {
    ab += weight * (a - meanA) * (b - meanB);
    aa += weight * (a - meanA) ** 2;
    bb += weight * (b - meanB) ** 2;
  }
  return aa > 1e-9 && bb > 1e-9 ? ab / Math.sqrt(aa * bb) : 0;
}

/** Figures of a soundtrack. Where the class has no cadence at all, nothing is off: 100 % within, 0 % stretched. */
export function metricsOf(placed: readonly Placed[]): SoundtrackMetrics {
  let cadencedS = 0;
  let within4S = 0;
  let within8S = 0;
  let stretched = 0;
  const energies: { a: number; b: number; weight: number }[] = [];
  for (const { track, played } of placed) {
    for (const { startS, endS, cadence, energy, fit, rate } of played) {
      const lengthS = endS - startS;
      energies.push({ a: energy, b: track.energy, weight: lengthS });
      if (cadence === null) continue;
      const off = fit === null ? Infinity : Math.abs(fit.stretch - 1);
      cadencedS += lengthS;
      if (off <= 0.04) within4S += lengthS;
      if (off <= 0.08) within8S += lengthS;
      stretched += lengthS * Math.abs(rate - 1);
    }
  }
  const changes = placed.slice(1).map((now, index) => ({ before: placed[index], now }));
  const compatible = changes.filter(
    ({ before, now }) => camelotDistance(before?.track.key ?? null, now.track.key) <= 1,
  ).length;
  return {
    timeWithin4Pct: cadencedS > 0 ? (100 * within4S) / cadencedS : 100,
    timeWithin8Pct: cadencedS > 0 ? (100 * within8S) / cadencedS : 100,
    meanStretchPct: cadencedS > 0 ? (100 * stretched) / cadencedS : 0,
    energyCorrelation: correlation(energies),
    keyCompatiblePct: changes.length > 0 ? (100 * compatible) / changes.length : 100,
    repeats: placed.length - new Set(placed.map(({ track }) => track.id)).size,
  };
}
