/** What each track did to the athlete: effort while it played, against what the class asked for at that moment. */
import type { AthleteProfile } from "../athlete.ts";
import type { ClassPlan } from "../class-plan.ts";
import { targetsAt } from "../class-plan.ts";
import type { BlockPass, SeriesRow, WorkoutEnd } from "../workout.ts";
import { channelOf, meanOf } from "./channels.ts";

export interface TrackEffort {
  readonly trackId: string;
  readonly title: string;
  readonly artist: string;
  readonly startS: number;
  readonly endS: number;
  /** How much harder than asked (or than average) the athlete worked during it, Pct; null when nothing was measured. */
  readonly effortPct: number | null;
  readonly skipped: boolean;
}

/** Class time at each second of the workout: skipped blocks make the two differ. */
export function classTimeAt(
  passes: readonly BlockPass[],
  plan: Pick<ClassPlan, "blocks">,
  tS: number,
): number {
  const pass = passes.findLast((candidate) => candidate.startS <= tS);
  if (pass === undefined) return tS;
  return (plan.blocks[pass.blockIndex]?.startS ?? 0) + (tS - pass.startS);
}

/** A track heard for less than this says nothing about what it did to anybody. */
const shortestHeardS = 30;

/**
 * Power against its target where both exist; otherwise cadence against its target; otherwise power against the mean of
 * the workout. A track in a hard block must not win by its place alone.
 */
function effortAt(
  row: SeriesRow,
  plan: ClassPlan,
  athlete: AthleteProfile,
  passes: readonly BlockPass[],
  meanW: number | null,
): number | null {
  const targets = targetsAt(plan, classTimeAt(passes, plan, row.tS));
  const targetW = (targets?.powerShare ?? 0) * athlete.ftpW;
  if (row.powerW !== null && targetW > 0) return row.powerW / targetW;
  const targetCadence = targets?.cadence ?? 0;
  if (row.cadence !== null && targetCadence > 0) return row.cadence / targetCadence;
  return row.powerW !== null && meanW !== null && meanW > 0 ? row.powerW / meanW : null;
}

/** Effort per track play, the one that lifted most first; plays without a figure last. `rows` lie on an even grid of seconds. */
export function effortPerTrack(
  rows: readonly SeriesRow[],
  end: WorkoutEnd,
  plan: ClassPlan,
  athlete: AthleteProfile,
): TrackEffort[] {
  const meanW = meanOf(channelOf(rows, "powerW"));
  const efforts = rows.map((row) => effortAt(row, plan, athlete, end.blockPasses, meanW));
  const overall = meanOf(efforts);
  const tracks = end.trackPlays.map((play) => {
    const heard = efforts.slice(Math.ceil(play.startS), Math.ceil(play.endS));
    const mean = heard.length >= shortestHeardS ? meanOf(heard) : null;
    const effortPct = mean === null || overall === null || overall === 0 ? null : (mean / overall - 1) * 100;
    return { ...play, effortPct };
  });
  return tracks.toSorted((a, b) => (b.effortPct ?? -Infinity) - (a.effortPct ?? -Infinity));
}
