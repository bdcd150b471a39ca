import assert from "node:assert/strict";
import { test } from "node:test";
import { normalRandom, seededRandom } from "#domain/seeded-random.ts";
import { agreedDelay, chirpOf, findChirp } from "./chirp.ts";

const sampleRate = 48_000;
const chirp = chirpOf(sampleRate);

interface Heard {
  readonly at: number;
  readonly level: number;
}

/** Half a second of white noise with chirps in it. */
function recording(noise: number, chirps: readonly Heard[], seed = 1): Float32Array {
  const random = seededRandom(seed);
  const pcm = Float32Array.from({ length: sampleRate / 2 }, () => noise * normalRandom(random));
  for (const { at, level } of chirps) {
    for (let index = 0; index < chirp.length; index++) {
      pcm[at + index] = (pcm[at + index] ?? 0) + level * (chirp[index] ?? 0);
    }
  }
  return pcm;
}

test("a chirp is found where it was put, to the sample in silence", () => {
  for (const at of [0, 1, 7777, sampleRate / 2 - chirp.length]) {
    assert.equal(findChirp(recording(0, [{ at, level: 0.02 }]), chirp, sampleRate), at);
  }
});

test("and within 0.1 ms in noise as loud as itself", () => {
  for (let seed = 1; seed <= 10; seed++) {
    // The chirp's mean square is 3/16.
    const found = findChirp(recording(0.43, [{ at: 9000, level: 1 }], seed), chirp, sampleRate);
    assert.ok(found !== null && Math.abs(found - 9000) <= 4, `${found}`);
  }
});

test("the direct way counts, not a louder echo behind it", () => {
  const chirps = [
    { at: 9000, level: 0.85 },
    { at: 9000 + 480, level: 1 },
  ];
  assert.equal(findChirp(recording(0.001, chirps), chirp, sampleRate), 9000);
});

test("silence, noise, hum, a click and a chirp that is not all there are no chirp", () => {
  const hum = Float32Array.from({ length: sampleRate / 2 }, (_, index) =>
    Math.sin((index * 2 * Math.PI * 2000) / sampleRate),
  );
  const click = recording(0.001, []);
  click[9000] = 1;
  assert.equal(findChirp(recording(0, []), chirp, sampleRate), null);
  for (let seed = 1; seed <= 10; seed++)
    assert.equal(findChirp(recording(1, [], seed), chirp, sampleRate), null);
  assert.equal(findChirp(hum, chirp, sampleRate), null);
  assert.equal(findChirp(click, chirp, sampleRate), null);
  assert.equal(findChirp(chirp.subarray(1), chirp, sampleRate), null);
});

test("delays that agree give their median and its spread; others none", () => {
  const random = seededRandom(3);
  const about = (sigmaMs: number) => Array.from({ length: 12 }, () => 180 + sigmaMs * normalRandom(random));
  const measured = agreedDelay([...about(2), null, 900, null]);
  assert.ok(measured !== null && Math.abs(measured.delayMs - 180) < 2.5);
  // 1.96 x 1.253 x 2 / sqrt(13) = 1.4
  assert.ok(measured.uncertaintyMs > 0.5 && measured.uncertaintyMs < 3, `${measured.uncertaintyMs}`);
  assert.equal(agreedDelay(about(30)), null);
  assert.equal(agreedDelay([...about(1).slice(0, 7), null, null]), null);
  assert.equal(agreedDelay([]), null);
});
