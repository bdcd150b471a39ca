import assert from "node:assert/strict";
import { test } from "node:test";
import { seededRandom } from "#domain/seeded-random.ts";
import { createThinner } from "./thin.ts";

test("means of neighbouring samples over all channels, however they come", () => {
  const random = seededRandom(1);
  const length = 40_003;
  const channels = [0, 1, 2].map(() => Float32Array.from({ length }, () => random() - 0.5));
  for (const factor of [1, 3, 4, 19]) {
    for (const pieceLength of [1, 100, 8192, 20_000]) {
      const thin = createThinner(factor);
      const means: number[] = [];
      for (let at = 0; at < length; at += pieceLength)
        means.push(...thin(channels.map((channel) => channel.subarray(at, at + pieceLength))));
      assert.equal(means.length, Math.floor(length / factor));
      for (const [i, value] of means.entries()) {
        let sum = 0;
        for (const channel of channels) for (let k = i * factor; k < (i + 1) * factor; k++) sum += channel[k];
        assert.ok(Math.abs(value - sum / (3 * factor)) < 1e-6, `${factor}, ${pieceLength}, ${i}`);
      }
    }
  }
});
