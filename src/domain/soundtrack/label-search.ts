/**
 * Complete soundtracks from the relaxation: partial soundtracks ("labels") grow segment by segment, boundary by boundary,
 * each with a proven bound on its best completion: its true cost, plus the relaxed way on, minus the prices of the
 * tracks it has not used. The best `width` labels of a boundary go on. If none was dropped for width, the result is optimal.
 */
import { keyCount, type Instance } from "./instance.ts";
import { repeatCostAfter } from "./objective.ts";
import type { Relaxation, Segment } from "./relaxation.ts";

export interface LabelSearch {
  /** Only tracks in this list are tried. */
  readonly tracks: Int32Array;
  /** Labels that go on from each boundary. */
  readonly width: number;
  /** Only soundtracks below this cost are of interest. */
  readonly below: number;
  /** Segments tried from each boundary at most, the most promising ones. */
  readonly branches: number;
  /** Of one track at most so many, of different lengths: more would crowd out other tracks. */
  readonly lengths: number;
  /** Of these, how many go on from one label at most; tracks it has used already do not count. */
  readonly fan: number;
}

export interface LabelResult {
  /** The best soundtrack found below the limit, or null. */
  readonly path: readonly Segment[] | null;
  readonly cost: number;
  /** Nothing was dropped: no soundtrack of these tracks costs less than `cost`, or than the limit when `path` is null. */
  readonly exhaustive: boolean;
}

interface Step extends Segment {
  readonly key: number;
  readonly cost: number;
  /** Cost of the cheapest relaxed path over this segment, prices included. */
  readonly through: number;
}

interface Label {
  readonly step: Step | null;
  readonly before: Label | null;
  readonly key: number;
  /** True cost so far. */
  readonly cost: number;
  /** Prices of the tracks used so far. */
  readonly paid: number;
  readonly bound: number;
}

/** The most promising steps from one boundary, best first. */
class Branches {
  readonly steps: Step[] = [];
  dropped = false;
  private readonly most: number;

  constructor(most: number) {
    this.most = most;
  }

  /** Whether a step with this cost of the path through it would be kept. */
  wants(through: number): boolean {
    const worst = this.steps[this.most - 1];
    if (worst === undefined || through < worst.through) return true;
    this.dropped = true;
    return false;
  }

  add(step: Step): void {
    let at = this.steps.length;
    while (at > 0 && (this.steps[at - 1]?.through ?? 0) > step.through) at -= 1;
    this.steps.splice(at, 0, step);
    if (this.steps.length > this.most) {
      this.steps.pop();
      this.dropped = true;
    }
  }
}

function promisingSteps(relaxation: Relaxation, search: LabelSearch, priceSum: number): Branches[] {
  const { instance, prices, entering, onward } = relaxation;
  const { stride, cells, keyOf, prefix, earliest, latestStart } = instance;
  const byStart = Array.from({ length: stride }, () => new Branches(search.branches));
  const limit = search.below + priceSum;
  for (const track of search.tracks) {
    const row = track * stride;
    const key = keyOf[track]!;
    const keyRow = key * stride;
    for (let start = 0, firstEnd = 0; start < cells; start += 1) {
      const branches = byStart[start]!;
      while (firstEnd <= cells && latestStart[firstEnd]! < start) firstEnd += 1;
      const before = entering[keyRow + start]! - prefix[row + start]! + prices[track]!;
      let lengths: Branches | null = null;
      for (let end = firstEnd; end <= cells && earliest[row + end]! <= start; end += 1) {
        const through = before + prefix[row + end]! + onward[keyRow + end]!;
        if (through >= limit || !branches.wants(through)) continue;
        lengths ??= new Branches(search.lengths);
        if (!lengths.wants(through)) continue;
        const cost = prefix[row + end]! - prefix[row + start]!;
        lengths.add({ track, start, end, key, cost, through });
      }
      if (lengths === null) continue;
      branches.dropped ||= lengths.dropped;
      for (const step of lengths.steps) branches.add(step);
    }
  }
  return byStart;
}

/** The boundary at which a label's soundtrack last played a track, or -1. */
function lastPlayed(label: Label, track: number): number {
  for (let at: Label | null = label; at?.step; at = at.before)
    if (at.step.track === track) return at.step.end;
  return -1;
}

function extend(relaxation: Relaxation, label: Label, step: Step, priceSum: number): Label {
  const { instance, prices, onward } = relaxation;
  const change =
    label.step === null
      ? instance.entryCosts[step.key]!
      : instance.changeCosts[label.key * keyCount + step.key]!;
  const played = lastPlayed(label, step.track);
  const again =
    played === -1
      ? 0
      : repeatCostAfter(instance.boundaries[step.start]! - instance.boundaries[played]!, instance.repeatCost);
  const atEnd = step.end === instance.cells;
  const cost = label.cost + change + step.cost + again + (atEnd ? instance.exitCosts[step.key]! : 0);
  const paid = played === -1 ? label.paid + prices[step.track]! : label.paid;
  const rest = atEnd ? 0 : onward[step.key * instance.stride + step.end]!;
  const bound = cost + paid + rest - priceSum;
  return { step, before: label, key: step.key, cost, paid, bound };
}

function pathOf(label: Label): Segment[] {
  const path: Segment[] = [];
  for (let at: Label | null = label; at?.step; at = at.before) {
    const { track, start, end } = at.step;
    path.push({ track, start, end });
  }
  return path.reverse();
}

/** Needs both passes of the relaxation over (at least) the searched tracks, with its present prices. */
export function searchLabels(relaxation: Relaxation, search: LabelSearch): LabelResult {
  const { instance, prices } = relaxation;
  const priceSum = prices.reduce((sum, price) => sum + price, 0);
  const branches = promisingSteps(relaxation, search, priceSum);
  let exhaustive = !branches.some(({ dropped }) => dropped);
  let best: Label | null = null;
  let limit = search.below;
  const waiting: Label[][] = Array.from({ length: instance.stride }, () => []);
  waiting[0]?.push({ step: null, before: null, key: -1, cost: 0, paid: 0, bound: -Infinity });
  for (let boundary = 0; boundary < instance.cells; boundary += 1) {
    const labels = (waiting[boundary] ?? []).filter((label) => label.bound < limit);
    waiting[boundary] = [];
    labels.sort((a, b) => a.bound - b.bound);
    if (labels.length > search.width) exhaustive = false;
    for (const label of labels.slice(0, search.width)) {
      let left = search.fan;
      for (const step of branches[boundary]?.steps ?? []) {
        if (left === 0) {
          exhaustive = false;
          break;
        }
        const next = extend(relaxation, label, step, priceSum);
        if (next.bound >= limit) continue;
        if (next.bound - label.bound < instance.repeatCost) left -= 1;
        if (step.end < instance.cells) waiting[step.end]?.push(next);
        else if (next.cost < limit) {
          best = next;
          limit = next.cost;
        }
      }
    }
  }
  return { path: best === null ? null : pathOf(best), cost: best === null ? Infinity : limit, exhaustive };
}

/** True cost of a soundtrack given as segments. */
export function trueCost(instance: Instance, path: readonly Segment[]): number {
  const { prefix, stride, keyOf, changeCosts, entryCosts, exitCosts, boundaries } = instance;
  const lastEnd = new Map<number, number>();
  let cost = 0;
  let key = -1;
  for (const { track, start, end } of path) {
    const next = keyOf[track]!;
    cost += key === -1 ? entryCosts[next]! : changeCosts[key * keyCount + next]!;
    cost += prefix[track * stride + end]! - prefix[track * stride + start]!;
    const played = lastEnd.get(track);
    if (played !== undefined)
      cost += repeatCostAfter(boundaries[start]! - boundaries[played]!, instance.repeatCost);
    lastEnd.set(track, end);
    key = next;
  }
  return key === -1 ? cost : cost + exitCosts[key]!;
}
