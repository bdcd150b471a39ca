/** Every number of a workout's summary, computed from the series alone; null where nothing was measured. */
import type { AthleteProfile } from "../athlete.ts";
import type { ClassPlan } from "../class-plan.ts";
import { targetsAt } from "../class-plan.ts";
import {
  heartRateLoad,
  heartRateReserveShare,
  heartRateZoneBounds,
  powerLoad,
  powerZoneBounds,
  weightedPowerW,
  zoneIndex,
} from "../training-load.ts";
import type { BlockPass, SeriesRow, WorkoutEnd } from "../workout.ts";
import type { Best, Channel } from "./channels.ts";
import { bestMean, channelOf, known, maxOf, meanOf, toSecondGrid } from "./channels.ts";
import type { TrackEffort } from "./effort.ts";
import { classTimeAt, effortPerTrack } from "./effort.ts";

export interface SummaryFacts {
  readonly durationS: number;
  readonly movingS: number;
  readonly distanceM: number | null;
  readonly energyKj: number | null;
  readonly averagePowerW: number | null;
  readonly weightedPowerW: number | null;
  readonly bestPower5sW: Best | null;
  readonly bestPower60sW: Best | null;
  readonly bestPower300sW: Best | null;
  readonly bestPower1200sW: Best | null;
  readonly averageCadence: number | null;
  /** Best mean over 30 s. */
  readonly bestCadence: Best | null;
  readonly averageHeartRateBpm: number | null;
  readonly maxHeartRateBpm: number | null;
  readonly powerZonesS: readonly number[] | null;
  readonly heartRateZonesS: readonly number[] | null;
  readonly load: number | null;
  readonly intensity: number | null;
  readonly tempoAdherencePct: number | null;
  readonly targetAdherencePct: number | null;
  readonly distrustS: number;
  readonly trackEffort: readonly TrackEffort[];
}

/** Slower than this, nobody is moving: legs are coasting (rpm, or spm on foot and water). */
export const movingCadence = { cycling: 20, other: 10 } as const;
/** Music counts as following when its tempo is within this share of a whole ratio of the cadence. */
const tempoTolerance = 0.05;
const targetTolerance = 0.1;
const cadenceWindowS = 30;
/** Beats per cadence unit that count as together: two beats a turn, one, one every other, four a drive … */
const togetherRatios = [0.5, 1, 2, 4] as const;

function isMoving(row: SeriesRow, sport: string): boolean {
  const slowest = sport === "cycling" ? movingCadence.cycling : movingCadence.other;
  return (row.cadence ?? 0) >= slowest || (row.powerW ?? 0) > 0 || (row.speedMps ?? 0) > 0.5;
}

function zonesS(
  channel: Channel,
  toShare: (value: number) => number,
  bounds: readonly number[],
): number[] | null {
  const values = known(channel);
  if (values.length === 0) return null;
  const seconds = Array.from({ length: bounds.length + 1 }, () => 0);
  for (const value of values) {
    const zone = zoneIndex(toShare(value), bounds);
    seconds[zone] = (seconds[zone] ?? 0) + 1;
  }
  return seconds;
}

function isTogether(tempoBpm: number, cadence: number): boolean {
  return togetherRatios.some((ratio) => Math.abs(tempoBpm / (ratio * cadence) - 1) <= tempoTolerance);
}

/** Pct of the seconds in which `judge` answers true, among those it answers at all. */
function sharePct(rows: readonly SeriesRow[], judge: (row: SeriesRow) => boolean | null): number | null {
  const judged = rows.map(judge).filter((verdict) => verdict !== null);
  return judged.length === 0 ? null : (judged.filter(Boolean).length / judged.length) * 100;
}

function targetAdherence(
  rows: readonly SeriesRow[],
  plan: ClassPlan,
  athlete: AthleteProfile,
  passes: readonly BlockPass[],
): number | null {
  return sharePct(rows, (row) => {
    const targets = targetsAt(plan, classTimeAt(passes, plan, row.tS));
    if (targets === null) return null;
    if (targets.powerShare !== null && row.powerW !== null) {
      return Math.abs(row.powerW / (targets.powerShare * athlete.ftpW) - 1) <= targetTolerance;
    }
    if (targets.cadence === null || row.cadence === null) return null;
    return Math.abs(row.cadence / targets.cadence - 1) <= targetTolerance;
  });
}

function sumOrNull(channel: Channel): number | null {
  const values = known(channel);
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0);
}

export interface FactsInput {
  readonly end: WorkoutEnd;
  readonly rows: readonly SeriesRow[];
  readonly plan: ClassPlan;
  readonly athlete: AthleteProfile;
}

/** Computes the facts of a finished workout. One row is one second; missing seconds count as "not measured". */
export function computeFacts({ end, rows, plan, athlete }: FactsInput): SummaryFacts {
  const grid = toSecondGrid(rows, end.durationS);
  const power = channelOf(grid, "powerW");
  const cadence = channelOf(grid, "cadence");
  const heartRate = channelOf(grid, "heartRateBpm");
  const moving = grid.filter((row) => isMoving(row, plan.sport));
  const slowest = plan.sport === "cycling" ? movingCadence.cycling : movingCadence.other;
  const turning = cadence.map((value) => (value !== null && value >= slowest ? value : null));
  const powers = known(power);
  const weighted = weightedPowerW(powers);
  const bpms = known(heartRate);
  const load =
    weighted !== null
      ? powerLoad(weighted, powers.length, athlete.ftpW)
      : bpms.length > 0
        ? heartRateLoad(bpms, athlete)
        : null;
  const averagePowerW = meanOf(power);
  const energyJ = sumOrNull(power);
  return {
    durationS: end.durationS,
    movingS: Math.min(moving.length, end.durationS),
    distanceM: sumOrNull(channelOf(grid, "speedMps")),
    energyKj: energyJ === null ? null : energyJ / 1000,
    averagePowerW,
    weightedPowerW: weighted,
    bestPower5sW: bestMean(power, 5),
    bestPower60sW: bestMean(power, 60),
    bestPower300sW: bestMean(power, 300),
    bestPower1200sW: bestMean(power, 1200),
    averageCadence: meanOf(turning),
    bestCadence: bestMean(turning, cadenceWindowS),
    averageHeartRateBpm: meanOf(heartRate),
    maxHeartRateBpm: maxOf(heartRate),
    powerZonesS: zonesS(power, (value) => value / athlete.ftpW, powerZoneBounds),
    heartRateZonesS: zonesS(heartRate, (bpm) => heartRateReserveShare(bpm, athlete), heartRateZoneBounds),
    load,
    intensity: weighted === null ? null : weighted / athlete.ftpW,
    tempoAdherencePct: sharePct(grid, (row) =>
      row.tempoBpm === null || row.cadence === null || row.cadence < slowest
        ? null
        : isTogether(row.tempoBpm, row.cadence),
    ),
    targetAdherencePct: targetAdherence(grid, plan, athlete, end.blockPasses),
    distrustS: end.distrustS,
    trackEffort: effortPerTrack(grid, end, plan, athlete),
  };
}
