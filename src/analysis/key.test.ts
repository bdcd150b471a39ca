import assert from "node:assert/strict";
import { describe, test } from "node:test";
import essentiaJs from "essentia.js";
import { camelotOf } from "#domain/camelot.ts";
import { seededRandom } from "#domain/seeded-random.ts";
import { aMinorChords, cMajorChords, perform } from "#test/support/band.ts";
import { createKeyMeter, type HeardKey } from "./key.ts";
import { analysisRate } from "./onsets.ts";

const essentia = new essentiaJs.Essentia(essentiaJs.EssentiaWASM);

function essentiaKey(mono: Float32Array): HeardKey {
  const { key, scale, strength } = essentia.KeyExtractor(essentia.arrayToVector(mono));
  return { key: camelotOf(key, scale), strength };
}

function ourKey(mono: Float32Array, pieceLength = 8192): HeardKey {
  const meter = createKeyMeter();
  for (let at = 0; at < mono.length; at += pieceLength) meter.push(mono.subarray(at, at + pieceLength));
  return meter.finish();
}

/** Tones of twelve pitches, each as loud and as often as chance has it, with four overtones, over some noise. */
function chanceMusic(seed: number, seconds: number): Float32Array {
  const random = seededRandom(seed);
  const samples = Float32Array.from({ length: seconds * analysisRate }, () => 0.002 * (random() - 0.5));
  for (let note = 0; note < 6 * seconds; note++) {
    const hz = 110 * 2 ** (Math.floor(36 * random() ** 2) / 12);
    const from = Math.floor(random() * (samples.length - analysisRate));
    for (let overtone = 1; overtone <= 5; overtone++) {
      const amplitude = (0.05 * random()) / overtone;
      for (let i = 0; i < analysisRate; i++)
        samples[from + i] += amplitude * Math.sin((2 * Math.PI * overtone * hz * i) / analysisRate);
    }
  }
  return samples;
}

describe("the key is Essentia's", () => {
  const band = { tempoBpm: 124, beatsPerBar: 4 as const, seconds: 24, sampleRate: analysisRate, drums: 0.6 };
  const cases: Readonly<Record<string, Float32Array>> = {
    "a band in major": perform({ ...band, chords: cMajorChords }).samples,
    "a band in minor": perform({ ...band, chords: aMinorChords }).samples,
    ...Object.fromEntries([1, 2, 3, 4, 5, 6].map((seed) => [`chance ${seed}`, chanceMusic(seed, 20)])),
  };
  for (const [name, mono] of Object.entries(cases)) {
    test(name, () => {
      const [ours, theirs] = [ourKey(mono), essentiaKey(mono)];
      assert.equal(ours.key, theirs.key);
      assert.ok(Math.abs(ours.strength - theirs.strength) < 0.002, `${ours.strength} ${theirs.strength}`);
    });
  }
});

test("the pieces do not matter", () => {
  const mono = chanceMusic(7, 5);
  assert.deepEqual(ourKey(mono, 777), ourKey(mono, 100_000));
});

test("silence, a constant and hardly anything have no key", () => {
  assert.deepEqual(ourKey(new Float32Array(analysisRate)), { key: null, strength: 0 });
  assert.deepEqual(ourKey(Float32Array.of(1)), { key: null, strength: 0 });
  assert.deepEqual(ourKey(new Float32Array(0)), { key: null, strength: 0 });
});
