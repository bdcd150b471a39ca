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
/** Times over the whole soundtrack at most. */
const rounds = 4;

/** Plans one part: its cheapest segments, or null when there are none. */
export type PlanPart = (part: Instance) => readonly Segment[] | null;

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
  const planned = planPart(part);
  if (planned === null) return null;
  const fresh = planned.map(({ track, start, end }) => ({
    track: free[track]!,
    start: start + first,
    end: end + first,
  }));
  return [...path.slice(0, at), ...fresh, ...path.slice(at + partSize)];
}

/** A soundtrack that costs no more than `path`, using `tracks` or those it has. */
export function improve(
  instance: Instance,
  path: readonly Segment[],
  tracks: Int32Array,
  planPart: PlanPart,
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
