import assert from "node:assert/strict";
import { test } from "node:test";
import { waveTable, sampleRate, tableLength, hzOfMidi } from "../synth/wavetable.ts";
import { blockFrames } from "./block.ts";
import { Echo } from "./echo.ts";
import { master } from "./master.ts";
import { Reverb } from "./reverb.ts";
import { truePeakAt } from "./true-peak.ts";

interface BlockEffect {
  addBlock(inLeft: Float32Array, inRight: Float32Array, left: Float32Array, right: Float32Array): void;
}

/** What an effect answers to one full-scale sample on both sides. */
function impulseResponse(effect: BlockEffect, seconds: number): { left: Float32Array; right: Float32Array } {
  const blocks = Math.ceil((seconds * sampleRate) / blockFrames);
  const left = new Float32Array(blocks * blockFrames);
  const right = new Float32Array(blocks * blockFrames);
  for (let block = 0; block < blocks; block++) {
    const input = new Float32Array(blockFrames);
    if (block === 0) input[0] = 1;
    const from = block * blockFrames;
    const to = from + blockFrames;
    effect.addBlock(input, input, left.subarray(from, to), right.subarray(from, to));
  }
  return { left, right };
}

function powerDb(samples: Float32Array, fromS: number, toS: number): number {
  const part = samples.subarray(Math.round(fromS * sampleRate), Math.round(toS * sampleRate));
  return 10 * Math.log10(part.reduce((sum, value) => sum + value * value, 1e-30) / part.length);
}

test("reverberation falls by 60 dB in its decay time, without treble damping", () => {
  const decayS = 1.5;
  const { left, right } = impulseResponse(new Reverb(decayS, 1e9, sampleRate), 2);
  for (const side of [left, right]) {
    const slope = (powerDb(side, 0.2, 0.4) - powerDb(side, 1.2, 1.4)) / 1;
    assert.ok(Math.abs(slope - 60 / decayS) < 4, `falls by ${slope} dB/s`);
  }
});

test("echoes come at their time, on alternating sides, and die away", () => {
  const { left, right } = impulseResponse(new Echo(10_000, 1e9, sampleRate), 3);
  assert.ok(left[10_000] > 0.9 && Math.abs(right[10_000]) < 1e-6);
  assert.ok(right[20_000] > 0.3 && Math.abs(left[20_000]) < 1e-6);
  assert.ok(left[30_000] > 0.1 && left[30_000] < 0.5 * left[10_000]);
  assert.equal(left[9_999], 0);
});

test("a true peak between the samples is found: a sine at a quarter of the rate, sampled at 45 degrees", () => {
  const samples = Float32Array.from({ length: 64 }, (_, frame) =>
    Math.sin((Math.PI / 2) * frame + Math.PI / 4),
  );
  // Its samples are +-0.7071; the wave reaches 1.
  assert.ok(Math.abs(truePeakAt(samples, 32, 0) - 1) < 0.02);
});

test("the limiter holds the ceiling on a signal made to break it and keeps silence silent", () => {
  const left = new Float32Array(2 * sampleRate);
  const right = new Float32Array(2 * sampleRate);
  for (let frame = 0; frame < sampleRate; frame += 4410) {
    for (let at = 0; at < 300; at++) left[frame + at] = Math.sin(at * 0.7) * (1 - at / 300) * 8;
    right[frame + 100] = -6;
  }
  let peak = 0;
  const measure = (): { loudnessLufs: number; truePeakDbtp: number } => ({
    loudnessLufs: -14,
    truePeakDbtp: 0,
  });
  master(left, right, sampleRate, -14, measure);
  for (let frame = 0; frame < left.length; frame++) {
    peak = Math.max(peak, truePeakAt(left, frame, 0), truePeakAt(right, frame, 0));
  }
  assert.ok(20 * Math.log10(peak) <= -3.1, `${20 * Math.log10(peak)} dBTP`);
  assert.ok(20 * Math.log10(peak) > -5);
  assert.ok(left.subarray(sampleRate + 500).every((value) => value === 0));
});

test("wave tables hold nothing above 18 kHz for the notes they serve", () => {
  for (const midi of [36, 60, 84, 100]) {
    const hz = hzOfMidi(midi);
    const table = waveTable("saw", hz);
    const highest = Math.floor(18_000 / hz);
    let beyond = 0;
    let all = 0;
    for (let harmonic = 1; harmonic < tableLength / 2; harmonic += harmonic < 64 ? 1 : 7) {
      let x = 0;
      let y = 0;
      for (let index = 0; index < tableLength; index++) {
        x += table[index] * Math.cos((2 * Math.PI * harmonic * index) / tableLength);
        y += table[index] * Math.sin((2 * Math.PI * harmonic * index) / tableLength);
      }
      all += x * x + y * y;
      if (harmonic > highest) beyond += x * x + y * y;
    }
    assert.ok(beyond < all * 1e-8, `MIDI ${midi}: ${beyond / all}`);
  }
});
