/**
 * Complete soundtracks from the relaxation: partial soundtracks ("labels") grow segment by segment, boundary by boundary,
 * each with a proven bound on its best completion: its true cost, plus the relaxed way on, minus the prices of the
 * tracks it has not used. The best `width` labels of a boundary go on; of two with the same tracks and the same last
 * ones only the cheaper. If none was dropped for width, the result is optimal.
 */
import { keyCount, type Instance } from "./instance.ts";
import { Labels, root } from "./labels.ts";
import { repeatCostAfter, sameArtistCost, sameArtistSoonCost } from "./objective.ts";
import type { Relaxation, Segment } from "./relaxation.ts";
import { priceSum } from "./prices.ts";
import { promisingSteps, type Steps, type StepSearch } from "./steps.ts";

export interface LabelSearch extends StepSearch {
  /** Labels that go on from each boundary. */
  readonly width: number;
  /** Only soundtracks below this cost are of interest. */
  readonly below: number;
  /** How many of the segments from a boundary go on from one label at most; tracks it has used already do not count. */
  readonly fan: number;
}

export interface LabelResult {
  /** The best soundtrack found below the limit, or null. */
  readonly path: readonly Segment[] | null;
  readonly cost: number;
  /** Nothing was dropped: no soundtrack of these tracks costs less than `cost`, or than the limit when `path` is null. */
  readonly exhaustive: boolean;
}

/** A well-mixed 32-bit number for each track, to tell sets of tracks apart by their exclusive or (Zobrist 1970). */
function mixed(track: number): number {
  let value = Math.imul(track + 1, 0x9e3779b1);
  value = Math.imul(value ^ (value >>> 15), 0x85ebca77);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae3d);
  return value ^ (value >>> 16);
}

/** What the same artist costs after the last two tracks of a soundtrack, -1 for none. */
export function artistCost(artistOf: Int32Array, track: number, last: number, beforeLast: number): number {
  const artist = artistOf[track]!;
  if (artist === -1) return 0;
  if (last !== -1 && artistOf[last] === artist) return sameArtistCost;
  return beforeLast !== -1 && artistOf[beforeLast] === artist ? sameArtistSoonCost : 0;
}

class Search {
  private readonly relaxation: Relaxation;
  private readonly search: LabelSearch;
  private readonly steps: Steps;
  private readonly labels: Labels;
  private readonly prices: number;
  private readonly placeOf: Int32Array;
  exhaustive: boolean;
  limit: number;
  lastLabel = root;
  lastTrack = -1;
  lastStart = 0;

  constructor(relaxation: Relaxation, search: LabelSearch) {
    const { instance } = relaxation;
    this.relaxation = relaxation;
    this.search = search;
    this.prices = priceSum(relaxation);
    const { tracks, below, width } = search;
    this.steps = promisingSteps(relaxation, search, below + this.prices);
    this.labels = new Labels(instance.stride, width, tracks.length);
    this.placeOf = new Int32Array(instance.tracks.length);
    tracks.forEach((track, place) => (this.placeOf[track] = place));
    this.exhaustive = !this.steps.dropped;
    this.limit = below;
  }

  /** Whether the soundtrack of a label uses a track. */
  private uses(label: number, track: number): boolean {
    if (label === root) return false;
    const place = this.placeOf[track]!;
    const { used, words } = this.labels;
    return ((used[label * words + (place >> 5)]! >>> (place & 31)) & 1) === 1;
  }

  /** What it costs that a used track comes back. */
  private again(label: number, track: number, start: number): number {
    const { boundaries, repeatCost } = this.relaxation.instance;
    let end = start;
    for (let at = label; at !== root; at = this.labels.before[at]!) {
      const atEnd = Math.floor(at / this.labels.width);
      if (this.labels.track[at] !== track) continue;
      end = atEnd;
      break;
    }
    return repeatCostAfter(boundaries[start]! - boundaries[end]!, repeatCost);
  }

  /** Goes on from one label with every step that may lead to something better. */
  extend(label: number, boundary: number): void {
    const { instance, prices, onward } = this.relaxation;
    const { stride, cells, keyOf, changeCosts, entryCosts, exitCosts, prefix, artistOf, repeatCost } =
      instance;
    const { labels, steps } = this;
    const last = labels.lastOf(label);
    const beforeLast = labels.lastOf(labels.beforeOf(label));
    const keyRow = last === -1 ? 0 : keyOf[last]! * keyCount;
    const cost = label === root ? 0 : labels.cost[label]!;
    const paid = label === root ? 0 : labels.paid[label]!;
    let left = this.search.fan;
    const first = boundary * steps.most;
    for (let step = first; step < first + steps.counts[boundary]!; step += 1) {
      if (left === 0) {
        this.exhaustive = false;
        break;
      }
      const track = steps.track[step]!;
      const end = steps.end[step]!;
      const key = keyOf[track]!;
      const played = this.uses(label, track);
      let next = cost + prefix[track * stride + end]! - prefix[track * stride + boundary]!;
      next += last === -1 ? entryCosts[key]! : changeCosts[keyRow + key]!;
      next += artistCost(artistOf, track, last, beforeLast);
      const nextPaid = played ? paid : paid + prices[track]!;
      if (played) {
        // Coming back is seldom worth a look at how long ago the track sounded.
        const rest = nextPaid + onward[key * stride + end]! - this.prices;
        if (next + repeatCost + rest >= this.limit) continue;
        next += this.again(label, track, boundary);
      }
      if (end === cells) {
        next += exitCosts[key]!;
        if (next < this.limit) {
          this.limit = next;
          this.lastLabel = label;
          this.lastTrack = track;
          this.lastStart = boundary;
        }
        if (!played) left -= 1;
        continue;
      }
      const bound = next + nextPaid + onward[key * stride + end]! - this.prices;
      if (bound >= this.limit) continue;
      if (!played) left -= 1;
      const hash = label === root ? 0 : labels.hash[label]!;
      this.keep(
        label,
        { track, start: boundary, end },
        next,
        nextPaid,
        bound,
        played ? hash : hash ^ mixed(track),
      );
    }
  }

  private keep(
    before: number,
    { track, start, end }: Segment,
    cost: number,
    paid: number,
    bound: number,
    hash: number,
  ): void {
    const { labels } = this;
    if (bound >= labels.worstBound(end)) {
      this.exhaustive = false;
      return;
    }
    const twin = labels.twin(end, hash, track, labels.lastOf(before));
    if (twin !== -1) {
      // Right only as long as no track comes back: how long ago it sounded may differ.
      if (this.search.below > this.relaxation.instance.repeatCost) this.exhaustive = false;
      if (labels.bound[twin]! <= bound) return;
    } else if (labels.full(end)) this.exhaustive = false;
    const label = twin === -1 ? labels.place(end) : twin;
    labels.track[label] = track;
    labels.start[label] = start;
    labels.before[label] = before;
    labels.cost[label] = cost;
    labels.paid[label] = paid;
    labels.bound[label] = bound;
    labels.hash[label] = hash;
    const { used, words } = labels;
    const to = label * words;
    if (before === root) used.fill(0, to, to + words);
    else used.copyWithin(to, before * words, before * words + words);
    const place = this.placeOf[track]!;
    used[to + (place >> 5)]! |= 1 << (place & 31);
    labels.findWorst(end);
  }

  run(): void {
    this.extend(root, 0);
    for (let boundary = 1; boundary < this.relaxation.instance.cells; boundary += 1) {
      for (const label of this.labels.sorted(boundary))
        if (this.labels.bound[label]! < this.limit) this.extend(label, boundary);
    }
  }

  path(): Segment[] | null {
    if (this.lastTrack === -1) return null;
    const { labels } = this;
    const path = [
      { track: this.lastTrack, start: this.lastStart, end: this.relaxation.instance.cells } as Segment,
    ];
    for (let at = this.lastLabel; at !== root; at = labels.before[at]!) {
      path.push({ track: labels.track[at]!, start: labels.start[at]!, end: Math.floor(at / labels.width) });
    }
    return path.reverse();
  }
}

/** Needs both passes of the relaxation over (at least) the searched tracks, with its present prices. */
export function searchLabels(relaxation: Relaxation, search: LabelSearch): LabelResult {
  const labels = new Search(relaxation, search);
  labels.run();
  const path = labels.path();
  return { path, cost: path === null ? Infinity : labels.limit, exhaustive: labels.exhaustive };
}

/** True cost of a soundtrack given as segments. */
export function trueCost(instance: Instance, path: readonly Segment[]): number {
  const { prefix, stride, keyOf, changeCosts, entryCosts, exitCosts, boundaries, artistOf } = instance;
  const lastEnd = new Map<number, number>();
  let cost = 0;
  let last = -1;
  let beforeLast = -1;
  for (const { track, start, end } of path) {
    const key = keyOf[track]!;
    cost += last === -1 ? entryCosts[key]! : changeCosts[keyOf[last]! * keyCount + key]!;
    cost += prefix[track * stride + end]! - prefix[track * stride + start]!;
    cost += artistCost(artistOf, track, last, beforeLast);
    const played = lastEnd.get(track);
    if (played !== undefined)
      cost += repeatCostAfter(boundaries[start]! - boundaries[played]!, instance.repeatCost);
    lastEnd.set(track, end);
    beforeLast = last;
    last = track;
  }
  return last === -1 ? cost : cost + exitCosts[keyOf[last]!]!;
}
