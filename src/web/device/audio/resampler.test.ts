import assert from "node:assert/strict";
import { test } from "node:test";
import { openResampler, skippable } from "./resampler.ts";

function sine(frequency: number, rate: number, samples: number): Float32Array {
  return Float32Array.from({ length: samples }, (_, index) =>
    Math.sin((2 * Math.PI * frequency * index) / rate),
  );
}

function resample(pcm: Float32Array, inputRate: number, outputRate: number, pieces: number): Float32Array {
  const resampler = openResampler(inputRate, outputRate, 1);
  const output: number[] = [];
  for (let from = 0; from < pcm.length; from += pieces) {
    output.push(...(resampler.push([pcm.subarray(from, from + pieces)])[0] ?? []));
  }
  output.push(...(resampler.flush()[0] ?? []));
  return Float32Array.from(output);
}

for (const [inputRate, frequency] of [
  [44_100, 997],
  [44_100, 15_000],
  [22_050, 5_000],
  [96_000, 10_000],
  [48_000, 1_000],
] as const) {
  test(`a ${frequency} Hz sine at ${inputRate} Hz comes out as that sine at 48 kHz, sample for sample`, () => {
    const output = resample(sine(frequency, inputRate, inputRate), inputRate, 48_000, 1_237);
    assert.ok(Math.abs(output.length - 48_000) <= 1, `${output.length} samples`);
    const truth = sine(frequency, 48_000, 48_000);
    let error = 0;
    let power = 0;
    for (let index = 1_000; index < 47_000; index++) {
      error += ((output[index] ?? 0) - (truth[index] ?? 0)) ** 2;
      power += (truth[index] ?? 0) ** 2;
    }
    const snrDb = -10 * Math.log10(error / power);
    assert.ok(snrDb > 60, `SNR ${snrDb.toFixed(1)} dB`);
  });
}

test("what lies above the new band is gone", () => {
  const output = resample(sine(30_000, 96_000, 96_000), 96_000, 48_000, 4_096);
  assert.ok(output.subarray(1_000, 47_000).every((value) => Math.abs(value) < 1e-3));
});

test("skipping whole periods keeps the grids together", () => {
  for (const [sample, rate] of [
    [480_000, 44_100],
    [1_234_567, 22_050],
    [99, 44_100],
    [1_000_000, 48_000],
  ] as const) {
    const { inputSamples, outputSamples } = skippable(sample, rate, 48_000);
    assert.ok(Math.abs(inputSamples / rate - outputSamples / 48_000) < 1e-12);
    assert.ok(outputSamples <= sample && Number.isInteger(inputSamples));
  }
});
