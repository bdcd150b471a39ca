/** Simpler ways to make a soundtrack, on the planner's own grid, so that one objective judges all. None plays a track twice. */
import { keyCount, type Instance } from "#domain/soundtrack/instance.ts";
import type { Segment } from "#domain/soundtrack/relaxation.ts";
import { fitTempo } from "#domain/soundtrack/objective.ts";
import { randomIndex, type RandomSource } from "#domain/seeded-random.ts";

export type Peer = (instance: Instance, random: RandomSource) => Segment[];

/** The last boundary a track can reach from `start`, leaving either nothing or a minute to the end. */
function furthestEnd(instance: Instance, track: number, start: number): number {
  const { cells, stride, earliest, latestStart } = instance;
  for (let end = cells; end > start; end -= 1) {
    const fits = (earliest[track * stride + end] ?? Infinity) <= start;
    const leavesRoom = end === cells || end <= (latestStart[cells] ?? -1);
    if (fits && leavesRoom) return end;
  }
  return Math.min(cells, start + 4);
}

function shuffled(count: number, random: RandomSource): number[] {
  const order = Array.from({ length: count }, (_, index) => index);
  for (let index = count - 1; index > 0; index -= 1) {
    const other = randomIndex(random, index + 1);
    [order[index], order[other]] = [order[other] ?? 0, order[index] ?? 0];
  }
  return order;
}

function inOrder(instance: Instance, order: readonly number[]): Segment[] {
  const path: Segment[] = [];
  let start = 0;
  for (const track of order) {
    if (start >= instance.cells) break;
    const end = furthestEnd(instance, track, start);
    path.push({ track, start, end });
    start = end;
  }
  return path;
}

/** Every track in full, in any order. */
export const randomOrder: Peer = (instance, random) =>
  inOrder(instance, shuffled(instance.tracks.length, random));

function cadenceAt(instance: Instance, cell: number): number | null {
  return instance.pieces[cell]?.[0]?.cadence ?? null;
}

function tempoOff(instance: Instance, track: number, cadence: number | null): number {
  const tempoBpm = instance.tracks[track]?.tempoBpm ?? 0;
  return cadence === null ? 0 : (fitTempo(instance.ratios, cadence, tempoBpm)?.offPct ?? Infinity);
}

/** A playlist of the tracks within 8 % of the class's mean cadence, in any order, each in full; then the others. */
export const tempoRange: Peer = (instance, random) => {
  const cadences = instance.pieces.flatMap((cell) => cell.flatMap(({ cadence }) => cadence ?? []));
  const mean = cadences.reduce((sum, cadence) => sum + cadence, 0) / cadences.length;
  const order = shuffled(instance.tracks.length, random);
  const inRange = order.filter((track) => tempoOff(instance, track, mean) <= 8);
  return inOrder(instance, [...inRange, ...order.filter((track) => !inRange.includes(track))]);
};

function nearest(instance: Instance, endOf: (track: number, start: number) => number): Segment[] {
  const left = new Set(instance.tracks.keys());
  const path: Segment[] = [];
  for (let start = 0; start < instance.cells;) {
    const cadence = cadenceAt(instance, start);
    let best = -1;
    for (const track of left)
      if (best === -1 || tempoOff(instance, track, cadence) < tempoOff(instance, best, cadence)) best = track;
    if (best === -1) break;
    left.delete(best);
    const end = endOf(best, start);
    path.push({ track: best, start, end });
    start = end;
  }
  return path;
}

/** At every change the track whose tempo fits the cadence of that moment best, in full. */
export const nearestTempo: Peer = (instance) =>
  nearest(instance, (track, start) => furthestEnd(instance, track, start));

/** The same, cut where the cadence changes by more than 2 % (a minute at least). */
export const nearestWithCuts: Peer = (instance) =>
  nearest(instance, (track, start) => {
    const furthest = furthestEnd(instance, track, start);
    const from = cadenceAt(instance, start);
    for (let end = start + 4; end < furthest; end += 1) {
      const to = cadenceAt(instance, end);
      const changed = (from === null) !== (to === null) || Math.abs((to ?? 1) / (from ?? 1) - 1) > 0.02;
      if (changed && end <= (instance.latestStart[instance.cells] ?? -1)) return end;
    }
    return furthest;
  });

/** At every change the track and length of the least full cost per time. */
export const greedy: Peer = (instance) => {
  const { cells, stride, prefix, earliest, latestStart, keyOf, changeCosts } = instance;
  const left = new Set(instance.tracks.keys());
  const path: Segment[] = [];
  let key = -1;
  for (let start = 0; start < cells;) {
    let best: Segment | null = null;
    let bestRate = Infinity;
    for (const track of left) {
      const change = key === -1 ? 0 : (changeCosts[key * keyCount + (keyOf[track] ?? 0)] ?? 0);
      for (let end = start + 1; end <= cells; end += 1) {
        if ((latestStart[end] ?? -1) < start || (earliest[track * stride + end] ?? Infinity) > start)
          continue;
        if (end !== cells && end > (latestStart[cells] ?? -1)) continue;
        const cost = change + (prefix[track * stride + end] ?? 0) - (prefix[track * stride + start] ?? 0);
        if (cost / (end - start) < bestRate) {
          bestRate = cost / (end - start);
          best = { track, start, end };
        }
      }
    }
    if (best === null) break;
    path.push(best);
    left.delete(best.track);
    key = keyOf[best.track] ?? -1;
    start = best.end;
  }
  return path;
};
