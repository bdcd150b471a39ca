import type { Ramp, Sport } from "../class-plan.ts";
import { lerp, type Cadence, type Seconds, type Share } from "../units.ts";

/**
 * Effort is the one number a family writes: a share of what can be held for about an hour (1 = threshold).
 * In cycling and rowing it is the power target itself; elsewhere it only says how hard. Exertion, music energy and
 * cadence follow from it through the tables below (ours, set so that zone borders 55/75/90/105/120 % feel as zones do).
 */
export type Effort = number;

type Table = readonly (readonly [effort: Effort, value: number])[];

const exertionTable: Table = [
  [0.2, 0.5],
  [0.4, 1.5],
  [0.55, 2.5],
  [0.65, 3],
  [0.75, 4],
  [0.85, 5],
  [0.92, 6],
  [1, 7],
  [1.1, 8],
  [1.25, 9],
  [1.6, 10],
];

const energyTable: Table = [
  [0.2, 0.1],
  [0.4, 0.25],
  [0.55, 0.35],
  [0.65, 0.45],
  [0.75, 0.55],
  [0.85, 0.65],
  [0.95, 0.75],
  [1.05, 0.83],
  [1.2, 0.92],
  [1.6, 1],
];

const cadenceTables: Readonly<Partial<Record<Sport, Table>>> = {
  cycling: [
    [0.4, 80],
    [0.65, 88],
    [0.9, 90],
    [1.05, 94],
    [1.2, 100],
    [1.6, 108],
  ],
  running: [
    [0.4, 150],
    [0.65, 162],
    [0.85, 168],
    [1, 174],
    [1.1, 180],
    [1.3, 186],
    [1.6, 190],
  ],
  walking: [
    [0.3, 100],
    [0.45, 108],
    [0.6, 116],
    [0.75, 122],
    [0.9, 128],
    [1, 130],
  ],
  rowing: [
    [0.4, 18],
    [0.65, 19],
    [0.75, 20],
    [0.85, 22],
    [0.95, 24],
    [1.02, 26],
    [1.1, 28],
    [1.25, 31],
    [1.5, 34],
  ],
};

/** Value of a table at `effort`: linear between its points, flat outside. A plain loop: it runs for every block of every class. */
function read(table: Table, effort: Effort): number {
  let below = table[0] ?? [0, Number.NaN];
  for (const point of table) {
    if (point[0] >= effort)
      return point[0] === below[0]
        ? point[1]
        : lerp(below[1], point[1], (effort - below[0]) / (point[0] - below[0]));
    below = point;
  }
  return below[1];
}

/** Borg CR10 exertion, in halves. */
export function exertionAt(effort: Effort): number {
  return Math.round(read(exertionTable, effort) * 2) / 2;
}

/** An effort that feels like this on Borg's CR10 scale: the inverse of `exertionAt`, up to its rounding. */
export function effortAtExertion(exertion: number): Effort {
  const inverse: Table = exertionTable.map(([effort, value]) => [value, effort]);
  return Math.round(read(inverse, exertion) * 100) / 100;
}

/** What the music should feel like, 0..1. */
export function energyAt(effort: Effort): Share {
  return Math.round(read(energyTable, effort) * 100) / 100;
}

/** Usual cadence at an effort: rpm for cycling, spm otherwise; null in a sport without one. */
export function usualCadence(sport: Sport, effort: Effort): Cadence | null {
  const table = cadenceTables[sport];
  return table === undefined ? null : Math.round(read(table, effort));
}

/** Heart rate needs about a minute to answer (time constant 56-60 s, PMC4687158): shorter blocks have no zone. */
const shortestZoneS: Seconds = 60;

/** Heart-rate zone 1..5 of a block, from the borders 55/75/90/105 % of threshold; null when it is too short for one. */
export function heartRateZone(effort: Ramp, durationS: Seconds): number | null {
  if (durationS < shortestZoneS) return null;
  const mean = (effort.from + effort.to) / 2;
  return 1 + [0.55, 0.75, 0.9, 1.05].filter((border) => mean > border).length;
}
