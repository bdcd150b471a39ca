/** How much an app may ask for, and when what it asks for is out of its own ordinary. Time is passed in. */
import type { AccessCategory } from "./access.ts";
import { robustCentreOf } from "./robust-centre.ts";
import type { Milliseconds } from "./units.ts";

export const hourMs = 3_600_000;

/** Calls an app may make in an hour, category by category. The owner names tiers and says which app has which. */
export interface Tier {
  readonly name: string;
  readonly callsPerHour: Readonly<Record<AccessCategory, number>>;
}

/** A diary that looks every few minutes stays far below; a program that reads all there is does not. */
export const standardTier: Tier = {
  name: "standard",
  callsPerHour: { catalogue: 3000, music: 1500, body: 600, joined: 60, account: 300 },
};

/** A bucket that drains evenly: `level` calls stood in it at `atMs`. */
export interface Bucket {
  readonly level: number;
  readonly atMs: Milliseconds;
}

export interface Quota {
  readonly allowed: boolean;
  readonly bucket: Bucket;
  /** Calls left now. */
  readonly remaining: number;
  /** Seconds until one more call is free; until the bucket is empty, when one is. */
  readonly resetS: number;
}

function levelAt(bucket: Bucket | null, limit: number, nowMs: Milliseconds): number {
  return bucket === null ? 0 : Math.max(0, bucket.level - ((nowMs - bucket.atMs) * limit) / hourMs);
}

/** Seconds in which so many calls drain. From a bucket of no size nothing does: come back in an hour. */
function drainS(calls: number, limit: number): number {
  return limit === 0 ? hourMs / 1000 : Math.ceil((calls * hourMs) / limit / 1000);
}

/** One more call into a bucket of `limit` calls an hour. A refused call takes nothing. */
export function takeCall(bucket: Bucket | null, limit: number, nowMs: Milliseconds): Quota {
  const level = levelAt(bucket, limit, nowMs);
  const allowed = level + 1 <= limit;
  const after = allowed ? level + 1 : level;
  return {
    allowed,
    bucket: { level: after, atMs: nowMs },
    remaining: Math.max(0, Math.floor(limit - after)),
    resetS: drainS(allowed ? after : level + 1 - limit, limit),
  };
}

/** What a call would find, without one: calls left now, and seconds as in `Quota`. Takes nothing. */
export function callsLeft(
  bucket: Bucket | null,
  limit: number,
  nowMs: Milliseconds,
): Pick<Quota, "remaining" | "resetS"> {
  const level = levelAt(bucket, limit, nowMs);
  const remaining = Math.max(0, Math.floor(limit - level));
  return { remaining, resetS: drainS(remaining > 0 ? level : level + 1 - limit, limit) };
}

/** Hours with any reading before an app has an ordinary of its own. */
export const learnedHours = 24;
/** What an app without an ordinary may read in an hour: a first look at about a thousand workouts, not at all series. */
export const newAppBytes = 5_000_000;
/** Nobody is held to less than this in an hour, however little they usually read. */
export const leastBytes = 500_000;
/** How far from the median counts as out of the ordinary, in robust standard deviations. */
const deviations = 8;
/** An app that reads the same each hour has no deviation at all; some multiple of its median is still ordinary. */
const multiple = 5;

/**
 * The bytes an app may read in an hour before it is slowed: median and median absolute deviation of the hours in which
 * it read at all (Rousseeuw & Croux 1993), so that one earlier drain does not teach it that draining is ordinary.
 */
export function ordinaryBytes(hourlyBytes: readonly number[]): number {
  const active = hourlyBytes.filter((bytes) => bytes > 0);
  if (active.length < learnedHours) return newAppBytes;
  const { median, deviation } = robustCentreOf(active);
  return Math.max(leastBytes, median * multiple, median + deviations * deviation);
}

/** A slowed app may still make a call now and then: whoever is out of the ordinary is not always a thief. */
export const slowedCallsPerHour = 12;
