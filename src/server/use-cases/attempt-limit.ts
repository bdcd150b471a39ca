/** How many sign-in attempts one address has before it must wait, and how fast they come back. */
export const burstAttempts = 10;
export const secondsPerAttempt = 30;
/** All addresses together: bounds the work that guessing from many addresses can cause. */
export const burstAttemptsOfAll = 100;
export const secondsPerAttemptOfAll = 1;
/** Addresses remembered at once; the oldest are forgotten first, which only ever helps them. */
const maxAddresses = 10_000;

interface Bucket {
  readonly level: number;
  readonly atMs: number;
}

export interface AttemptLimit {
  /** Seconds until `address` may try again; 0 = now. */
  waitS(address: string, nowMs: number): number;
  count(address: string, nowMs: number): void;
  /** After a success nothing is held against the address. */
  forget(address: string): void;
}

/** A leaky bucket per address and one for all of them together. */
export function createAttemptLimit(): AttemptLimit {
  const buckets = new Map<string, Bucket>();
  let all: Bucket = { level: 0, atMs: 0 };

  const levelAt = (bucket: Bucket | undefined, nowMs: number, secondsPer: number): number =>
    bucket === undefined ? 0 : Math.max(0, bucket.level - (nowMs - bucket.atMs) / 1000 / secondsPer);
  const waitFor = (level: number, burst: number, secondsPer: number): number =>
    level + 1 <= burst ? 0 : Math.ceil((level + 1 - burst) * secondsPer);

  return {
    waitS(address, nowMs) {
      const own = levelAt(buckets.get(address), nowMs, secondsPerAttempt);
      const everybody = levelAt(all, nowMs, secondsPerAttemptOfAll);
      return Math.max(
        waitFor(own, burstAttempts, secondsPerAttempt),
        waitFor(everybody, burstAttemptsOfAll, secondsPerAttemptOfAll),
      );
    },
    count(address, nowMs) {
      const level = levelAt(buckets.get(address), nowMs, secondsPerAttempt) + 1;
      buckets.delete(address);
      buckets.set(address, { level, atMs: nowMs });
      all = { level: levelAt(all, nowMs, secondsPerAttemptOfAll) + 1, atMs: nowMs };
      const oldest = buckets.keys().next().value;
      if (buckets.size > maxAddresses && oldest !== undefined) buckets.delete(oldest);
    },
    forget(address) {
      buckets.delete(address);
    },
  };
}
