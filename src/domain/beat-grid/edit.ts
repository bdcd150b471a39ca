/** Repairing a beat grid by hand. Every edit is a function from grid to grid; times are seconds from the first sample. */
import type { BeatGrid } from "../track.ts";
import { quantile, type Bpm, type Seconds } from "../units.ts";

/** Beats of one bar: 3/4, 4/4, or 6/8 counted in eighths. */
export type BeatsPerBar = 3 | 4 | 6;
export const beatsPerBarChoices: readonly BeatsPerBar[] = [3, 4, 6];

/** A stretch of the track; a beat at `fromS` lies within, one at `toS` does not. */
export interface Region {
  readonly fromS: Seconds;
  readonly toS: Seconds;
}

/** Beats nearer than this are one beat: 400 BPM, twice the fastest music anybody taps to. */
export const closestBeatsS: Seconds = 0.15;
const emptyGrid: BeatGrid = { beatsS: [], downbeatsS: [] };

export const timeBefore = (a: Seconds, b: Seconds): number => a - b;

/** Median time from beat to beat; 0 with fewer than two beats. */
export function beatLengthOf(beatsS: readonly Seconds[]): Seconds {
  if (beatsS.length < 2) return 0;
  const gaps = beatsS.slice(1).map((beatS, index) => beatS - (beatsS[index] ?? beatS));
  return quantile(gaps.toSorted(timeBefore), 0.5);
}

/** The tempo of a grid, by its median beat; 0 when there is none. */
export function tempoOf({ beatsS }: BeatGrid): Bpm {
  const beatS = beatLengthOf(beatsS);
  return beatS > 0 ? 60 / beatS : 0;
}

/** Index of the beat nearest to `atS`; -1 when there is none. */
export function nearestBeat(beatsS: readonly Seconds[], atS: Seconds): number {
  let nearest = -1;
  let distanceS = Number.POSITIVE_INFINITY;
  for (const [index, beatS] of beatsS.entries()) {
    const apartS = Math.abs(beatS - atS);
    if (apartS >= distanceS) break;
    nearest = index;
    distanceS = apartS;
  }
  return nearest;
}

function firstDownbeat({ beatsS, downbeatsS }: BeatGrid): number {
  const [firstS] = downbeatsS;
  return firstS === undefined ? 0 : Math.max(0, nearestBeat(beatsS, firstS));
}

/** How many beats most of its bars have; 4 when it does not say. */
export function beatsPerBarOf(grid: BeatGrid): BeatsPerBar {
  const at = new Map(grid.beatsS.map((beatS, index) => [beatS, index]));
  const counts = new Map<number, number>();
  for (const [bar, downbeatS] of grid.downbeatsS.entries()) {
    const from = at.get(grid.downbeatsS[bar - 1] ?? Number.NaN);
    const to = at.get(downbeatS);
    if (from === undefined || to === undefined) continue;
    counts.set(to - from, (counts.get(to - from) ?? 0) + 1);
  }
  const most = (beats: BeatsPerBar): number => counts.get(beats) ?? 0;
  return beatsPerBarChoices.reduce((best, beats) => (most(beats) > most(best) ? beats : best), 4);
}

/** The same beats in even bars; beat `first` begins one. */
function inBars(beatsS: readonly Seconds[], first: number, beatsPerBar: number): BeatGrid {
  return { beatsS, downbeatsS: beatsS.filter((_, index) => (index - first) % beatsPerBar === 0) };
}

/** Every other beat, those that carry the first bar line; the bars have as many beats as before, so twice the time. */
export function halved(grid: BeatGrid): BeatGrid {
  const first = firstDownbeat(grid);
  const kept = grid.beatsS.filter((_, index) => (index - first) % 2 === 0);
  return inBars(kept, Math.floor(first / 2), beatsPerBarOf(grid));
}

/** A beat more in the middle of each; the bars have as many beats as before, so half the time. */
export function doubled(grid: BeatGrid): BeatGrid {
  const beatsS = grid.beatsS.flatMap((beatS, index) => {
    const nextS = grid.beatsS[index + 1];
    return nextS === undefined ? [beatS] : [beatS, (beatS + nextS) / 2];
  });
  return inBars(beatsS, firstDownbeat(grid) * 2, beatsPerBarOf(grid));
}

/** Moves beats by `move`; those pushed out of the region go, and where they reached its edge, the edge fills again. */
function moved(grid: BeatGrid, region: Region, move: (index: number) => Seconds): BeatGrid {
  const beatS = beatLengthOf(grid.beatsS);
  if (beatS === 0) return grid;
  const downbeats = new Set(grid.downbeatsS);
  const bar = beatsPerBarOf(grid);
  const reachesStart = (grid.beatsS[0] ?? 0) - region.fromS < beatS;
  const reachesEnd = region.toS - (grid.beatsS.at(-1) ?? 0) <= beatS;
  const times = grid.beatsS.map((oldS, index) => ({ atS: oldS + move(index), down: downbeats.has(oldS) }));
  const barLine = times.findIndex(({ down }) => down);
  const lastBarLine = times.findLastIndex(({ down }) => down);
  const inside = ({ atS }: { atS: Seconds }) => atS >= region.fromS && atS < region.toS;
  if (reachesStart) {
    for (let index = -1; ; index--) {
      const atS = (times[0]?.atS ?? 0) - beatS;
      if (atS < region.fromS) break;
      times.unshift({ atS, down: barLine >= 0 && (index - barLine) % bar === 0 });
    }
  }
  if (reachesEnd) {
    for (let index = grid.beatsS.length; ; index++) {
      const atS = (times.at(-1)?.atS ?? 0) + beatS;
      if (atS >= region.toS) break;
      times.push({ atS, down: lastBarLine >= 0 && (index - lastBarLine) % bar === 0 });
    }
  }
  const kept = times.filter(inside);
  return {
    beatsS: kept.map(({ atS }) => atS),
    downbeatsS: kept.filter(({ down }) => down).map(({ atS }) => atS),
  };
}

/** Every beat `byS` later (earlier when negative). */
export function shifted(grid: BeatGrid, region: Region, byS: Seconds): BeatGrid {
  return moved(grid, region, () => byS);
}

/** Every beat half a beat later: for a tracker that sat between the beats. */
export function movedHalfABeat(grid: BeatGrid, region: Region): BeatGrid {
  const { beatsS } = grid;
  return moved(grid, region, (index) => {
    const from = Math.min(index, beatsS.length - 2);
    return ((beatsS[from + 1] ?? 0) - (beatsS[from] ?? 0)) / 2;
  });
}

/** A bar begins at the beat nearest to `atS`, and even bars lead away from it on both sides. */
export function barBegins(grid: BeatGrid, atS: Seconds): BeatGrid {
  const beat = nearestBeat(grid.beatsS, atS);
  return beat < 0 ? grid : inBars(grid.beatsS, beat, beatsPerBarOf(grid));
}

/** The grid moves until a beat lies at `atS`; that is the first beat and begins a bar, and what lay before goes. */
export function firstBeatAt(grid: BeatGrid, region: Region, atS: Seconds): BeatGrid {
  const beat = nearestBeat(grid.beatsS, atS);
  if (beat < 0) return grid;
  const { beatsS } = shifted(grid, region, atS - (grid.beatsS[beat] ?? atS));
  const from = beatsS.findIndex((beatS) => beatS >= atS - closestBeatsS);
  return from < 0 ? emptyGrid : inBars(beatsS.slice(from), 0, beatsPerBarOf(grid));
}

/** Even bars of `beatsPerBar` from the first bar line on. */
export function withMetre(grid: BeatGrid, beatsPerBar: BeatsPerBar): BeatGrid {
  return inBars(grid.beatsS, firstDownbeat(grid), beatsPerBar);
}

/** Even beats through the whole region, `beatS` apart, with a bar line at `anchorS`. */
export function evenGrid(
  region: Region,
  anchorS: Seconds,
  beatS: Seconds,
  beatsPerBar: BeatsPerBar,
): BeatGrid {
  if (!(beatS >= closestBeatsS)) return emptyGrid;
  const from = Math.ceil((region.fromS - anchorS) / beatS - 1e-9);
  const count = Math.max(0, Math.ceil((region.toS - anchorS) / beatS - 1e-9) - from);
  const beatsS = Array.from({ length: count }, (_, index) =>
    Math.max(region.fromS, anchorS + (from + index) * beatS),
  );
  return inBars(beatsS, -from, beatsPerBar);
}

/** Every beat at the nearest of the ascending `onsetsS`, where one is within `reachS`. */
export function snapped(grid: BeatGrid, onsetsS: readonly Seconds[], reachS: Seconds): BeatGrid {
  const downbeats = new Set(grid.downbeatsS);
  const beatsS: Seconds[] = [];
  const downbeatsS: Seconds[] = [];
  let next = 0;
  for (const beatS of grid.beatsS) {
    while (next < onsetsS.length && (onsetsS[next] ?? 0) < beatS) next++;
    const around = [onsetsS[next - 1] ?? Number.NaN, onsetsS[next] ?? Number.NaN];
    const near = around.filter((onsetS) => Math.abs(onsetS - beatS) <= reachS);
    const [toS = beatS] = near.toSorted((a, b) => Math.abs(a - beatS) - Math.abs(b - beatS));
    if (toS - (beatsS.at(-1) ?? Number.NEGATIVE_INFINITY) < closestBeatsS) continue;
    beatsS.push(toS);
    if (downbeats.has(beatS)) downbeatsS.push(toS);
  }
  return { beatsS, downbeatsS };
}

/** Edits only what lies in the region; the rest stays, and an edited beat that comes too near to it goes. */
export function inRegion(grid: BeatGrid, region: Region, edit: (part: BeatGrid) => BeatGrid): BeatGrid {
  const inside = (atS: Seconds) => atS >= region.fromS && atS < region.toS;
  const part = edit({ beatsS: grid.beatsS.filter(inside), downbeatsS: grid.downbeatsS.filter(inside) });
  const before = grid.beatsS.filter((atS) => atS < region.fromS);
  const after = grid.beatsS.filter((atS) => atS >= region.toS);
  const [lastS, nextS] = [before.at(-1) ?? Number.NEGATIVE_INFINITY, after[0] ?? Number.POSITIVE_INFINITY];
  const fits = (atS: Seconds) => inside(atS) && atS - lastS >= closestBeatsS && nextS - atS >= closestBeatsS;
  const outside = grid.downbeatsS.filter((atS) => !inside(atS));
  return {
    beatsS: [...before, ...part.beatsS.filter(fits), ...after],
    downbeatsS: [...outside, ...part.downbeatsS.filter(fits)].toSorted(timeBefore),
  };
}
