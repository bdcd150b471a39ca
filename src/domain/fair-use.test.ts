import assert from "node:assert/strict";
import { test } from "node:test";
import {
  callsLeft,
  hourMs,
  leastBytes,
  newAppBytes,
  ordinaryBytes,
  takeCall,
  type Bucket,
} from "./fair-use.ts";
import { randomIndex, seededRandom } from "./seeded-random.ts";

test("as many calls as the limit pass at once, then they come back evenly", () => {
  let bucket: Bucket | null = null;
  for (let call = 0; call < 60; call += 1) {
    const quota = takeCall(bucket, 60, 0);
    assert.equal(quota.allowed, true);
    assert.equal(quota.remaining, 59 - call);
    bucket = quota.bucket;
  }
  const refused = takeCall(bucket, 60, 0);
  assert.deepEqual([refused.allowed, refused.remaining, refused.resetS], [false, 0, 60]);
  assert.equal(takeCall(refused.bucket, 60, 59_000).allowed, false);
  assert.equal(takeCall(refused.bucket, 60, 60_000).allowed, true);
});

test("over a long time no more than the limit passes, however calls come", () => {
  const random = seededRandom(7);
  let bucket: Bucket | null = null;
  let passed = 0;
  let nowMs = 0;
  while (nowMs < 24 * hourMs) {
    nowMs += randomIndex(random, 20_000);
    const quota: ReturnType<typeof takeCall> = takeCall(bucket, 100, nowMs);
    bucket = quota.bucket;
    if (quota.allowed) passed += 1;
  }
  assert.ok(passed <= 24 * 100 + 100 && passed >= 24 * 99, `${passed}`);
});

test("a limit of nothing lets nothing pass", () => {
  const quota = takeCall(null, 0, 0);
  assert.deepEqual([quota.allowed, quota.remaining, quota.resetS], [false, 0, 3600]);
});

test("what is left is what calls then find, and looking takes none of it", () => {
  assert.deepEqual(callsLeft(null, 60, 0), { remaining: 60, resetS: 0 });
  assert.deepEqual(callsLeft(null, 0, 0), { remaining: 0, resetS: 3600 });
  const random = seededRandom(11);
  let bucket: Bucket | null = null;
  let nowMs = 0;
  for (let look = 0; look < 200; look += 1) {
    nowMs += randomIndex(random, 300_000);
    const left = callsLeft(bucket, 20, nowMs);
    let found = 0;
    for (;;) {
      const quota: ReturnType<typeof takeCall> = takeCall(bucket, 20, nowMs);
      if (!quota.allowed) break;
      bucket = quota.bucket;
      found += 1;
      if (random() < 0.05) break;
    }
    assert.ok(found <= left.remaining, `${found} of ${left.remaining}`);
    const after = callsLeft(bucket, 20, nowMs);
    assert.equal(after.remaining, left.remaining - found);
    const back = callsLeft(bucket, 20, nowMs + after.resetS * 1000);
    assert.equal(back.remaining, after.remaining === 0 ? 1 : 20, `after ${after.resetS} s`);
  }
});

test("the ordinary is learned, and one drain in the past does not raise it", () => {
  assert.equal(ordinaryBytes([]), newAppBytes);
  const steady = Array.from({ length: 200 }, (_, hour) => 200_000 + (hour % 7) * 10_000);
  const learned = ordinaryBytes(steady);
  assert.ok(learned >= 200_000 * 5 && learned < 2_000_000, `${learned}`);
  assert.ok(ordinaryBytes([...steady, 3_000_000_000]) < learned * 1.05);
  assert.equal(ordinaryBytes(Array.from({ length: 100 }, () => 10)), leastBytes);
});
