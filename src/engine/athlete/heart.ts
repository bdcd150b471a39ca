import type { AthleteProfile } from "#domain/athlete.ts";
import { clamp, type Bpm, type Seconds, type Share } from "#domain/units.ts";

/** Heart rate follows effort with first-order kinetics, tau about 56-60 s (PMC4687158). */
const tauS = 58;
/** Heart rate drifts up over a long effort at the same power: some 5 % of the reserve an hour. */
const driftPerS = 0.05 / 3600;

/** A heart: effort as a share of threshold power in, beats per minute out. */
export class Heart {
  private readonly athlete: AthleteProfile;
  private reserveShare = 0.12;
  private drift = 0;

  constructor(athlete: AthleteProfile) {
    this.athlete = athlete;
  }

  /** `elapsedS` later at this effort. */
  beat(elapsedS: Seconds, effort: Share): Bpm {
    const wanted = clamp(0.12 + 0.72 * effort, 0.1, 1);
    this.reserveShare += (wanted - this.reserveShare) * (1 - Math.exp(-elapsedS / tauS));
    this.drift += driftPerS * effort * elapsedS;
    const { restingHeartRateBpm: rest, maxHeartRateBpm: max } = this.athlete;
    return Math.min(max, rest + (max - rest) * (this.reserveShare + this.drift));
  }
}
