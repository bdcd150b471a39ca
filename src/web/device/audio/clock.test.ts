import assert from "node:assert/strict";
import { test } from "node:test";
import { AudioClock } from "./clock.ts";
import { matchingGain } from "./loudness.ts";

test("jitter in the pairs hardly moves the mapping, drift is followed", () => {
  const clock = new AudioClock();
  // A device clock 50 ppm fast, pairs each 50 ms with up to 6 ms of jitter, skewed late.
  const contextAt = (hostMs: number) => (hostMs - 5_000) * 1.000_05 * 1e-3;
  for (let beat = 0; beat < 400; beat++) {
    const hostMs = 5_000 + beat * 50;
    clock.observe({ contextS: contextAt(hostMs), hostMs: hostMs + ((beat * 7) % 13) / 2 });
  }
  const hostMs = 25_100;
  assert.ok(Math.abs(clock.toContextS(hostMs) - contextAt(hostMs)) < 0.005);
  assert.ok(Math.abs(clock.toHostMs(clock.toContextS(hostMs)) - hostMs) < 1e-6);
});

test("a jump of the device is taken at once", () => {
  const clock = new AudioClock();
  for (let beat = 0; beat < 100; beat++) clock.observe({ contextS: beat * 0.05, hostMs: beat * 50 });
  clock.observe({ contextS: 5, hostMs: 9_000 });
  assert.equal(clock.toHostMs(5), 9_000);
});

test("tracks meet at one loudness, without boosting peaks over the ceiling or silence into noise", () => {
  const db = (gain: number) => Math.round(20 * Math.log10(gain) * 10) / 10;
  assert.equal(db(matchingGain(-9, 0)), -7);
  assert.equal(db(matchingGain(-20, -10)), 4);
  assert.equal(db(matchingGain(-20, -3)), 2);
  assert.equal(db(matchingGain(-20, 0.5)), 0);
  assert.equal(db(matchingGain(-70, -60)), 9);
  assert.equal(matchingGain(undefined, undefined), 1);
});
