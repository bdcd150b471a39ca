/** How many sign-in attempts one source has before it must wait, and how fast they come back. */
export const burstAttempts = 10;
export const secondsPerAttempt = 30;
/** On one account, from all browsers that have never signed in to it: bounds guessing from many addresses. */
export const burstAttemptsPerAccount = 50;
export const secondsPerAttemptPerAccount = 20;
/** All addresses and accounts together: bounds the work that guessing can cause. */
export const burstAttemptsOfAll = 100;
export const secondsPerAttemptOfAll = 1;
/** Buckets remembered at once; the oldest are forgotten first, which only ever helps them. */
const maxBuckets = 10_000;

/**
 * Who tries. A browser that has signed in to the account before has a bucket of its own and stands in nobody's queue:
 * however many strangers guess, they lock out strangers only.
 */
export type AttemptSource =
  | { readonly device: string }
  | { readonly address: string; readonly account: string };

interface Bucket {
  readonly level: number;
  readonly atMs: number;
}

export interface AttemptLimit {
  /** Seconds until `source` may try again; 0 = now. */
  waitS(source: AttemptSource, nowMs: number): number;
  count(source: AttemptSource, nowMs: number): void;
  /** After a success nothing is held against the source itself. */
  forget(source: AttemptSource): void;
}

interface Queue {
  readonly name: string;
  readonly burst: number;
  readonly secondsPer: number;
}

function queuesOf(source: AttemptSource): readonly [Queue, ...Queue[]] {
  const own = { burst: burstAttempts, secondsPer: secondsPerAttempt };
  if ("device" in source) return [{ name: `device ${source.device}`, ...own }];
  return [
    { name: `address ${source.address}`, ...own },
    {
      name: `account ${source.account}`,
      burst: burstAttemptsPerAccount,
      secondsPer: secondsPerAttemptPerAccount,
    },
    { name: "all", burst: burstAttemptsOfAll, secondsPer: secondsPerAttemptOfAll },
  ];
}

/** Leaky buckets: one for each queue a source stands in. */
export function createAttemptLimit(): AttemptLimit {
  const buckets = new Map<string, Bucket>();
  const levelOf = ({ name, secondsPer }: Queue, nowMs: number): number => {
    const bucket = buckets.get(name);
    return bucket === undefined ? 0 : Math.max(0, bucket.level - (nowMs - bucket.atMs) / 1000 / secondsPer);
  };
  return {
    waitS(source, nowMs) {
      const waits = queuesOf(source).map((queue) => {
        const over = levelOf(queue, nowMs) + 1 - queue.burst;
        return over <= 0 ? 0 : Math.ceil(over * queue.secondsPer);
      });
      return Math.max(...waits);
    },
    count(source, nowMs) {
      for (const queue of queuesOf(source)) {
        const level = levelOf(queue, nowMs) + 1;
        buckets.delete(queue.name);
        buckets.set(queue.name, { level, atMs: nowMs });
      }
      const oldest = buckets.keys().next().value;
      if (buckets.size > maxBuckets && oldest !== undefined) buckets.delete(oldest);
    },
    forget(source) {
      buckets.delete(queuesOf(source)[0].name);
    },
  };
}
