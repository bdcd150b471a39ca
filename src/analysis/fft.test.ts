import assert from "node:assert/strict";
import { test } from "node:test";
import { createPowerSpectrum } from "./fft.ts";

test("equals the definition of the Fourier transform", () => {
  for (const length of [4, 16, 128]) {
    const frame = Float32Array.from({ length }, (_, i) => Math.sin(i * 1.7) + Math.cos(i * i * 0.1));
    const power = new Float32Array(length / 2 + 1);
    createPowerSpectrum(length).compute(frame, power);
    for (let k = 0; k <= length / 2; k++) {
      let [re, im] = [0, 0];
      for (let i = 0; i < length; i++) {
        re += frame[i] * Math.cos((2 * Math.PI * k * i) / length);
        im -= frame[i] * Math.sin((2 * Math.PI * k * i) / length);
      }
      const expected = re * re + im * im;
      assert.ok(Math.abs(power[k] - expected) < 1e-4 * (1 + expected), `bin ${k} of ${length}`);
    }
  }
});
