import assert from "node:assert/strict";
import { test } from "node:test";
import { ClockListening } from "./clock-listening.ts";

/** Looks once a second from 0 on; answers the second at which it was done. */
function doneS(listening: ClockListening, sigmaAt: (tS: number) => number): number {
  for (let tS = 1; ; tS++) {
    listening.hear(tS * 1000, sigmaAt(tS));
    if (listening.done) return tS;
  }
}

test("listening ends when the clock is known, and tells how far it has come", () => {
  const listening = new ClockListening(0, 14);
  assert.ok(!listening.done);
  assert.equal(listening.share, 0.25);
  listening.hear(10_000, 10);
  assert.equal(listening.leftMs, 110_000);
  assert.equal(
    doneS(listening, (tS) => (tS < 40 ? 9 : 7)),
    40,
  );
  assert.equal(listening.share, 1);
});

test("a clock that does not become known is waited for two minutes", () => {
  assert.equal(
    doneS(new ClockListening(0, 20), () => 20),
    120,
  );
});

test("a clock that stays as it is does not show at this cadence, until it does", () => {
  const listening = new ClockListening(0, 20);
  for (let tS = 1; tS < 30; tS++) listening.hear(tS * 1000, 20);
  assert.ok(!listening.hidden);
  listening.hear(30_000, 20.5);
  assert.ok(listening.hidden);
  listening.hear(59_000, 15);
  listening.hear(60_000, 15);
  assert.ok(!listening.hidden);
});
