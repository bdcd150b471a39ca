/** Plans a problem whose soundtracks are to be looked for below a limit: a part of a soundtrack, or the whole of it. */
import type { Instance } from "./instance.ts";
import { searchLabels, type LabelSearch } from "./label-search.ts";
import { adjustPrices } from "./prices.ts";
import { passBackward, passForward } from "./passes.ts";
import { relax, type Relaxation, type Segment } from "./relaxation.ts";

/** Lengths of one track tried from each boundary. */
const lengths = 3;
/** Rounding of sums of some hundred terms stays far below this. */
export const tolerance = 1e-6;

/** How far above the bound soundtracks are looked for while none is known; the last is every soundtrack there is. */
const reaches = [1.1, 1.4, Infinity] as const;

interface Searched {
  readonly path: readonly Segment[] | null;
  readonly isBest: boolean;
}

/** Looks for a soundtrack below `cost`; tells whether there is certainly none (better than the one found). Needs the forward pass. */
export function searchBelow(
  relaxation: Relaxation,
  tracks: Int32Array,
  effort: Pick<LabelSearch, "width" | "branches" | "fan">,
  limits: { bound: number; cost: number },
): Searched {
  const { width, branches, fan } = effort;
  passBackward(relaxation, tracks);
  for (const reach of reaches) {
    // Nothing may be known of the bound: no multiple of that reaches every soundtrack.
    const hoped = reach === Infinity ? Infinity : Math.max(limits.bound, 0) * reach + 1;
    const below = Math.min(limits.cost - tolerance, hoped);
    const { path, exhaustive } = searchLabels(relaxation, { tracks, width, below, branches, lengths, fan });
    if (path !== null || Number.isFinite(limits.cost))
      return { path, isBest: exhaustive && (path !== null || below >= limits.cost - 2 * tolerance) };
  }
  return { path: null, isBest: false };
}

/** Cells of the windows by which tracks are compared at first: two minutes. */
const windowCells = 8;

/** The tracks that come nearest to the best one anywhere in the class. */
export function closest({ tracks, cells, stride, prefix }: Instance, count: number): Int32Array {
  const all = Int32Array.from(tracks, (_, track) => track);
  if (all.length <= count) return all;
  const width = Math.min(windowCells, cells);
  const step = Math.ceil(width / 4);
  const best = new Float64Array(Math.floor((cells - width) / step) + 1).fill(Infinity);
  for (const track of all) {
    for (let window = 0, at = track * stride; window < best.length; window += 1, at += step) {
      const cost = prefix[at + width]! - prefix[at]!;
      if (cost < best[window]!) best[window] = cost;
    }
  }
  const excess = new Float64Array(all.length).fill(Infinity);
  for (const track of all) {
    for (let window = 0, at = track * stride; window < best.length; window += 1, at += step) {
      const over = prefix[at + width]! - prefix[at]! - best[window]!;
      if (over < excess[track]!) excess[track] = over;
    }
  }
  return all
    .sort((a, b) => excess[a]! - excess[b]! || a - b)
    .slice(0, count)
    .sort();
}

const partEffort = { width: 16, branches: 60, fan: 16 };
/** Tracks looked at for a part. */
export const closeTracksOfPart = 90;

/** The cheapest segments found for a part with the tracks `active`, or null when there are none; `prices` is where to begin. */
export function planPart(
  part: Instance,
  active: Int32Array,
  prices: Float64Array,
  rounds: number,
): readonly Segment[] | null {
  const relaxation = { ...relax(part), prices };
  if (!Number.isFinite(passForward(relaxation, active))) return null;
  const bound = adjustPrices(relaxation, active, rounds, Infinity);
  passForward(relaxation, active);
  return searchBelow(relaxation, active, partEffort, { bound, cost: Infinity }).path;
}
