/**
 * The same problem on a coarser grid: changes only at every second or fourth boundary. A soundtrack of it is one of the
 * fine problem too, and its prices are near those of the fine problem at a fraction of the work (a multigrid of the relaxation).
 */
import { latestStarts, type Instance } from "./instance.ts";
import type { Segment } from "./relaxation.ts";

export interface Coarse {
  readonly instance: Instance;
  /** Fine boundary of each coarse one. */
  readonly boundaryOf: Int32Array;
}

/** Boundaries kept: every `factor`-th and the last; a last cell of under half a step joins the one before. */
function keptBoundaries(cells: number, factor: number): Int32Array {
  const kept: number[] = [];
  for (let at = 0; at < cells - factor / 2; at += factor) kept.push(at);
  kept.push(cells);
  return Int32Array.from(kept);
}

/** The instance with only every `factor`-th boundary. Of its tracks only the given ones may be used. */
export function coarsen(instance: Instance, tracks: Int32Array, factor: number): Coarse {
  const boundaryOf = keptBoundaries(instance.cells, factor);
  const stride = boundaryOf.length;
  const boundaries = Array.from(boundaryOf, (at) => instance.boundaries[at]!);
  const prefix = new Float64Array(instance.tracks.length * stride);
  const earliest = new Int16Array(instance.tracks.length * stride);
  for (const track of tracks) {
    const row = track * instance.stride;
    const coarseRow = track * stride;
    for (let at = 0, start = 0; at < stride; at += 1) {
      const fine = row + boundaryOf[at]!;
      prefix[coarseRow + at] = instance.prefix[fine]!;
      while (boundaryOf[start]! < instance.earliest[fine]!) start += 1;
      earliest[coarseRow + at] = start;
    }
  }
  const latestStart = latestStarts(boundaries, instance.shortestS);
  const lengths = Array.from(latestStart, (start, end) => (start === -1 ? Infinity : end - start));
  const shortestCells = Math.min(stride, ...lengths);
  return {
    boundaryOf,
    instance: {
      ...instance,
      boundaries,
      cells: stride - 1,
      stride,
      prefix,
      earliest,
      latestStart,
      shortestCells,
    },
  };
}

/** A soundtrack of the coarse problem as one of the fine problem. */
export function refined(path: readonly Segment[], { boundaryOf }: Coarse): Segment[] {
  return path.map(({ track, start, end }) => ({ track, start: boundaryOf[start]!, end: boundaryOf[end]! }));
}
