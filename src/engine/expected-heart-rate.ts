import type { Bpm, Milliseconds, Seconds } from "#domain/units.ts";

/** Heart rate follows power with first-order kinetics, tau about 56-60 s (PMC4687158). */
const tauS = 58;
/** Power is scaled so that offset and slope are of one size. */
const scaleW = 200;
/** What is not known of a person: heart rate at no power, and its rise over 200 W, with their spreads. */
const prior = { restBpm: 100, restSpread: 30, riseBpm: 55, riseSpread: 30 };
/** Readings follow on each other closely: only so much is learned from each second. */
const readingSpreadBpm = 25;
/** Hearts drift over an hour (heat, fatigue): what was learned fades. */
const memoryS = 2400;
/** Nothing is judged before so much has been learned with power. */
const learningS = 480;
/** A heart is allowed this much off what is expected of it, on average over so long. */
const toleratedBpm = 16;
const averagedS = 60;
/** And so many times what it has usually been off by. */
const toleratedSpreads = 3.5;
/** A heart that is this much off teaches half as much: a slow forgery is not to be learned. */
const doubtBpm = 9;
const powerFreshMs = 5000;
/** A power that stands at zero for longer (on foot, or from a meter that is dead or was never there) tells nothing of a heart. */
const atRestMs = 120_000;

/** Expects a heart rate from power, as learned from this person in this workout: offset + slope x filtered power. */
export class ExpectedHeartRate {
  /** A workout starts from rest. */
  private filteredW = 0;
  private powerMs: Milliseconds | null = null;
  private workedMs: Milliseconds = -Infinity;
  private lastMs: Milliseconds | null = null;
  private rest = prior.restBpm;
  private rise = prior.riseBpm;
  private covRest = prior.restSpread ** 2;
  private covBoth = 0;
  private covRise = prior.riseSpread ** 2;
  private learnedS: Seconds = 0;
  private off = 0;
  private usualOffSquared = 30;

  notePower(tMs: Milliseconds, powerW: number): void {
    const elapsedS = this.powerMs === null ? 0 : (tMs - this.powerMs) / 1000;
    this.powerMs = tMs;
    if (powerW > 0) this.workedMs = tMs;
    const heldS = Math.min(elapsedS, tauS);
    this.filteredW += (powerW - this.filteredW) * (1 - Math.exp(-heldS / tauS));
  }

  /** Bpm by which hearts lately were off what was expected, when that is more than they are; otherwise null. */
  judge(tMs: Milliseconds, bpm: Bpm): Bpm | null {
    const elapsedS = this.lastMs === null ? 0 : Math.min(5, (tMs - this.lastMs) / 1000);
    this.lastMs = tMs;
    if (this.powerMs === null || tMs - this.powerMs > powerFreshMs || elapsedS <= 0) return null;
    if (tMs - this.workedMs > atRestMs) return null;
    const power = this.filteredW / scaleW;
    const off = bpm - this.rest - this.rise * power;
    this.learnedS += elapsedS;
    if (this.learnedS < learningS) {
      this.learn(elapsedS, power, off);
      return null;
    }
    this.off += (off - this.off) * (1 - Math.exp(-elapsedS / averagedS));
    const tolerated = Math.max(toleratedBpm, toleratedSpreads * Math.sqrt(this.usualOffSquared));
    if (Math.abs(this.off) > tolerated) return this.off;
    this.learn(elapsedS, power, off);
    this.usualOffSquared += (this.off ** 2 - this.usualOffSquared) * (1 - Math.exp(-elapsedS / memoryS));
    return null;
  }

  /** Recursive least squares with fading memory. */
  private learn(elapsedS: Seconds, power: number, off: number): void {
    const fade = Math.exp(elapsedS / memoryS);
    const a = this.covRest * fade;
    const b = this.covBoth * fade;
    const c = this.covRise * fade;
    const withRest = a + b * power;
    const withRise = b + c * power;
    const doubt = 1 + (this.off / doubtBpm) ** 4;
    const spread = withRest + withRise * power + (doubt * readingSpreadBpm ** 2) / elapsedS;
    this.rest += (withRest / spread) * off;
    this.rise += (withRise / spread) * off;
    this.covRest = Math.min(a - withRest ** 2 / spread, prior.restSpread ** 2);
    this.covBoth = b - (withRest * withRise) / spread;
    this.covRise = Math.min(c - withRise ** 2 / spread, prior.riseSpread ** 2);
  }
}
