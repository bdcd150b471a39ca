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
/** Plans one part, whose tracks are these of the whole: its cheapest segments, or null when there are none. */
export type PlanPart = (part: Instance, tracks: readonly number[]) => readonly Segment[] | null;

function replan(
  instance: Instance,
  path: readonly Segment[],
  at: number,
  tracks: Int32Array,
  planPart: PlanPart,
): Segment[] | null {
  const old = path.slice(at, at + partSize);
  const [first, last] = [old[0]?.start ?? 0, old.at(-1)?.end ?? 0];
  const around = [...path.slice(0, at), ...path.slice(at + partSize)];
  const elsewhere = new Set(around.map(({ track }) => track));
  const free = [...new Set([...tracks, ...old.map(({ track }) => track)])].filter(
    (track) => !elsewhere.has(track),
  );
  const keyOf = (segment: Segment | undefined) =>
    segment === undefined ? -1 : instance.keyOf[segment.track]!;
  const part = partOf(instance, free, [first, last], [keyOf(path[at - 1]), keyOf(path[at + partSize])]);
  const planned = planPart(part, free);
  if (planned === null) return null;
  const fresh = planned.map(({ track, start, end }) => ({
    track: free[track]!,
    start: start + first,
    end: end + first,
  }));
  return [...path.slice(0, at), ...fresh, ...path.slice(at + partSize)];
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
      const next = replan(
        instance,
        best,
        Math.max(0, Math.min(at, best.length - partSize)),
        tracks,
        planPart,
      );
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
