/** Whether a value is on its target, said by an arrow and a word before any colour. */
export type Standing = "on" | "under" | "over" | "none";

/** Within this share of the target nobody is told anything: it is on target. */
const tolerance = { cadence: 0.04, power: 0.07 } as const;

export interface TargetReading {
  readonly standing: Standing;
  /** "on", "6 under", "no signal" */
  readonly word: string;
}

/** Nothing to be said: there is no target, or the workout rests. */
export const nothingToSay: TargetReading = { standing: "none", word: "" };

export function readTarget(
  value: number | null,
  target: number | null,
  kind: keyof typeof tolerance,
): TargetReading {
  if (target === null) return nothingToSay;
  if (value === null) return { standing: "none", word: "no signal" };
  const difference = Math.round(value - target);
  if (Math.abs(value - target) <= Math.max(1, target * tolerance[kind])) {
    return { standing: "on", word: "on" };
  }
  return difference > 0
    ? { standing: "over", word: `${difference} over` }
    : { standing: "under", word: `${-difference} under` };
}

/** Heart-rate zones 1..5 by share of the heart-rate reserve (Karvonen): from 50, 60, 70, 80 and 90 %. */
export function heartRateZone(bpm: number, restingBpm: number, maxBpm: number): number {
  const share = (bpm - restingBpm) / Math.max(1, maxBpm - restingBpm);
  return Math.min(5, Math.max(1, Math.floor(share * 10) - 4));
}

/** What holds the music, in words. */
export const lockTexts = {
  locked: "locked",
  tempo: "on your tempo",
  class: "follows the class",
  searching: "listening for you",
} as const;
