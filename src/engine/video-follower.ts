/** How a video is kept with the class. Class time is the master: the video waits, hurries a little, or jumps. */
import { clamp, type Milliseconds, type Seconds } from "#domain/units.ts";

/** About a frame: nobody sees or hears less, and a player's own clock jitters by half of it. */
export const toleranceS = 0.03;
/** Voices sound natural at up to this much faster or slower. */
export const mostHurry = 0.02;
/** What is off is made up within about this long, as far as hurrying allows; sooner would sway. */
const makeUpS = 4;
/** The rate changes in steps: each change makes the player stretch sound anew. */
const rateStep = 0.005;
/** More than this would take longer than 25 s to make up: a jump is less disturbing than a coach who is late. */
export const jumpBeyondS = 0.5;
/** A video that is ahead by at most this waits for the class: a picture that stands is calmer than a jump. */
const waitsUpToS = 5;
/** A jump takes its time to load; another one before then would begin it again. */
export const jumpAgainAfterMs = 2_000;

export interface VideoState {
  readonly timeS: Seconds;
  /** Null: not known (yet). */
  readonly durationS: Seconds | null;
  readonly isPlaying: boolean;
  /** A jump is under way, or there is nothing to play yet. */
  readonly isBusy: boolean;
}

export type VideoStep =
  | { readonly kind: "leave" }
  | { readonly kind: "pause" }
  | { readonly kind: "jump"; readonly toS: Seconds }
  | { readonly kind: "play"; readonly rate: number };

const leave: VideoStep = { kind: "leave" };
const pause: VideoStep = { kind: "pause" };

/** Past its end the video stands; the class goes on without it. */
export function isOver(wantedS: Seconds, durationS: Seconds | null): boolean {
  return durationS !== null && wantedS >= durationS;
}

/** The rate that takes `aheadS` back without being noticed. */
export function rateFor(aheadS: Seconds): number {
  if (Math.abs(aheadS) <= toleranceS) return 1;
  return 1 - Math.round(clamp(aheadS / makeUpS, -mostHurry, mostHurry) / rateStep) * rateStep;
}

export class VideoFollower {
  #jumpedMs = -Infinity;
  /** How late the last jump was there: the next one aims so far ahead. */
  #leadS: Seconds = 0;
  #isJumpOpen = false;

  /** What the video should do at `tMs`, when the class wants it at `wantedS`. */
  step(tMs: Milliseconds, wantedS: Seconds, isRunning: boolean, video: VideoState): VideoStep {
    if (isOver(wantedS, video.durationS)) return video.isPlaying ? pause : leave;
    if (video.isBusy) return !isRunning && video.isPlaying ? pause : leave;
    const aheadS = video.timeS - wantedS;
    if (!isRunning) {
      if (video.isPlaying) return pause;
      return Math.abs(aheadS) > toleranceS ? this.#jump(tMs, wantedS) : leave;
    }
    if (this.#isJumpOpen) {
      this.#leadS = clamp(this.#leadS - aheadS, 0, waitsUpToS);
      this.#isJumpOpen = false;
    }
    if (aheadS < -jumpBeyondS || aheadS > waitsUpToS) {
      const jump = this.#jump(tMs, wantedS + this.#leadS);
      this.#isJumpOpen = jump.kind === "jump";
      return jump;
    }
    if (aheadS > (video.isPlaying ? jumpBeyondS : toleranceS)) return video.isPlaying ? pause : leave;
    return { kind: "play", rate: rateFor(aheadS) };
  }

  #jump(tMs: Milliseconds, toS: Seconds): VideoStep {
    if (tMs - this.#jumpedMs < jumpAgainAfterMs) return leave;
    this.#jumpedMs = tMs;
    return { kind: "jump", toS };
  }
}
