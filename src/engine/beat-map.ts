import { beatGridOf, type PlannerTrack } from "#domain/track.ts";
import type { Seconds } from "#domain/units.ts";

/** Beats on either side that smooth a grid: measured grids jitter by some ms, which a deck must not play as wobble. */
const smoothingBeats = 4;
const beatsPerBarByDefault = 4;

/** A track's beat grid as a map between source position and beats counted from the first beat, 0. */
export class BeatMap {
  private readonly beatsS: readonly Seconds[];
  private readonly smoothS: readonly Seconds[];
  private readonly downbeats: readonly number[];
  /** Most frequent bar length. */
  readonly beatsPerBar: number;

  constructor(beatsS: readonly Seconds[], downbeatsS: readonly Seconds[]) {
    this.beatsS = beatsS;
    this.smoothS = smooth(beatsS);
    const downbeats = downbeatsS.map((atS) => Math.round(indexAt(beatsS, atS)));
    this.downbeats =
      downbeats.length > 0
        ? downbeats
        : beatsS.map((_, beat) => beat).filter((beat) => beat % beatsPerBarByDefault === 0);
    this.beatsPerBar = commonBarLength(this.downbeats);
  }

  /** Fractional beat at a source position, straight on beyond the ends. */
  beatAt(sourceS: Seconds): number {
    return indexAt(this.beatsS, sourceS);
  }

  /** Source position of a fractional beat. */
  sourceAt(beat: number): Seconds {
    return valueAt(this.beatsS, beat);
  }

  /** The same on the smoothed grid: what a deck steers by. */
  steadySourceAt(beat: number): Seconds {
    return valueAt(this.smoothS, beat);
  }

  steadyBeatAt(sourceS: Seconds): number {
    return indexAt(this.smoothS, sourceS);
  }

  /** Seconds of source per beat near a position, averaged over eight beats. */
  beatPeriodS(sourceS: Seconds): Seconds {
    const beat = this.steadyBeatAt(sourceS);
    const last = this.smoothS.length - 1;
    const from = Math.max(0, Math.min(beat - smoothingBeats, last - 1));
    const to = Math.min(last, Math.max(beat + smoothingBeats, from + 1));
    return (this.steadySourceAt(to) - this.steadySourceAt(from)) / (to - from);
  }

  /** The first downbeat at or after a beat, bars counted on beyond the last one. */
  downbeatFrom(beat: number): number {
    const index = lowerBound(this.downbeats, beat - 1e-6);
    const found = this.downbeats[index];
    if (found !== undefined) return found;
    const last = this.downbeats[this.downbeats.length - 1] ?? 0;
    return last + Math.ceil((beat - 1e-6 - last) / this.beatsPerBar) * this.beatsPerBar;
  }
}

/** The beat map of a track; null when it has no usable grid (fewer than two beats, or beats that do not ascend). */
export function beatMapOf(track: PlannerTrack): BeatMap | null {
  const { beatsS, downbeatsS } = beatGridOf(track);
  if (beatsS.length < 2) return null;
  for (let index = 0; index < beatsS.length; index++) {
    if (!((beatsS[index] ?? Number.NaN) > (beatsS[index - 1] ?? -Infinity))) return null;
  }
  return new BeatMap(beatsS, downbeatsS);
}

/** Symmetric moving average: leaves an even grid and a steady drift as they are; the window shrinks at the ends. */
function smooth(beatsS: readonly Seconds[]): Seconds[] {
  return beatsS.map((_, beat) => {
    const reach = Math.min(smoothingBeats, beat, beatsS.length - 1 - beat);
    let sum = 0;
    for (let index = beat - reach; index <= beat + reach; index++) sum += beatsS[index] ?? 0;
    return sum / (2 * reach + 1);
  });
}

function lowerBound(values: readonly number[], value: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((values[middle] ?? Infinity) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

function valueAt(values: readonly number[], index: number): number {
  const low = Math.min(Math.max(Math.floor(index), 0), values.length - 2);
  const from = values[low] ?? 0;
  return from + (index - low) * ((values[low + 1] ?? from) - from);
}

function indexAt(values: readonly number[], value: number): number {
  const low = Math.min(Math.max(lowerBound(values, value) - 1, 0), values.length - 2);
  const from = values[low] ?? 0;
  return low + (value - from) / ((values[low + 1] ?? from + 1) - from);
}

function commonBarLength(downbeats: readonly number[]): number {
  const counts = new Map<number, number>();
  for (let index = 1; index < downbeats.length; index++) {
    const length = (downbeats[index] ?? 0) - (downbeats[index - 1] ?? 0);
    if (length > 0) counts.set(length, (counts.get(length) ?? 0) + 1);
  }
  let best = beatsPerBarByDefault;
  for (const [length, count] of counts) if (count > (counts.get(best) ?? 0)) best = length;
  return best;
}
