import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { CrankUnwrapper } from "./unwrap.ts";

test("counts and times go on over both rollovers", () => {
  const unwrapper = new CrankUnwrapper();
  unwrapper.push(0, 65_535, 65_000);
  // 1,560 ticks later: 65,000 + 1,560 - 65,536.
  const event = unwrapper.push(1500, 1, 1024);
  assert.equal(event?.steps, 2);
  assert.equal(event?.eventS, 65_000 / 1024 + 1560 / 1024);
});

test("a coast longer than the event time's 64 s is counted whole", () => {
  const unwrapper = new CrankUnwrapper();
  unwrapper.push(0, 10, 0);
  // 150 s: two rollovers of 64 s and 22 s.
  const event = unwrapper.push(150_040, 11, 22 * 1024);
  assert.equal(event?.eventS, 150);
});

test("a notification without a new revolution is no event", () => {
  const unwrapper = new CrankUnwrapper();
  unwrapper.push(0, 10, 100);
  assert.equal(unwrapper.push(1000, 10, 100), null);
});

test("a counter that jumps begins anew instead of inventing revolutions", () => {
  const unwrapper = new CrankUnwrapper();
  unwrapper.push(0, 10, 0);
  assert.equal(unwrapper.push(1000, 500, 1024)?.steps, 0);
});

test("any counters give steps that could have been pedalled", () => {
  const counter = fc.integer({ min: 0, max: 65_535 });
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 5000 }), counter, counter)), (messages) => {
      const unwrapper = new CrankUnwrapper();
      let tMs = 0;
      for (const [gapMs, count, ticks] of messages) {
        tMs += gapMs;
        const event = unwrapper.push(tMs, count, ticks);
        if (event === null) continue;
        assert.ok(Number.isFinite(event.eventS) && event.steps >= 0 && event.steps <= 300);
      }
    }),
  );
});
