import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { normalRandom, seededRandom } from "#domain/seeded-random.ts";
import { estimateDelay } from "./calibrate.ts";

const periodMs = 600;
const clicksMs = Array.from({ length: 34 }, (_, index) => 5_000 + index * periodMs);

/** Somebody taps every click from the fifth on, with a scatter of `sigmaMs`. */
function taps(delayMs: number, sigmaMs: number, seed: number): number[] {
  const random = seededRandom(seed);
  return clicksMs.slice(4).map((clickMs) => clickMs + delayMs + sigmaMs * normalRandom(random));
}

test("the delay is found within its own uncertainty, most of the time", () => {
  const inside = Array.from({ length: 400 }, (_, seed) => {
    const delayMs = -40 + (seed % 8) * 50;
    const found = estimateDelay(clicksMs, taps(delayMs, 25, seed));
    assert.ok(found !== null);
    assert.ok(Math.abs(found.delayMs - delayMs) < 30, `${found.delayMs} for ${delayMs}`);
    return Math.abs(found.delayMs - delayMs) <= found.uncertaintyMs;
  }).filter(Boolean).length;
  assert.ok(inside / 400 > 0.88 && inside / 400 < 0.99, `${inside} of 400 inside`);
});

test("slips, doubled and missed taps do not move it", () => {
  fc.assert(
    fc.property(
      fc.nat(),
      fc.array(fc.double({ min: 5_000, max: 25_000, noNaN: true }), { maxLength: 10 }),
      (seed, slips) => {
        const kept = taps(180, 15, seed).filter((_, index) => index % 6 !== 2);
        const found = estimateDelay(clicksMs, [...kept, ...slips]);
        assert.ok(found !== null && Math.abs(found.delayMs - 180) < 30, JSON.stringify(found));
      },
    ),
    { numRuns: 100 },
  );
});

test("clicks that drift against the clock are taken as they sounded", () => {
  const drifting = clicksMs.map((atMs, index) => atMs + index * 2);
  const found = estimateDelay(
    drifting,
    drifting.slice(4).map((atMs, index) => atMs + 120 + 10 * (index % 2)),
  );
  assert.ok(Math.abs((found?.delayMs ?? 0) - 125) < 8, JSON.stringify(found));
});

test("a delay at the edge of what can be told apart is not torn in two", () => {
  const found = estimateDelay(clicksMs, taps(-148, 20, 4));
  const distance = Math.abs((found?.delayMs ?? Number.NaN) + 148);
  assert.ok(Math.min(distance, periodMs - distance) < 20, JSON.stringify(found));
});

test("tapping another tempo, at random or hardly at all tells nothing", () => {
  const another = Array.from({ length: 30 }, (_, index) => 6_000 + index * 437);
  assert.equal(estimateDelay(clicksMs, another), null);
  const random = seededRandom(9);
  const anything = Array.from({ length: 30 }, () => 5_000 + random() * 20_000);
  assert.equal(estimateDelay(clicksMs, anything), null);
  assert.equal(estimateDelay(clicksMs, taps(100, 5, 1).slice(0, 7)), null);
  assert.equal(estimateDelay([], [1, 2, 3]), null);
});
