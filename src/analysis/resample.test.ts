import assert from "node:assert/strict";
import { test } from "node:test";
import { createResampler } from "./resample.ts";

const sine = (hz: number, rate: number, seconds: number): Float32Array =>
  Float32Array.from({ length: rate * seconds }, (_, i) => Math.sin((2 * Math.PI * hz * i) / rate));

function resample(input: Float32Array, from: number, to: number, pieceFrames: number): Float32Array {
  const resampler = createResampler(from, to);
  const parts: Float32Array[] = [];
  for (let at = 0; at < input.length; at += pieceFrames)
    parts.push(resampler.push(input.subarray(at, at + pieceFrames)));
  parts.push(resampler.finish());
  return new Float32Array(parts.flatMap((part) => [...part]));
}

test("a sine stays that sine, at its place in time, however it is cut", () => {
  for (const from of [8000, 32_000, 48_000, 96_000]) {
    for (const pieceFrames of [100, 4096]) {
      const output = resample(sine(440, from, 1), from, 44_100, pieceFrames);
      const truth = sine(440, 44_100, 1);
      assert.ok(Math.abs(output.length - truth.length) < 40, `${output.length}`);
      const worst = truth
        .subarray(200, 43_000)
        .reduce((most, value, i) => Math.max(most, Math.abs(value - output[i + 200])), 0);
      assert.ok(worst < 0.01, `${from}: off by ${worst}`);
    }
  }
});

test("what the lower rate cannot hold is taken out, not folded back", () => {
  const output = resample(sine(30_000, 96_000, 1), 96_000, 44_100, 4096);
  const loudest = output.subarray(200, 43_000).reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  assert.ok(loudest < 0.01, `${loudest}`);
});
