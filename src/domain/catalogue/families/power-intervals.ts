import type { Intensity, Sport } from "../../class-plan.ts";
import type { Cadence } from "../../units.ts";
import { minutes, steady, type ClassDraft } from "../draft.ts";
import type { Effort } from "../effort.ts";
import { intervalClass, levelByRank, type IntervalRow } from "./intervals.ts";

/** Minutes: repetitions, work, rest. Sorted by the work they hold. */
type Plan = readonly [reps: number, workMin: number, restMin: number];

const tempoPlans: readonly Plan[] = [
  [2, 8, 3],
  [1, 20, 3],
  [2, 10, 3],
  [3, 8, 2],
  [1, 30, 3],
  [2, 15, 4],
  [3, 10, 3],
  [5, 6, 2],
  [2, 20, 5],
  [4, 10, 2],
  [3, 15, 4],
  [3, 20, 4],
];
const sweetSpotPlans: readonly Plan[] = [
  [2, 8, 3],
  [2, 10, 4],
  [3, 8, 3],
  [2, 12, 4],
  [3, 10, 4],
  [2, 15, 5],
  [4, 8, 3],
  [3, 12, 4],
  [2, 20, 5],
  [4, 10, 4],
  [5, 8, 3],
  [3, 15, 5],
  [4, 12, 4],
  [3, 20, 5],
];
const thresholdPlans: readonly Plan[] = [
  [2, 8, 4],
  [4, 4, 2],
  [3, 6, 3],
  [3, 8, 3],
  [4, 6, 3],
  [5, 5, 2],
  [2, 12, 5],
  [3, 10, 4],
  [6, 5, 2],
  [2, 15, 5],
  [4, 8, 3],
  [3, 12, 4],
  [2, 20, 5],
  [4, 10, 4],
];

interface Variant {
  readonly sport: Sport;
  readonly slug: string;
  readonly name: string;
  readonly effort: Effort;
  readonly intensity: Intensity;
  readonly cadence?: Cadence;
  readonly purpose: string;
}

function fromPlans(
  family: string,
  label: string,
  plans: readonly Plan[],
  variants: readonly Variant[],
): ClassDraft[] {
  return variants.flatMap((variant) =>
    plans.map(([reps, workMin, restMin], index) =>
      intervalClass({
        ...variant,
        family,
        label,
        reps,
        workS: minutes(workMin),
        restS: minutes(restMin),
        level: levelByRank(index, plans.length),
        ...rollOutFor(variant),
      }),
    ),
  );
}

/** After slow heavy pedalling the legs turn freely again before the cool-down. */
function rollOutFor(variant: Variant): Pick<IntervalRow, "rollOut"> {
  const heavy = variant.sport === "cycling" && (variant.cadence ?? 90) < 80;
  return heavy ? { rollOut: steady("Roll out", 60, 0.55, { cadence: 88 }) } : {};
}

export const tempo = (): ClassDraft[] =>
  fromPlans("tempo", "Tempo", tempoPlans, [
    {
      sport: "cycling",
      slug: "tempo",
      name: "Tempo",
      effort: 0.82,
      intensity: "moderate",
      purpose: "Brisk, not yet hard: the pace of a long day with somewhere to be.",
    },
    {
      sport: "cycling",
      slug: "tempo-big-gear",
      name: "Big-gear tempo",
      effort: 0.8,
      cadence: 68,
      intensity: "moderate",
      purpose: "Slow, heavy pedalling builds force without haste.",
    },
    {
      sport: "cycling",
      slug: "tempo-fast-legs",
      name: "Fast-leg tempo",
      effort: 0.78,
      cadence: 98,
      intensity: "moderate",
      purpose: "A light gear and quick feet teach a smooth stroke.",
    },
    {
      sport: "running",
      slug: "tempo-run",
      name: "Tempo run",
      effort: 0.83,
      intensity: "moderate",
      purpose: "Brisk and even; you finish knowing you could have gone on.",
    },
    {
      sport: "rowing",
      slug: "tempo-row",
      name: "Tempo row",
      effort: 0.82,
      intensity: "moderate",
      purpose: "Long strokes with intent, the same split from first to last.",
    },
    {
      sport: "rowing",
      slug: "low-rate-tempo",
      name: "Low-rate tempo row",
      effort: 0.84,
      cadence: 18,
      intensity: "moderate",
      purpose: "Eighteen strong strokes a minute: power without hurry.",
    },
    {
      sport: "running",
      slug: "marathon-pace",
      name: "Marathon-pace run",
      effort: 0.88,
      intensity: "hard",
      purpose: "The pace of a long race, practised until it feels like home.",
    },
  ]);

export const sweetSpot = (): ClassDraft[] =>
  fromPlans("sweet-spot", "Sweet spot", sweetSpotPlans, [
    {
      sport: "cycling",
      slug: "sweet-spot",
      name: "Sweet spot",
      effort: 0.9,
      intensity: "hard",
      purpose: "Just under threshold: much benefit for the tiredness it costs.",
    },
    {
      sport: "cycling",
      slug: "sweet-spot-climb",
      name: "Sweet spot climb",
      effort: 0.9,
      cadence: 72,
      intensity: "hard",
      purpose: "The same work seated in a climbing gear.",
    },
    {
      sport: "cycling",
      slug: "sweet-spot-fast-legs",
      name: "Sweet spot, fast legs",
      effort: 0.88,
      cadence: 98,
      intensity: "hard",
      purpose: "The same work in a light gear: lungs instead of thighs.",
    },
    {
      sport: "rowing",
      slug: "sweet-spot-row",
      name: "Sweet spot row",
      effort: 0.9,
      intensity: "hard",
      purpose: "Just under threshold, where the boat runs and you can still think.",
    },
  ]);

export const threshold = (): ClassDraft[] =>
  fromPlans("threshold", "Threshold", thresholdPlans, [
    {
      sport: "cycling",
      slug: "threshold",
      name: "Threshold",
      effort: 0.98,
      intensity: "hard",
      purpose: "At the power you could hold for about an hour.",
    },
    {
      sport: "cycling",
      slug: "threshold-low-cadence",
      name: "Threshold climb",
      effort: 0.95,
      cadence: 70,
      intensity: "hard",
      purpose: "The long climb: seated, heavy and steady.",
    },
    {
      sport: "cycling",
      slug: "threshold-time-trial",
      name: "Time-trial threshold",
      effort: 1,
      cadence: 98,
      intensity: "hard",
      purpose: "Low on the bars, quick on the pedals, as against the clock.",
    },
    {
      sport: "running",
      slug: "cruise-intervals",
      name: "Cruise intervals",
      effort: 0.97,
      intensity: "hard",
      purpose: "Threshold pace in pieces, so that it stays controlled.",
    },
    {
      sport: "rowing",
      slug: "threshold-row",
      name: "Threshold row",
      effort: 0.97,
      intensity: "hard",
      purpose: "Hard and even, at the rate you could hold for an hour.",
    },
  ]);
