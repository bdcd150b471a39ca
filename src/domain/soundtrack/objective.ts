/**
 * What a good soundtrack costs. Our own objective; its weights were chosen on prototypes.
 *
 * The class is cut into cells of 15 s. Every cell pays for the track that sounds in it: how far the track must be
 * stretched, how far its energy is from what the block wants, how little it is liked. Every change of track pays a fixed
 * price and one for the distance of the keys. A track stays at least 60 s, and comes back only when the library is too short.
 */
import type { ClassPlan, Sport } from "../class-plan.ts";
import type { CamelotKey, PlannerTrack } from "../track.ts";
import type { Bpm, Cadence, Seconds, Share } from "../units.ts";
import { clamp } from "../units.ts";

export const cellS: Seconds = 15;
export const shortestSlotS: Seconds = 60;
/** A tempo further off than this costs no more: music and movement are apart anyway. In 100 ln of the ratio, about percent. */
const furthestTempo = 16;
const tempoScale = 8;
const furthestEnergy = 0.5;
const energyScale = 0.25;
const energyWeight = 0.5;
const tasteWeight = 0.25;
/** Price of a grid that may be wrong, in cells with a cadence target: as much as being 8 % off. */
const unsureGridCost = 1;
const changeCost = 2;
const keyCosts = [0, 0.25, 0.75] as const;
/** The dearest change of key. */
export const clashCost = 1.5;
/** An unknown key counts as two steps away: neither praised nor feared. */
const unknownKeyDistance = 2;
/** Dearer than the worst track over ten minutes, so that a track comes back only when nothing else is left. */
export const repeatCost = 250;
/** The same where tracks have to come back anyway: a fitting one may return before one that does not fit at all sounds. */
export const neededRepeatCost = 20;
/** A track that must come back does so as late as possible: this much extra at once, falling to nothing over the span. */
export const soonRepeatCost = 60;
export const repeatSpanS: Seconds = 1200;
/** Past this stretch music is let go: it plays untouched. Never reached in a good soundtrack. */
export const utmostStretch = 0.15;

const ratiosBySport: Readonly<Record<Sport, readonly number[]>> = {
  cycling: [1, 2],
  running: [1, 0.5],
  walking: [1],
  rowing: [4, 2],
  strength: [],
  mobility: [],
};

/** Beats per cadence unit (revolution, step, drive) that a sport can move to; none where movement keeps no cadence. */
export function tempoRatiosOf(sport: Sport): readonly number[] {
  return ratiosBySport[sport];
}

export interface TempoFit {
  readonly tempoRatio: number;
  /** |100 ln(ratio x cadence / tempo)|: percent off, alike for faster and slower. */
  readonly offPct: number;
  /** Playback rate that brings the track there. */
  readonly stretch: number;
}

/** The tempo ratio at which a track of `tempoBpm` needs the least stretch at `cadence`; null without tempo or ratios. */
export function fitTempo(ratios: readonly number[], cadence: Cadence, tempoBpm: Bpm): TempoFit | null {
  if (!(tempoBpm > 0) || !(cadence > 0)) return null;
  let best: TempoFit | null = null;
  for (const tempoRatio of ratios) {
    const stretch = (tempoRatio * cadence) / tempoBpm;
    const offPct = Math.abs(100 * Math.log(stretch));
    if (best === null || offPct < best.offPct) best = { tempoRatio, offPct, stretch };
  }
  return best;
}

/** What music is asked for over a moment of the class. */
export interface Wish {
  /** Null where movement keeps no cadence. */
  readonly cadence: Cadence | null;
  readonly energy: Share;
}

/**
 * Cost of one full cell: (min(off, 16) / 8)^2 + 0.5 (min(|energy difference|, 0.5) / 0.25)^2 + 0.25 (1 - taste), without
 * the first term where there is no cadence; 1 more for a grid that may be wrong.
 */
export function cellCost(track: PlannerTrack, wish: Wish, fit: TempoFit | null): number {
  const energyOff = Math.min(Math.abs(track.energy - wish.energy), furthestEnergy) / energyScale;
  let cost = energyWeight * energyOff ** 2 + tasteWeight * (1 - clamp(track.taste, 0, 1));
  if (wish.cadence === null) return cost;
  cost += (Math.min(fit?.offPct ?? furthestTempo, furthestTempo) / tempoScale) ** 2;
  return track.confident === false ? cost + unsureGridCost : cost;
}

/** The rate a track is planned to play at: what the cadence asks, or untouched where that is too far or not asked. */
export function plannedRate(fit: TempoFit | null): number {
  return fit !== null && Math.abs(fit.stretch - 1) <= utmostStretch ? fit.stretch : 1;
}

/**
 * Steps between two keys on the Camelot wheel: hours apart, one more when the letters differ; 0 is the same key.
 * Neighbours (8A with 7A, 9A and 8B) share all but one note.
 */
export function camelotDistance(from: CamelotKey | null, to: CamelotKey | null): number {
  if (from === null || to === null) return unknownKeyDistance;
  const apart = Math.abs(Number.parseInt(from, 10) - Number.parseInt(to, 10)) % 12;
  return Math.min(apart, 12 - apart) + (from.at(-1) === to.at(-1) ? 0 : 1);
}

/** Cost of changing from a track in one key to a track in another: 2 + 0, 0.25, 0.75 or 1.5 by distance 0, 1, 2, more. */
export function changeCostOf(from: CamelotKey | null, to: CamelotKey | null): number {
  return changeCost + (keyCosts[camelotDistance(from, to)] ?? clashCost);
}

/** Extra cost of a track that comes back `gapS` after it last ended, where coming back costs `price` at least. */
export function repeatCostAfter(gapS: Seconds, price: number): number {
  return price + soonRepeatCost * (1 - clamp(gapS / repeatSpanS, 0, 1));
}

export type SoundtrackClass = Pick<ClassPlan, "id" | "sport" | "durationS" | "blocks">;
