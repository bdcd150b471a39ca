import { firstEnds } from "./instance.ts";
import type { Relaxation } from "./relaxation.ts";

/** The most promising segments from each boundary, best first: entries `start * most` to `start * most + counts[start] - 1`. */
export interface Steps {
  readonly most: number;
  readonly counts: Int32Array;
  readonly track: Int32Array;
  readonly end: Int16Array;
  /** Cost of the cheapest relaxed path over this segment, prices included. */
  readonly through: Float64Array;
  /** Something below the limit was left out. */
  readonly dropped: boolean;
}

export interface StepSearch {
  /** Only tracks in this list are tried. */
  readonly tracks: Int32Array;
  /** Segments tried from each boundary at most, the most promising ones. */
  readonly branches: number;
  /** Of one track at most so many, of different lengths: more would crowd out other tracks. */
  readonly lengths: number;
}

/** Keeps the best `most` of each row, by insertion. */
class Rows {
  readonly counts: Int32Array;
  readonly track: Int32Array;
  readonly end: Int16Array;
  readonly through: Float64Array;
  dropped = false;
  readonly most: number;

  constructor(rows: number, most: number) {
    this.most = most;
    this.counts = new Int32Array(rows);
    this.track = new Int32Array(rows * most);
    this.end = new Int16Array(rows * most);
    this.through = new Float64Array(rows * most);
  }

  /** From what cost on nothing more is kept in a row. */
  worst(row: number): number {
    return this.counts[row]! < this.most ? Infinity : this.through[row * this.most + this.most - 1]!;
  }

  add(row: number, track: number, end: number, through: number): void {
    if (through >= this.worst(row)) {
      this.dropped = true;
      return;
    }
    const first = row * this.most;
    let at = first + this.counts[row]!;
    if (this.counts[row] === this.most) {
      at -= 1;
      this.dropped = true;
    } else this.counts[row]! += 1;
    for (; at > first && this.through[at - 1]! > through; at -= 1) {
      this.through[at] = this.through[at - 1]!;
      this.track[at] = this.track[at - 1]!;
      this.end[at] = this.end[at - 1]!;
    }
    this.through[at] = through;
    this.track[at] = track;
    this.end[at] = end;
  }
}

const rounding = 1e-9;

/** The segments over which relaxed paths cost less than `limit`, prices included; needs both passes. */
export function promisingSteps(
  relaxation: Relaxation,
  { tracks, branches, lengths }: StepSearch,
  limit: number,
): Steps {
  const { instance, prices, entering, onward } = relaxation;
  const { stride, cells, keyOf, prefix, earliest } = instance;
  const rows = new Rows(stride, branches);
  const firstEnd = firstEnds(instance);
  const ends = new Int16Array(lengths);
  const costs = new Float64Array(lengths);
  for (const track of tracks) {
    const row = track * stride;
    const keyRow = keyOf[track]! * stride;
    // What the track's ends from the first one on cost at least: most starts are told by it to be hopeless.
    let floor = Infinity;
    let known = cells + 1;
    for (let start = cells - 1; start >= 0; start -= 1) {
      const before = entering[keyRow + start]! - prefix[row + start]! + prices[track]!;
      while (known > firstEnd[start]!) {
        known -= 1;
        floor = Math.min(floor, prefix[row + known]! + onward[keyRow + known]!);
      }
      const most = Math.min(limit, rows.worst(start));
      // Sums in another order may differ in the last digits.
      if (before + floor >= (rows.dropped ? most : limit) + rounding) continue;
      let kept = 0;
      for (let end = firstEnd[start]!; end <= cells && earliest[row + end]! <= start; end += 1) {
        const through = before + prefix[row + end]! + onward[keyRow + end]!;
        if (through >= most) {
          rows.dropped ||= through < limit;
          continue;
        }
        if (kept === lengths) {
          rows.dropped = true;
          if (through >= costs[lengths - 1]!) continue;
          kept -= 1;
        }
        let at = kept;
        for (; at > 0 && costs[at - 1]! > through; at -= 1) {
          costs[at] = costs[at - 1]!;
          ends[at] = ends[at - 1]!;
        }
        costs[at] = through;
        ends[at] = end;
        kept += 1;
      }
      for (let at = 0; at < kept; at += 1) rows.add(start, track, ends[at]!, costs[at]!);
    }
  }
  return rows;
}
