import assert from "node:assert/strict";
import { test } from "node:test";
import { retryDelayMs } from "./webhook.ts";

test("a message is tried again later and later, then given up", () => {
  const delays: number[] = [];
  for (let attempt = 1; ; attempt += 1) {
    const delay = retryDelayMs(attempt, 0.5);
    if (delay === null) break;
    delays.push(delay);
  }
  assert.deepEqual(
    delays,
    delays.toSorted((a, b) => a - b),
  );
  assert.equal(delays[0], 5000);
  const total = delays.reduce((sum, delay) => sum + delay, 0);
  assert.ok(total > 24 * 3_600_000, "a day without the receiver loses nothing");
});

test("chance spreads a delay by a fifth at most", () => {
  assert.equal(retryDelayMs(1, 0), 4000);
  assert.ok((retryDelayMs(1, 0.999_999) ?? 0) <= 6000);
});
