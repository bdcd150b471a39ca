/**
 * A tighter bound: the relaxation of relaxation.ts, with a memory of a few tracks. A path may not use a remembered track
 * twice, and remembered tracks have no price; the others pay theirs for every use as before. The memory grows by tracks that the
 * cheapest path still repeats, then by priced ones it leaves out, until there are none (then that path is the best
 * soundtrack) or the work is used up (decremental state-space relaxation; Boland, Dethridge & Dumitrescu 2006; Righini & Salani 2008).
 */
import { keyCount } from "./instance.ts";
import { trueCost } from "./label-search.ts";
import type { Relaxation, Segment } from "./relaxation.ts";

export interface MemorySearch {
  readonly tracks: Int32Array;
  /** Only soundtracks below this cost are of interest: the cost of one that is known. */
  readonly below: number;
  /** Extensions of labels tried in all. */
  readonly work: number;
  /** Tracks remembered from the start; the ones found out here are added. */
  readonly memory: Map<number, number>;
}

export interface MemoryResult {
  /** No soundtrack of these tracks costs less, or none less than `below`. */
  readonly bound: number;
  /** The best soundtrack without repeats met on the way, if any. */
  readonly path: readonly Segment[] | null;
  /** Work done. */
  readonly work: number;
}

interface Step extends Segment {
  readonly key: number;
  /** Cost without the price of the track. */
  readonly cost: number;
}

interface Label {
  /** Cost so far with the prices of tracks that are not remembered. */
  readonly cost: number;
  /** Prices of the remembered tracks used so far: the relaxed way on counts on them. */
  readonly paid: number;
  /** Bits of the remembered tracks used so far. */
  readonly memory: number;
  readonly step: Step | null;
  readonly before: Label | null;
}

/** Bits of a small integer. */
const mostRemembered = 30;
/** Few at a time: each one that turns out not to matter makes every later pass dearer. */
const addedAtOnce = 4;

function usefulSteps(relaxation: Relaxation, tracks: Int32Array, limit: number): Step[][] {
  const { instance, prices, entering, onward } = relaxation;
  const { stride, cells, keyOf, prefix, earliest, latestStart } = instance;
  const byStart: Step[][] = Array.from({ length: stride }, () => []);
  for (const track of tracks) {
    const row = track * stride;
    const key = keyOf[track]!;
    for (let end = 1; end <= cells; end += 1) {
      const cost = prefix[row + end]!;
      const rest = cost + prices[track]! + onward[key * stride + end]!;
      for (let start = earliest[row + end]!; start <= latestStart[end]!; start += 1) {
        if (entering[key * stride + start]! - prefix[row + start]! + rest >= limit) continue;
        byStart[start]?.push({ track, start, end, key, cost: cost - prefix[row + start]! });
      }
    }
  }
  return byStart;
}

/** Labels kept per boundary and key: enough that few are ever merged. */
const mostLabels = 64;

/** A label waiting to be sorted costs about as much as this many extensions. */
const sortingWork = 8;

/** Keeps the labels of one boundary and key that no cheaper one with less memory makes useless. */
function keepUndominated(labels: Label[], most: number): Label[] {
  labels.sort((a, b) => a.cost - b.cost);
  const kept: Label[] = [];
  for (const label of labels) {
    if (kept.some((other) => (other.memory & label.memory) === other.memory)) continue;
    if (kept.length >= most) {
      // Too many: what follows is merged into one that has forgotten everything, which only lowers the bound.
      kept.push({ ...label, paid: 0, memory: 0 });
      break;
    }
    kept.push(label);
  }
  return kept;
}

interface Pass {
  readonly last: Label | null;
  /** Cost of the cheapest path, prices included, as if every remembered price were paid. */
  readonly cost: number;
  readonly work: number;
  /** The work ran out on the way: nothing is known. */
  readonly unfinished: boolean;
}

function passWithMemory(
  relaxation: Relaxation,
  steps: readonly (readonly Step[])[],
  bitOf: ReadonlyMap<number, number>,
  limit: number,
  mostWork: number,
): Pass {
  const { instance, onward, prices } = relaxation;
  const { stride, cells, changeCosts, entryCosts, exitCosts } = instance;
  let rememberedSum = 0;
  for (const track of bitOf.keys()) rememberedSum += prices[track]!;
  const waiting: Label[][] = Array.from({ length: stride * keyCount }, () => []);
  let last: Label | null = null;
  let lowest = limit;
  let work = 0;
  const from = (boundary: number, key: number, label: Label): void => {
    for (const step of steps[boundary] ?? []) {
      work += 1;
      const bit = bitOf.get(step.track) ?? 0;
      if ((bit & label.memory) !== 0) continue;
      const change = key === -1 ? entryCosts[step.key]! : changeCosts[key * keyCount + step.key]!;
      const price = prices[step.track]!;
      const cost = label.cost + change + step.cost + (bit === 0 ? price : 0);
      const paid = bit === 0 ? label.paid : label.paid + price;
      if (cost + paid + onward[step.key * stride + step.end]! >= lowest) continue;
      const next = { cost, paid, memory: label.memory | bit, step, before: label };
      if (step.end < cells) waiting[step.end * keyCount + step.key]?.push(next);
      else {
        const whole = cost + rememberedSum + exitCosts[step.key]!;
        if (whole >= lowest) continue;
        lowest = whole;
        last = next;
      }
    }
  };
  from(0, -1, { cost: 0, paid: 0, memory: 0, step: null, before: null });
  for (let boundary = 1; boundary < cells && work <= mostWork; boundary += 1) {
    for (let key = 0; key < keyCount; key += 1) {
      const state = boundary * keyCount + key;
      const labels = waiting[state] ?? [];
      if (labels.length === 0) continue;
      waiting[state] = [];
      work += sortingWork * labels.length;
      for (const label of keepUndominated(labels, mostLabels)) from(boundary, key, label);
    }
  }
  return { last, cost: lowest, work, unfinished: work > mostWork };
}

function pathOf(label: Label): Segment[] {
  const path: Segment[] = [];
  for (let at: Label | null = label; at?.step; at = at.before) path.push(at.step);
  return path.reverse();
}

/** Needs both passes of the relaxation over (at least) these tracks at its present prices. */
export function boundWithMemory(relaxation: Relaxation, search: MemorySearch): MemoryResult {
  const priceSum = relaxation.prices.reduce((sum, price) => sum + price, 0);
  const limit = search.below + priceSum;
  const steps = usefulSteps(relaxation, search.tracks, limit);
  const bitOf = search.memory;
  let bound = -Infinity;
  let work = 0;
  let best: { path: Segment[]; cost: number } | null = null;
  while (work < search.work) {
    const pass = passWithMemory(relaxation, steps, bitOf, limit, search.work - work);
    work += pass.work;
    if (pass.unfinished) break;
    if (pass.last === null) return { bound: search.below, path: best?.path ?? null, work };
    bound = Math.max(bound, pass.cost - priceSum);
    const path = pathOf(pass.last);
    const used = new Set(path.map(({ track }) => track));
    const fresh = path
      .filter(({ track }, index) => path.findIndex((one) => one.track === track) < index)
      .map(({ track }) => track);
    if (fresh.length === 0) {
      const cost = trueCost(relaxation.instance, path);
      if (best === null || cost < best.cost) best = { path, cost };
      for (const track of search.tracks)
        if (relaxation.prices[track]! > 0 && !used.has(track) && !bitOf.has(track)) fresh.push(track);
      if (fresh.length === 0) return { bound, path, work };
    }
    const known = bitOf.size;
    for (const track of fresh.slice(0, addedAtOnce))
      if (!bitOf.has(track) && bitOf.size < mostRemembered) bitOf.set(track, 1 << bitOf.size);
    if (bitOf.size === known) break;
  }
  return { bound, path: best?.path ?? null, work };
}
