import type { Sport } from "#domain/class-plan.ts";
import { tempoRatiosOf } from "#domain/soundtrack/objective.ts";
import type { PlannerTrack } from "#domain/track.ts";
import type { Cadence, Share } from "#domain/units.ts";

/** Stretch allowed, as a share; past `utmostStretch` never. Our limit; listeners notice about 4 %. */
export const allowedStretch = 0.08;

/** Strokes in one cadence unit: a revolution has two pedal downstrokes, a step or a drive is one stroke. */
export function strokesPerUnit(sport: Sport): number {
  return sport === "cycling" ? 2 : 1;
}

/**
 * The part of a cadence unit after which beats meet strokes again: with fewer beats than strokes each beat may take any
 * stroke, otherwise each stroke may take any beat.
 */
export function lockPeriod(sport: Sport, tempoRatio: number): number {
  return Math.min(1 / strokesPerUnit(sport), tempoRatio > 0 ? 1 / tempoRatio : 1);
}

export interface Fit {
  readonly tempoRatio: number;
  /** Playback rate that brings the track to `tempoRatio` x cadence. */
  readonly stretch: number;
}

/** How far a playback rate is from untouched, as a share, alike for faster and slower. */
export function stretchAmount(stretch: number): Share {
  return Math.abs(Math.log(stretch));
}

/** The best tempo ratio for a track at a cadence; null without a tempo, a cadence or ratios for the sport. */
export function bestFit(track: PlannerTrack, cadence: Cadence, sport: Sport): Fit | null {
  if (!(track.tempoBpm > 0) || !(cadence > 0)) return null;
  let best: Fit | null = null;
  for (const tempoRatio of tempoRatiosOf(sport)) {
    const stretch = (tempoRatio * cadence) / track.tempoBpm;
    if (best === null || stretchAmount(stretch) < stretchAmount(best.stretch)) best = { tempoRatio, stretch };
  }
  return best;
}

export interface TrackWish {
  readonly cadence: Cadence;
  readonly energy: Share;
  readonly sport: Sport;
  /** Tracks not to take: sounding, skipped, failed, or planned for later. */
  readonly excluding: ReadonlySet<string>;
  /** Seconds it should be able to play. */
  readonly lengthS: number;
}

/**
 * The track that serves a cadence best by the soundtrack objective's slot cost (stretch, energy, taste), for a change
 * that cannot wait for a plan. Null when none comes within the allowed stretch.
 */
export function pickTrack(
  tracks: Iterable<PlannerTrack>,
  wish: TrackWish,
): (Fit & { track: PlannerTrack }) | null {
  let best: (Fit & { track: PlannerTrack }) | null = null;
  let bestCost = Infinity;
  for (const track of tracks) {
    if (wish.excluding.has(track.id) || track.confident === false) continue;
    const fit = bestFit(track, wish.cadence, wish.sport);
    if (fit === null || stretchAmount(fit.stretch) > allowedStretch) continue;
    const short = track.durationS < Math.min(wish.lengthS, 60) ? 2 : 0;
    const cost =
      (stretchAmount(fit.stretch) / allowedStretch) ** 2 +
      0.5 * (Math.min(Math.abs(track.energy - wish.energy), 0.5) / 0.25) ** 2 +
      0.25 * (1 - track.taste) +
      short;
    if (cost < bestCost) {
      bestCost = cost;
      best = { ...fit, track };
    }
  }
  return best;
}
