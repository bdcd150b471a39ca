/** Zones and load under neutral names. Formulas: Coggan's power zones and normalisation; Karvonen's reserve; Banister's TRIMP. */
import type { AthleteProfile } from "./athlete.ts";
import type { Seconds, Share, Watts } from "./units.ts";

/** Upper bounds of power zones 1..6 as shares of FTP; zone 7 is above. */
export const powerZoneBounds = [0.55, 0.75, 0.9, 1.05, 1.2, 1.5] as const;
/** Upper bounds of heart-rate zones 1..4 as shares of heart-rate reserve; zone 5 is above. */
export const heartRateZoneBounds = [0.6, 0.7, 0.8, 0.9] as const;

/** 0-based zone of `share` among ascending upper `bounds`; a value on a bound belongs to the zone below. */
export function zoneIndex(share: Share, bounds: readonly number[]): number {
  const index = bounds.findIndex((bound) => share <= bound);
  return index === -1 ? bounds.length : index;
}

export function heartRateReserveShare(bpm: number, athlete: AthleteProfile): Share {
  const reserve = athlete.maxHeartRateBpm - athlete.restingHeartRateBpm;
  return reserve > 0 ? (bpm - athlete.restingHeartRateBpm) / reserve : 0;
}

const smoothingS = 30;

/**
 * Weighted power: the fourth-power mean of the 30 s rolling mean of power, one value a second.
 * Null for less than 30 s.
 */
export function weightedPowerW(powerPerSecondW: readonly Watts[]): Watts | null {
  if (powerPerSecondW.length < smoothingS) return null;
  let window = 0;
  let fourthPowers = 0;
  for (const [second, powerW] of powerPerSecondW.entries()) {
    window += powerW - (powerPerSecondW[second - smoothingS] ?? 0);
    if (second >= smoothingS - 1) fourthPowers += Math.max(0, window / smoothingS) ** 4;
  }
  return (fourthPowers / (powerPerSecondW.length - smoothingS + 1)) ** 0.25;
}

/** Load from power: hours x intensity^2 x 100, intensity = weighted power / FTP. An hour at FTP is 100. */
export function powerLoad(weightedW: Watts, durationS: Seconds, ftpW: Watts): number {
  return (durationS / 3600) * (weightedW / ftpW) ** 2 * 100;
}

/** Banister's training impulse of one minute at a share of heart-rate reserve. */
function impulsePerMinute(reserveShare: Share, sex: AthleteProfile["sex"]): number {
  return sex === "female"
    ? reserveShare * 0.86 * Math.exp(1.67 * reserveShare)
    : reserveShare * 0.64 * Math.exp(1.92 * reserveShare);
}

/**
 * Load from heart rate, one value a second, on the scale of `powerLoad`: the impulse divided by that of an hour at
 * threshold, taken as 88 % of reserve (the middle of zone 4's upper half), times 100.
 */
export function heartRateLoad(bpmPerSecond: readonly number[], athlete: AthleteProfile): number {
  const thresholdReserve = 0.88;
  const hourAtThreshold = 60 * impulsePerMinute(thresholdReserve, athlete.sex);
  const impulse = bpmPerSecond.reduce((sum, bpm) => {
    const share = Math.min(1, Math.max(0, heartRateReserveShare(bpm, athlete)));
    return sum + impulsePerMinute(share, athlete.sex) / 60;
  }, 0);
  return (impulse / hourAtThreshold) * 100;
}
