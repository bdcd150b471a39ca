/** Small sums over the one-second series. A channel is its value per second; null where nothing was measured. */
import type { SeriesChannel, SeriesRow } from "../workout.ts";

export type Channel = readonly (number | null)[];

export function channelOf(rows: readonly SeriesRow[], name: SeriesChannel): Channel {
  return rows.map((row) => row[name]);
}

export function known(channel: Channel): number[] {
  return channel.filter((value) => value !== null);
}

export function meanOf(channel: Channel): number | null {
  const values = known(channel);
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}

export function maxOf(channel: Channel): number | null {
  return known(channel).reduce<number | null>(
    (best, value) => (best === null || value > best ? value : best),
    null,
  );
}

export interface Best {
  readonly value: number;
  readonly startS: number;
  readonly durationS: number;
}

/** The highest mean over `windowS` consecutive seconds that were all measured; the earliest one when equal. */
export function bestMean(channel: Channel, windowS: number): Best | null {
  let sum = 0;
  let length = 0;
  let best: Best | null = null;
  for (const [second, value] of channel.entries()) {
    if (value === null) {
      sum = 0;
      length = 0;
      continue;
    }
    sum += value;
    length += 1;
    if (length > windowS) {
      sum -= channel[second - windowS] ?? 0;
      length = windowS;
    }
    if (length === windowS && (best === null || sum / windowS > best.value + 1e-9)) {
      best = { value: sum / windowS, startS: second - windowS + 1, durationS: windowS };
    }
  }
  return best;
}

/**
 * Puts rows on an even grid of seconds 0..durationS: each second holds the row that fell into it, or nulls. Rows of a
 * workout may miss seconds (a dead tab) or come twice (a retried upload); sums over time must not notice.
 */
export function toSecondGrid(rows: readonly SeriesRow[], durationS: number): SeriesRow[] {
  const empty = {
    cadence: null,
    powerW: null,
    heartRateBpm: null,
    speedMps: null,
    tempoBpm: null,
    phaseErrorMs: null,
  };
  const grid: SeriesRow[] = Array.from({ length: Math.ceil(durationS) }, (_, tS) => ({ tS, ...empty }));
  for (const row of rows) {
    const second = Math.floor(row.tS);
    if (second >= 0 && second < grid.length) grid[second] = { ...row, tS: second };
  }
  return grid;
}
