/** Where the dot of the crank stands. Angles are degrees clockwise from twelve o'clock. */
import { clamp } from "#domain/units.ts";

export interface Phase {
  /** The last event at or before now. */
  readonly lastMs: number;
  /** Way from the last event to the next, 0..1. */
  readonly share: number;
  readonly periodMs: number;
}

/** Where `nowMs` lies between two neighbours of the ascending `timesMs`; null unless both sides are known. */
export function phaseAt(timesMs: readonly number[], nowMs: number): Phase | null {
  const next = timesMs.findIndex((timeMs) => timeMs > nowMs);
  const lastMs = timesMs[next - 1];
  const nextMs = timesMs[next];
  if (lastMs === undefined || nextMs === undefined) return null;
  const periodMs = nextMs - lastMs;
  return { lastMs, share: (nowMs - lastMs) / periodMs, periodMs };
}

/** A gap wider than this says "not together" already; drawn no wider. */
const widestGapDeg = 75;

/**
 * The phase error as an angle of the dot at the moment of the beat: positive when the beat comes after the stroke.
 * @param strokesPerTurn 2 for a bicycle crank, 1 otherwise.
 */
export function gapDegrees(phaseErrorMs: number, strokePeriodMs: number, strokesPerTurn: number): number {
  if (!(strokePeriodMs > 0)) return 0;
  const degrees = (phaseErrorMs / strokePeriodMs) * (360 / strokesPerTurn);
  return clamp(degrees, -widestGapDeg, widestGapDeg);
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export function pointAt(degrees: number, radius: number): Point {
  const radians = (degrees * Math.PI) / 180;
  return { x: 50 + radius * Math.sin(radians), y: 50 - radius * Math.cos(radians) };
}

/** The ring around (50, 50), left open from twelve o'clock to `gapDeg`; closed when the gap is under one degree. */
export function ringPath(gapDeg: number, radius: number): string {
  const [from, to] = gapDeg >= 0 ? [gapDeg, 360] : [0, 360 + gapDeg];
  const end = Math.abs(gapDeg) < 1 ? 359.99 : to;
  const [start, stop] = [pointAt(from, radius), pointAt(end, radius)];
  return `M${start.x.toFixed(2)} ${start.y.toFixed(2)}A${radius} ${radius} 0 1 1 ${stop.x.toFixed(2)} ${stop.y.toFixed(2)}`;
}

/** How brightly the spark glows: full at the beat, gone after `fadeMs`. */
export function sparkAt(beatsMs: readonly number[], nowMs: number, fadeMs = 180): number {
  const last = beatsMs.findLast((beatMs) => beatMs <= nowMs);
  return last === undefined ? 0 : clamp(1 - (nowMs - last) / fadeMs, 0, 1);
}
