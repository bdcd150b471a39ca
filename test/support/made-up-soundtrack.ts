/** Classes and libraries made up for tests of the planner, and a planner that tries everything. */
import type { Block } from "#domain/class-plan.ts";
import { seededRandom } from "#domain/seeded-random.ts";
import { cellCost, changeCostOf, fitTempo, tempoRatiosOf } from "#domain/soundtrack/objective.ts";
import type { SoundtrackClass } from "#domain/soundtrack/objective.ts";
import type { PlannerTrack } from "#domain/track.ts";

export type Part = readonly [durationS: number, cadence: number | null, energy: number];

export function classOf(
  parts: readonly Part[],
  sport: SoundtrackClass["sport"] = "cycling",
): SoundtrackClass {
  let startS = 0;
  const blocks = parts.map(([durationS, cadence, energy]): Block => {
    const block: Block = {
      startS,
      durationS,
      kind: "steady",
      label: "Steady",
      cadence: cadence === null ? null : { from: cadence, to: cadence },
      power: null,
      hrZone: null,
      rpe: null,
      energy: { from: energy, to: energy },
    };
    startS += durationS;
    return block;
  });
  return { id: "made-up", sport, durationS: startS, blocks };
}

export function track(id: string, changes: Partial<PlannerTrack> = {}): PlannerTrack {
  return {
    id,
    title: id,
    artist: "Somebody",
    durationS: 200,
    tempoBpm: 170,
    key: "8A",
    energy: 0.6,
    taste: 0.5,
    ...changes,
  };
}

export function madeUpLibrary(count: number, seed: number): PlannerTrack[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, (_, index) =>
    track(`t${index}`, {
      artist: `Artist ${index % Math.ceil(count / 2)}`,
      durationS: 100 + Math.round(random() * 200),
      tempoBpm: 80 + random() * 100,
      key: `${1 + Math.floor(random() * 12)}${random() < 0.5 ? "A" : "B"}`,
      energy: random(),
      taste: random(),
    }),
  );
}

/** The cheapest soundtrack by trying every one, from the objective alone: cells of 15 s, 60 s at least, nothing twice;
 * of those in which `mayPlay` allows every cell. */
export function cheapestByTrying(
  plan: SoundtrackClass,
  tracks: readonly PlannerTrack[],
  mayPlay: (one: PlannerTrack, cell: number) => boolean = () => true,
): number {
  const cells = plan.durationS / 15;
  const wishAt = (cell: number) => {
    const tS = cell * 15 + 7.5;
    const block = plan.blocks.findLast(({ startS }) => startS <= tS);
    return { cadence: block?.cadence?.from ?? null, energy: block?.energy.from ?? 0 };
  };
  const costOf = (one: PlannerTrack, cell: number) => {
    const wish = wishAt(cell);
    const fit =
      wish.cadence === null ? null : fitTempo(tempoRatiosOf(plan.sport), wish.cadence, one.tempoBpm);
    return cellCost(one, wish, fit);
  };
  let best = Infinity;
  const go = (
    cell: number,
    used: ReadonlySet<PlannerTrack>,
    [beforeThat, before]: readonly (PlannerTrack | null)[],
    cost: number,
  ): void => {
    if (cost >= best) return;
    if (cell === cells) {
      best = cost;
      return;
    }
    for (const one of tracks) {
      if (used.has(one)) continue;
      let sum = cost + (before === null || before === undefined ? 0 : changeCostOf(before.key, one.key));
      if (before?.artist === one.artist) sum += 1;
      else if (beforeThat?.artist === one.artist) sum += 0.5;
      for (let end = cell; end < cells; end += 1) {
        if (!mayPlay(one, end)) break;
        sum += costOf(one, end);
        if (end - cell >= 3) go(end + 1, new Set([...used, one]), [before ?? null, one], sum);
      }
    }
  };
  go(0, new Set(), [null, null], 0);
  return best;
}
