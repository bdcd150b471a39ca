/**
 * The planner against simpler ways, judged by one objective: 12 classes, libraries of 300 and 1,500 made-up tracks.
 * `npm run --silent bench:soundtrack -- [--json] [--seed N]`
 */
import { classById } from "#domain/catalogue/index.ts";
import type { ClassPlan } from "#domain/class-plan.ts";
import type { Placed } from "#domain/soundtrack/align.ts";
import { layOut, type Instance } from "#domain/soundtrack/instance.ts";
import { trueCost } from "#domain/soundtrack/label-search.ts";
import { metricsOf } from "#domain/soundtrack/metrics.ts";
import { planSoundtrack } from "#domain/soundtrack/planner.ts";
import type { Segment } from "#domain/soundtrack/relaxation.ts";
import { playedPieces } from "#domain/soundtrack/timeline.ts";
import { randomIndex, seededRandom } from "#domain/seeded-random.ts";
import type { Soundtrack } from "#domain/soundtrack.ts";
import { quantile } from "#domain/units.ts";
import { printReport, progress, type Goal } from "./report.ts";
import { compareWithExact } from "./soundtrack/exact.ts";
import { seededLibrary } from "./soundtrack/library.ts";
import * as peers from "./soundtrack/peers.ts";

const classIds = [
  "cycling-tempo-2x8-30",
  "cycling-recovery-60",
  "cycling-sweet-spot-3x12-55",
  "cycling-cadence-quick-feet-45",
  "cycling-threshold-2x12-40",
  "cycling-endurance-90",
  "running-easy-run-20",
  "running-couch-to-5k-week-8-run-1-35",
  "running-over-unders-4x3x120-120-70",
  "walking-incline-6-percent-6x2-35",
  "rowing-pressure-rate-22-8x60s-30",
  "rowing-sweet-spot-row-2x20-55",
] as const;

const peersByName = {
  random: peers.randomOrder,
  "tempo range": peers.tempoRange,
  "nearest tempo": peers.nearestTempo,
  "nearest, cuts": peers.nearestWithCuts,
  greedy: peers.greedy,
} as const;

const goals: Goal[] = [
  { figure: "within4Pct1500", goal: ">= 98.5" },
  { figure: "within4Pct300", goal: ">= 96" },
  { figure: "gapPctMedian", goal: "<= 3" },
  { figure: "gapPctWorst", goal: "<= 8" },
  { figure: "planMs1500Worst", goal: "<= 1000" },
  { figure: "planMs10000Worst", goal: "<= 3000" },
  { figure: "replanMsP95", goal: "<= 50" },
  { figure: "exactInstances", goal: ">= 12" },
  { figure: "exactEqualPct", goal: "100" },
  { figure: "betterThanGreedyPct", goal: "100" },
];

function seedFromArguments(): number {
  const at = process.argv.indexOf("--seed");
  return at === -1 ? 7 : Number(process.argv[at + 1]);
}

function classes(): ClassPlan[] {
  return classIds.map((id) => {
    const plan = classById(id);
    if (plan === null) throw new Error(`The catalogue has no class ${id}.`);
    return plan;
  });
}

/** Time of one core, not of the clock on the wall: what else the machine does is not the planner's. */
function coreMs<T>(work: () => T): { result: T; ms: number } {
  const before = process.cpuUsage();
  const result = work();
  const { user, system } = process.cpuUsage(before);
  return { result, ms: (user + system) / 1000 };
}

function onGrid(instance: Instance, path: readonly Segment[]): Placed[] {
  const pieces = instance.pieces.flat();
  return path.flatMap(({ track, start, end }) => {
    const profile = instance.tracks[track];
    const [startS, endS] = [instance.boundaries[start] ?? 0, instance.boundaries[end] ?? 0];
    if (profile === undefined) return [];
    const played = playedPieces(pieces, instance.ratios, profile, startS, endS);
    return [{ track: profile, startS, endS, sourceStartS: 0, played }];
  });
}

interface Row {
  within4Pct: number;
  within8Pct: number;
  costOverBound: number;
  energyCorrelation: number;
  keyCompatiblePct: number;
}

function mean(rows: readonly Row[], figure: keyof Row): number {
  return rows.reduce((sum, row) => sum + row[figure], 0) / rows.length;
}

function means(rows300: readonly Row[], rows1500: readonly Row[]): Record<string, number> {
  const all = [...rows300, ...rows1500];
  return {
    within4Pct300: mean(rows300, "within4Pct"),
    within4Pct1500: mean(rows1500, "within4Pct"),
    within8Pct300: mean(rows300, "within8Pct"),
    within8Pct1500: mean(rows1500, "within8Pct"),
    costOverBound: mean(all, "costOverBound"),
    energyCorrelation: mean(all, "energyCorrelation"),
    keyCompatiblePct: mean(all, "keyCompatiblePct"),
  };
}

function rowOf(metrics: Soundtrack["metrics"], cost: number, lowerBound: number): Row {
  return {
    within4Pct: metrics.timeWithin4Pct,
    within8Pct: metrics.timeWithin8Pct,
    costOverBound: cost / lowerBound,
    energyCorrelation: metrics.energyCorrelation,
    keyCompatiblePct: metrics.keyCompatiblePct,
  };
}

const seed = seedFromArguments();
const plans = classes();
const rows: Record<string, Record<number, Row[]>> = {};
const add = (name: string, size: number, row: Row) => ((rows[name] ??= {})[size] ??= []).push(row);
const gaps: number[] = [];
const msBySize: Record<number, number[]> = {};
let notWorseThanGreedy = 0;

// Once unmeasured, so that the first class does not pay for the compiler.
planSoundtrack({ plan: plans[0], tracks: seededLibrary(300, seed), seed });
for (const size of [300, 1500]) {
  const tracks = seededLibrary(size, seed + size);
  for (const plan of plans) {
    const { result, ms } = coreMs(() => planSoundtrack({ plan, tracks, seed }));
    (msBySize[size] ??= []).push(ms);
    gaps.push(result.gapPct);
    add("upbeat", size, rowOf(result.metrics, result.cost, result.lowerBound));
    const instance = layOut({ plan, tracks, seed, fromS: 0 });
    const random = seededRandom(seed);
    for (const [name, peer] of Object.entries(peersByName)) {
      const path = peer(instance, random);
      const cost = trueCost(instance, path);
      add(name, size, rowOf(metricsOf(onGrid(instance, path)), cost, result.lowerBound));
      if (name === "greedy" && result.cost <= cost + 1e-6) notWorseThanGreedy += 1;
    }
    progress(
      `${size} tracks, ${plan.id}: ${ms.toFixed(0)} ms, gap ${result.gapPct.toFixed(2)} %, within 4 % ${result.metrics.timeWithin4Pct.toFixed(1)} %`,
    );
  }
}

const large = seededLibrary(10_000, seed);
const msLarge = plans
  .slice(0, 6)
  .map((plan) => coreMs(() => planSoundtrack({ plan, tracks: large, seed })).ms);
progress(`10,000 tracks: ${msLarge.map((ms) => ms.toFixed(0)).join(", ")} ms`);

const random = seededRandom(seed);
const tracks = seededLibrary(1500, seed + 1500);
const replanMs = Array.from({ length: 40 }, () => {
  const plan = plans[randomIndex(random, plans.length)];
  const fromS = random() * (plan.durationS - 120);
  const exclude = Array.from({ length: 5 }, () => `t${randomIndex(random, tracks.length)}`);
  return coreMs(() => planSoundtrack({ plan, tracks, seed, fromS, exclude, budget: "quick" })).ms;
}).sort((a, b) => a - b);

const exact = await compareWithExact(seed, progress);
const sortedGaps = gaps.toSorted((a, b) => a - b);
const figures = {
  ...means(rows["upbeat"]?.[300] ?? [], rows["upbeat"]?.[1500] ?? []),
  gapPctMedian: quantile(sortedGaps, 0.5),
  gapPctWorst: sortedGaps.at(-1) ?? null,
  betterThanGreedyPct: (100 * notWorseThanGreedy) / gaps.length,
  planMs300Worst: Math.max(...(msBySize[300] ?? [])),
  planMs1500Worst: Math.max(...(msBySize[1500] ?? [])),
  planMs10000Worst: Math.max(...msLarge),
  replanMsP50: quantile(replanMs, 0.5),
  replanMsP95: quantile(replanMs, 0.95),
  exactInstances: exact.proven,
  exactEqualPct: exact.equalPct,
};
const peerFigures = Object.fromEntries(
  Object.keys(peersByName).map((name) => [name, means(rows[name]?.[300] ?? [], rows[name]?.[1500] ?? [])]),
);
printReport("soundtrack", { figures, peers: peerFigures, seed }, goals);
