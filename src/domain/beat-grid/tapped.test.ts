import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { normalRandom, seededRandom } from "../seeded-random.ts";
import { fewestTaps, refinedLine, tappedLine } from "./tapped.ts";

const rate = 100;
const durationS = 240;

/** Onsets on every beat of an exact tempo, half as strong between them, in noise. */
function music(startS: number, beatS: number, random: () => number): Float32Array {
  const values = Float32Array.from({ length: durationS * rate }, () => 0.3 * random());
  for (let half = 0; startS + (half * beatS) / 2 < durationS; half++) {
    const at = Math.round((startS + (half * beatS) / 2) * rate);
    if (at < values.length)
      values[at] = (values[at] ?? 0) + (half % 2 === 0 ? 1 : 0.5) * (0.6 + 0.4 * random());
  }
  return values;
}

describe("a grid from taps", () => {
  test("the line goes through even taps, one of them missing", () => {
    const line = tappedLine([1, 1.5, 2, 3, 3.5]);
    assert.ok(line !== null);
    assert.ok(Math.abs(line.beatS - 0.5) < 1e-12);
    assert.ok(Math.abs(line.startS - 1) < 1e-12);
  });

  test("too few taps, and taps that are no pulse, give none", () => {
    assert.equal(tappedLine([]), null);
    assert.equal(tappedLine([0, 0.5, 1].slice(0, fewestTaps - 1)), null);
    assert.equal(tappedLine([0, 0.01, 0.02, 0.03]), null);
    assert.equal(tappedLine([0, 5, 10, 15]), null);
  });

  test("eight taps as people tap hold the whole track to 12 ms", () => {
    const random = seededRandom(7);
    for (const tempoBpm of [71.3, 98, 127.94, 174]) {
      const beatS = 60 / tempoBpm;
      const startS = 0.137;
      const values = music(startS, beatS, random);
      const first = Math.round(100 / beatS);
      // 25 ms early with a spread of 20 ms, as without training.
      const taps = Array.from(
        { length: 8 },
        (_, tap) => startS + (first + tap) * beatS - 0.025 + 0.02 * normalRandom(random),
      );
      const line = tappedLine(taps);
      assert.ok(line !== null);
      const refined = refinedLine(line, taps, { values, rate }, { fromS: 0, toS: durationS });
      for (let beat = 0; startS + beat * beatS < durationS; beat += 20) {
        const trueS = startS + beat * beatS;
        const offBeats = (trueS - refined.startS) / refined.beatS;
        const offS = Math.abs(offBeats - Math.round(offBeats)) * refined.beatS;
        assert.ok(offS < 0.012, `${tempoBpm} BPM, beat ${beat}: ${(offS * 1000).toFixed(1)} ms off`);
      }
    }
  });
});
