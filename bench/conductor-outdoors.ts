/** Made-up rides outdoors, told once a second: hills, changes of gear, coasting, stops. No setting was chosen on these seeds. */
import { demoPlannerTracks } from "#composer/demo-tracks.ts";
import { normalRandom, type RandomSource, seededRandom } from "#domain/seeded-random.ts";
import { quantile } from "#domain/units.ts";
import type { ReplayRow } from "#engine/athlete/replay.ts";
import { predictedAlone, rideRecorded } from "./conductor-rides.ts";
import { seededLibrary } from "./soundtrack/library.ts";

const rides = 8;
const seconds = 1800;
/** Below this nobody pedals on: they coast. */
const coastsBelow = 45;
const wanderShare = 0.012;
const wanderReturnS = 20;

interface Stretch {
  /** Cadence as a share of the rider's usual one; 0: coasts or stands. */
  readonly share: number;
  readonly durationS: number;
  /** Time constant with which the rider gets there. */
  readonly lagS: number;
}

/** What comes next, by chance: coasting 28 %, a stop 5 %, a hill 22 %, another gear 25 %, the flat; after a pause the flat. */
function nextStretch(random: RandomSource, rested: boolean): Stretch {
  const what = rested ? 1 : random();
  const length = (from: number, to: number): number => from + (to - from) * random();
  const near = (spread: number): number => 1 + spread * normalRandom(random);
  if (what < 0.28) return { share: 0, durationS: length(3, 13), lagS: 1 };
  if (what < 0.33) return { share: 0, durationS: length(20, 50), lagS: 1 };
  if (what < 0.55) return { share: length(0.7, 0.85), durationS: length(20, 70), lagS: 6 };
  if (what < 0.8) return { share: near(0.12), durationS: length(8, 33), lagS: 1.5 };
  return { share: near(0.05), durationS: length(15, 80), lagS: rested ? 2 : 4 };
}

function ridden(seed: number): { readonly rows: ReplayRow[]; readonly usual: number } {
  const random = seededRandom(seed);
  const usual = 82 + 12 * random();
  let stretch: Stretch = { share: 1, durationS: 60, lagS: 3 };
  let untilS = stretch.durationS;
  let cadence = usual / 2;
  let wander = 0;
  const rows = Array.from({ length: seconds }, (_, tS) => {
    if (tS >= untilS) {
      stretch = nextStretch(random, stretch.share === 0);
      untilS = tS + stretch.durationS;
    }
    cadence += (stretch.share * usual - cadence) * (1 - Math.exp(-1 / stretch.lagS));
    wander += wanderShare * normalRandom(random) - wander / wanderReturnS;
    const told = Math.round(cadence * (1 + wander) + 0.7 * normalRandom(random));
    const coasts = stretch.share === 0 && cadence < coastsBelow;
    cadence = Math.max(cadence, coastsBelow - 5);
    return { tS, cadence: coasts ? 0 : told, powerW: null, heartRateBpm: null, speedMps: null };
  });
  return { rows, usual: Math.round(usual) };
}

export function noteOutdoors(
  figures: Record<string, number | null>,
  bound: Record<string, number | null>,
  seed: number,
): void {
  const riders = Array.from({ length: rides }, (_, index) => ridden(1000 * seed + index));
  const p95 = (lists: readonly (readonly number[])[]): number =>
    quantile(
      lists.flat().toSorted((a, b) => a - b),
      0.95,
    );
  const predicted = p95(riders.map(({ rows }) => predictedAlone(rows)));
  for (const [name, tracks] of [
    ["demo tracks", demoPlannerTracks()],
    ["300 tracks", seededLibrary(300, seed)],
  ] as const) {
    const found = riders.map(({ rows, usual }) => rideRecorded(rows, usual, tracks));
    const mean = (of: (ride: (typeof found)[number]) => number): number =>
      found.reduce((sum, ride) => sum + of(ride), 0) / rides;
    const ride = `made-up outdoor rides, ${name}`;
    figures[`${ride}: all p95 ms`] = p95(found.map(({ allMs }) => allMs));
    figures[`${ride}: steady p95 ms`] = p95(found.map(({ steadyMs }) => steadyMs));
    bound[`${ride}: steady p95 ms`] = predicted;
    figures[`${ride}: tempo within 5 %, % of time`] = 100 * mean(({ tempoShare }) => tempoShare);
    figures[`${ride}: track changes`] = mean(({ trackChanges }) => trackChanges);
  }
}
