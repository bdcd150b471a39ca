import assert from "node:assert/strict";
import { test } from "node:test";
import { seededRandom } from "#domain/seeded-random.ts";
import { createMelMeter, melBands } from "./mel.ts";

test("log-mel frames are logarithms of magnitudes brought to a usual level", () => {
  const random = seededRandom(2);
  const frames = 301;
  const fours = Array.from({ length: Math.ceil(frames / 4) }, () =>
    // From nothing to the loudest, over twelve decades.
    Float32Array.from({ length: 4 * melBands }, () => (random() < 0.05 ? 0 : 10 ** (12 * random() - 9))),
  );
  const meter = createMelMeter(2048);
  for (const [i, four] of fours.entries()) meter.push(four, Math.min(4, frames - 4 * i));
  const meanSquare = 0.04;
  const mel = meter.finish(meanSquare);
  assert.equal(mel.length, frames * melBands);
  // features.py: 100 times the magnitudes of 1,024 samples, as if their root mean square were 0.1.
  const scale = (100 * 0.5 * 0.1) / 0.2;
  for (let frame = 0; frame < frames; frame++) {
    for (let band = 0; band < melBands; band++) {
      const truth = Math.log10(1 + scale * fours[frame >> 2][4 * band + (frame % 4)]);
      const found = mel[frame * melBands + band];
      assert.ok(Math.abs(found - truth) < 1e-6, `${found} is not ${truth}`);
    }
  }
});
