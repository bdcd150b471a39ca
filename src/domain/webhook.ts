/** What apps are told at an address of their own, and when an undelivered message is tried again. */
import type { Milliseconds } from "./units.ts";

export const webhookEvents = ["workout.finished", "consent.changed"] as const;
export type WebhookEvent = (typeof webhookEvents)[number];

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
/** The schedule that the Standard Webhooks specification suggests: close together at first, then over more than a day. */
const delaysMs = [5000, 5 * minuteMs, 30 * minuteMs, 2 * hourMs, 5 * hourMs, 10 * hourMs, 14 * hourMs];
/** Shares of a delay that chance adds or takes, so that many messages do not come back at the same moment. */
const jitter = 0.2;

/**
 * How long to wait after `attempts` failed attempts; null when it was tried often enough.
 * @param chance a random number in [0, 1)
 */
export function retryDelayMs(attempts: number, chance: number): Milliseconds | null {
  const delayMs = delaysMs[attempts - 1];
  return delayMs === undefined ? null : Math.round(delayMs * (1 + jitter * (2 * chance - 1)));
}
