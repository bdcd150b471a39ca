/** A person's training profile. Targets, trust and summaries read it. */
export interface AthleteProfile {
  /** Functional threshold power: what can be held for about an hour. */
  readonly ftpW: number;
  readonly maxHeartRateBpm: number;
  readonly restingHeartRateBpm: number;
  readonly weightKg: number;
  readonly birthYear: number | null;
  readonly sex: "female" | "male" | null;
  readonly units: "metric" | "imperial";
}

/** Stated defaults for somebody who has told us nothing; shown as assumptions wherever they are used. */
export const defaultAthlete: AthleteProfile = {
  ftpW: 180,
  maxHeartRateBpm: 185,
  restingHeartRateBpm: 60,
  weightKg: 72,
  birthYear: null,
  sex: null,
  units: "metric",
};

/** Expected maximum heart rate at an age: 208 - 0.7 x age (Tanaka, Monahan & Seals 2001). */
export function expectedMaxHeartRateBpm(ageYears: number): number {
  return 208 - 0.7 * ageYears;
}
