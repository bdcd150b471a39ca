import assert from "node:assert/strict";
import { test } from "node:test";
import { createFrames } from "./frames.ts";

const signal = Float32Array.from({ length: 1000 }, (_, i) => Math.sin(i * 1.7) + Math.cos(i * i * 0.001));
const hop = 30;

/** Power of the frame centred on `centre`, by the definition of the Fourier transform. */
function powerAt(centre: number, frameLength: number, bin: number): number {
  let [re, im] = [0, 0];
  for (let i = 0; i < frameLength; i++) {
    const window = 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / frameLength);
    const value = window * (signal[centre - frameLength / 2 + i] ?? 0);
    re += value * Math.cos((2 * Math.PI * bin * i) / frameLength);
    im -= value * Math.sin((2 * Math.PI * bin * i) / frameLength);
  }
  return re * re + im * im;
}

function framesOf(frameLength: number, pieceLength: number): number[][] {
  const found: number[][] = [];
  const frames = createFrames({
    frameLength,
    hop,
    hear({ count, power }) {
      for (let frame = 0; frame < count; frame++)
        found.push(Array.from(power).filter((_, i) => i % 4 === frame));
    },
  });
  for (let at = 0; at < signal.length; at += pieceLength) frames.push(signal.subarray(at, at + pieceLength));
  frames.finish();
  return found;
}

test("frames are centred a hop apart, and equal the definition of the Fourier transform", () => {
  for (const frameLength of [8, 16, 32, 256, 512]) {
    const found = framesOf(frameLength, 1000);
    assert.equal(found.length, Math.floor(signal.length / hop) + 1);
    for (const [frame, power] of found.entries()) {
      assert.equal(power.length, frameLength / 2 + 1);
      for (const [bin, value] of power.entries()) {
        const expected = powerAt(frame * hop, frameLength, bin);
        assert.ok(
          Math.abs(value - expected) < 2e-4 * (1 + expected),
          `bin ${bin} of ${frameLength}, frame ${frame}`,
        );
      }
    }
  }
});

test("the pieces do not matter", () => {
  assert.deepEqual(framesOf(64, 1000), framesOf(64, 7));
});

test("rises and bands, by their definitions", () => {
  const frameLength = 64;
  const filters = [
    { first: 2, weights: Float32Array.of(0.5, 0.25) },
    { first: 10, weights: Float32Array.of(1) },
  ];
  const [rises, bands]: [number[], number[][]] = [[], []];
  const frames = createFrames({
    frameLength,
    hop,
    filters,
    hear(four) {
      rises.push(...four.rises(3).slice(0, four.count));
      const summed = four.bands();
      for (let frame = 0; frame < four.count; frame++) bands.push([summed[frame], summed[4 + frame]]);
    },
  });
  frames.push(signal);
  frames.finish();
  const magnitude = (frame: number, bin: number) => Math.sqrt(powerAt(frame * hop, frameLength, bin));
  for (let frame = 0; frame < rises.length; frame++) {
    const expected = [0.5 * magnitude(frame, 2) + 0.25 * magnitude(frame, 3), magnitude(frame, 10)];
    for (const [band, value] of expected.entries())
      assert.ok(Math.abs(bands[frame][band] - value) < 1e-4 * (1 + value));
    let rise = 0;
    for (let bin = 1; bin <= frameLength / 2; bin++) {
      const before = frame === 0 ? 0 : Math.log1p(3 * magnitude(frame - 1, bin));
      rise += Math.max(0, Math.log1p(3 * magnitude(frame, bin)) - before);
    }
    // Each logarithm is within 0.004.
    assert.ok(Math.abs(rises[frame] - rise) < 0.01 * frameLength, `${rises[frame]} for ${rise}`);
  }
});
