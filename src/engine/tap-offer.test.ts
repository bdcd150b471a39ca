import assert from "node:assert/strict";
import { test } from "node:test";
import { TapOffer } from "./tap-offer.ts";

/** Looks once a second; answers the seconds at which something happened. */
function happenings(sigmaAt: (tS: number) => number | null, untilS: number): string[] {
  const offer = new TapOffer();
  const happened: string[] = [];
  let asked = false;
  for (let tS = 0; tS <= untilS; tS++) {
    const what = offer.step(tS * 1000, sigmaAt(tS));
    if (what !== null) happened.push(`${tS} ${what.value}`);
    else if (asked && !offer.asks) happened.push(`${tS} left alone`);
    asked = offer.asks;
  }
  return happened;
}

test("a clock that stays wide for 20 s is asked about, until taps have told it", () => {
  const sigmaAt = (tS: number): number => (tS < 30 ? 120 : 15);
  assert.deepEqual(happenings(sigmaAt, 100), ["20 asks for taps", "30 knows your push"]);
});

test("a clock that becomes known by itself, or that cannot be told by taps, is not", () => {
  assert.deepEqual(
    happenings((tS) => (tS < 15 ? 120 : 25), 100),
    [],
  );
  assert.deepEqual(
    happenings(() => null, 100),
    [],
  );
});

test("nobody is asked for more than a minute, nor again within five", () => {
  assert.deepEqual(
    happenings(() => 120, 400),
    ["20 asks for taps", "80 left alone", "380 asks for taps"],
  );
});

test("somebody who stops is not asked on", () => {
  const sigmaAt = (tS: number): number | null => (tS < 25 ? 120 : null);
  assert.deepEqual(happenings(sigmaAt, 60), ["20 asks for taps", "30 left alone"]);
});

test("a moment in which taps could not tell ends nothing, and who comes back is asked again", () => {
  const briefly = (tS: number): number | null => (tS >= 25 && tS < 28 ? null : tS < 40 ? 120 : 15);
  assert.deepEqual(happenings(briefly, 60), ["20 asks for taps", "40 knows your push"]);
  const forLonger = (tS: number): number | null => (tS >= 25 && tS < 40 ? null : 120);
  assert.deepEqual(happenings(forLonger, 70), ["20 asks for taps", "30 left alone", "60 asks for taps"]);
});
