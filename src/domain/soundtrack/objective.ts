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
/** From here on listeners notice that a tempo is not the recorded one (Van Dyck et al. 2015), and what that costs. */
const noticedOff = 4;
const noticedCost = 0.2;
const furthestEnergy = 0.5;
/** Energies further apart than this are heard as different music. */
export const energyScale = 0.25;
const energyWeight = 0.5;
const tasteWeight = 0.25;
/** A track heard a moment ago costs as much as one that is not liked at all. */
const heardWeight = 0.25;
/** Two tracks of one artist in a row, and with one track of another between them. */
export const sameArtistCost = 1;
export const sameArtistSoonCost = 0.5;
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
  // At 18 strokes a minute few tracks have four beats a stroke (72 BPM); two bars of a fast one do as well.
  rowing: [4, 2, 8],
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

/** What a track costs in every full cell, whatever is asked for there: 0.25 (1 - taste) + 0.25 heard. */
export function trackCost(track: PlannerTrack): number {
  const liked = tasteWeight * (1 - clamp(track.taste, 0, 1));
  const heard = heardWeight * clamp(track.heard ?? 0, 0, 1);
  return liked + heard;
}

/** What a full cell costs for the distance of energies: 0.5 (min(|difference|, 0.5) / 0.25)^2. */
export function energyCost(energy: Share, wished: Share): number {
  return energyWeight * (Math.min(Math.abs(energy - wished), furthestEnergy) / energyScale) ** 2;
}

/** What a full cell with a cadence costs for a tempo so far off: (min(off, 16) / 8)^2, and 0.2 where that is noticed. */
export function tempoCost(offPct: number): number {
  const cost = (Math.min(offPct, furthestTempo) / tempoScale) ** 2;
  return offPct > noticedOff ? cost + noticedCost : cost;
}

/** What a full cell with a cadence costs for a grid that may be wrong. */
export function gridCost(track: PlannerTrack): number {
  return track.confident === false ? unsureGridCost : 0;
}

/** Cost of one full cell; where there is no cadence neither tempo nor grid count. */
export function cellCost(track: PlannerTrack, wish: Wish, fit: TempoFit | null): number {
  const cost = trackCost(track) + energyCost(track.energy, wish.energy);
  if (wish.cadence === null) return cost;
  return cost + tempoCost(fit?.offPct ?? Infinity) + gridCost(track);
}

/** The rate a track is planned to play at: what the cadence asks, or untouched where that is too far or not asked. */
export function plannedRate(fit: TempoFit | null): number {
  return fit === null ? 1 : rateAt(fit.stretch);
}

/** A stretch that is too far is not made. */
export function rateAt(stretch: number): number {
  return Math.abs(stretch - 1) <= utmostStretch ? stretch : 1;
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
