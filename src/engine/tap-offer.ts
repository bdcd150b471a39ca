import type { Milliseconds } from "#domain/units.ts";

/** Beats cannot be put onto strokes while the sensor's clock is known worse than this; taps until better than that will do. */
const wideMs = 30;
const enoughMs = 18;
/** A clock mostly shows by itself soon after the start. */
const wideForMs = 20_000;
/** Nobody is asked for longer, nor again so soon: who does not want to tap is left alone. */
const askForMs = 60_000;
const restMs = 300_000;
/** Who stops, or changes cadence, for longer is not asked on; a moment of it ends nothing. */
const elsewhereMs = 5000;

interface Decided {
  readonly value: string;
  readonly reason: string;
}

const asks = { value: "asks for taps", reason: "so even a cadence hides the sensor's clock" };
const known = { value: "knows your push", reason: "the sensor's clock is known" };

/** Whether the person should be asked to tap along: a cadence as even as the notifications leaves a sensor's clock unseen. */
export class TapOffer {
  private wideSinceMs: Milliseconds | null = null;
  private askedMs: Milliseconds | null = null;
  private restUntilMs: Milliseconds = -Infinity;
  private elsewhereSinceMs: Milliseconds | null = null;

  get asks(): boolean {
    return this.askedMs !== null;
  }

  /**
   * `clockSigmaMs`: how well the clock of the sensor that is followed is known; null while it does not matter, or taps could
   * not tell. Answers what has just happened, null when nothing has.
   */
  step(nowMs: Milliseconds, clockSigmaMs: Milliseconds | null): Decided | null {
    if (this.askedMs !== null) return this.wait(nowMs, this.askedMs, clockSigmaMs);
    if (clockSigmaMs === null || clockSigmaMs <= wideMs) this.wideSinceMs = null;
    else this.wideSinceMs ??= nowMs;
    if (this.wideSinceMs === null || nowMs - this.wideSinceMs < wideForMs || nowMs < this.restUntilMs) {
      return null;
    }
    this.askedMs = nowMs;
    this.elsewhereSinceMs = null;
    return asks;
  }

  private wait(
    nowMs: Milliseconds,
    sinceMs: Milliseconds,
    clockSigmaMs: Milliseconds | null,
  ): Decided | null {
    const enough = clockSigmaMs !== null && clockSigmaMs < enoughMs;
    if (clockSigmaMs !== null) this.elsewhereSinceMs = null;
    else this.elsewhereSinceMs ??= nowMs;
    const stays = nowMs - (this.elsewhereSinceMs ?? nowMs) < elsewhereMs;
    const unwilling = nowMs - sinceMs >= askForMs;
    if (!enough && stays && !unwilling) return null;
    this.askedMs = null;
    this.wideSinceMs = null;
    if (unwilling) this.restUntilMs = nowMs + restMs;
    return enough ? known : null;
  }
}
