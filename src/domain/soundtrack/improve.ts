/**
 * Improves a soundtrack part by part: a few neighbouring segments are taken out and planned anew between their
 * neighbours, with the tracks that the rest does not use (a large-neighbourhood search; Shaw 1998).
 */
import { partOf, type Instance } from "./instance.ts";
import { trueCost } from "./label-search.ts";
import type { Segment } from "./relaxation.ts";

/** Segments planned anew at a time, and how far the next part starts after this one. */
const partSize = 8;
const partStep = 3;
/** Plans one part, whose tracks are these of the whole and whose boundary 0 is `first` there: its cheapest segments, or null when there are none. */
export type PlanPart = (
  part: Instance,
  tracks: readonly number[],
  first: number,
) => readonly Segment[] | null;

/** Segments `from` to `to` of a path, the last not among them. */
export type Range = readonly [from: number, to: number];

/** The tracks that a path uses outside a range of its segments. */
export function usedOutside(path: readonly Segment[], [from, to]: Range): ReadonlySet<number> {
  return new Set([...path.slice(0, from), ...path.slice(to)].map(({ track }) => track));
}

/** The path with a range of its segments planned anew between its neighbours, with the tracks `free`; null when there is no way. */
export function replanRange(
  instance: Instance,
  path: readonly Segment[],
  [from, to]: Range,
  free: readonly number[],
  planPart: PlanPart,
): readonly Segment[] | null {
  const [first, last] = [path[from]?.start ?? 0, path[to - 1]?.end ?? 0];
  const keyOf = (segment: Segment | undefined) =>
    segment === undefined ? -1 : instance.keyOf[segment.track]!;
  const part = partOf(instance, free, [first, last], [keyOf(path[from - 1]), keyOf(path[to])]);
  const planned = planPart(part, free, first);
  if (planned === null) return null;
  const fresh = planned.map(({ track, start, end }) => ({
    track: free[track]!,
    start: start + first,
    end: end + first,
  }));
  return [...path.slice(0, from), ...fresh, ...path.slice(to)];
}

/** A soundtrack that costs no more than `path`, using `tracks` or those it has; `rounds` times over the whole at most. */
export function improve(
  instance: Instance,
  path: readonly Segment[],
  tracks: Int32Array,
  planPart: PlanPart,
  rounds: number,
): readonly Segment[] {
  let best = path;
  let cost = trueCost(instance, best);
  for (let round = 0; round < rounds; round += 1) {
    const before = cost;
    const offset = round % 2 === 0 ? 0 : Math.floor(partStep / 2);
    for (let at = offset; at < best.length; at += partStep) {
      const from = Math.max(0, Math.min(at, best.length - partSize));
      const range: Range = [from, Math.min(from + partSize, best.length)];
      const elsewhere = usedOutside(best, range);
      const old = best.slice(...range).map(({ track }) => track);
      const free = [...new Set([...tracks, ...old])].filter((track) => !elsewhere.has(track));
      const next = replanRange(instance, best, range, free, planPart);
      if (next === null) continue;
      const nextCost = trueCost(instance, next);
      if (nextCost >= cost - 1e-9) continue;
      best = next;
      cost = nextCost;
    }
    if (cost > before - 1e-6) break;
  }
  return best;
}

/** Tracks tried in each place, and times over the soundtrack, when tracks have to come back. */
const mostTried = 200;
const mostSweeps = 20;

/**
 * Improves a soundtrack in which tracks come back, keeping its changes where they are: other tracks are tried in every
 * place, and every two places exchange theirs, as long as that helps.
 */
export function spreadRepeats(
  instance: Instance,
  path: readonly Segment[],
  tracks: Int32Array,
): readonly Segment[] {
  const { earliest, stride } = instance;
  const tried = tracks.slice(0, mostTried);
  const put = (from: readonly Segment[], at: number, track: number): Segment[] | null => {
    const { start, end } = from[at]!;
    return earliest[track * stride + end]! > start ? null : from.with(at, { track, start, end });
  };
  let best = path;
  let cost = trueCost(instance, best);
  const consider = (next: readonly Segment[] | null) => {
    const nextCost = next === null ? Infinity : trueCost(instance, next);
    if (next === null || nextCost >= cost - 1e-9) return;
    best = next;
    cost = nextCost;
  };
  for (let sweep = 0; sweep < mostSweeps; sweep += 1) {
    const before = cost;
    for (let at = 0; at < best.length; at += 1) {
      for (const track of tried) consider(put(best, at, track));
      for (let other = at + 1; other < best.length; other += 1) {
        const half = put(best, at, best[other]!.track);
        consider(half === null ? null : put(half, other, best[at]!.track));
      }
    }
    if (cost >= before - 1e-9) break;
  }
  return best;
}
