import assert from "node:assert/strict";
import { test } from "node:test";
import { openDecoder } from "#protocol/audio/decode.ts";
import { encodeOgg } from "./encode-ogg.ts";

const sampleRate = 44_100;

/** Short bursts of a 3 kHz tone, one every half second from 0.1 s on: beats with a known place. */
function bursts(seconds: number): { pcm: Float32Array; startsS: number[] } {
  const pcm = new Float32Array(Math.round(seconds * sampleRate));
  const startsS: number[] = [];
  for (let startS = 0.1; startS < seconds - 0.1; startS += 0.5) {
    startsS.push(startS);
    const start = Math.round(startS * sampleRate);
    for (let at = 0; at < 800; at++) {
      pcm[start + at] = 0.5 * Math.sin((2 * Math.PI * 3000 * at) / sampleRate) * Math.exp(-at / 250);
    }
  }
  return { pcm, startsS };
}

async function decodeLeft(bytes: Uint8Array): Promise<Float32Array> {
  const decoder = await openDecoder("vorbis");
  const blocks = [...decoder.push(bytes), ...decoder.flush()];
  decoder.free();
  const samples = blocks.flatMap(({ channels }) => [...(channels[0] ?? [])]);
  return Float32Array.from(samples);
}

/** The shift, in samples, at which `decoded` fits `original` best around `centre`. */
function bestShift(original: Float32Array, decoded: Float32Array, centre: number): number {
  let best = 0;
  let bestFit = -Infinity;
  for (let shift = -200; shift <= 200; shift++) {
    let fit = 0;
    for (let at = centre - 500; at < centre + 1500; at++)
      fit += (original[at] ?? 0) * (decoded[at + shift] ?? 0);
    if (fit > bestFit) [best, bestFit] = [shift, fit];
  }
  return best;
}

test("decoded beats lie where they were put: same length, no delay, start to end", async () => {
  const { pcm, startsS } = bursts(4.3);
  const bytes = await encodeOgg(pcm, pcm.slice(), sampleRate);
  assert.equal(String.fromCharCode(...bytes.subarray(0, 4)), "OggS");
  const decoded = await decodeLeft(bytes);
  assert.equal(decoded.length, pcm.length);
  for (const startS of startsS) {
    const shift = bestShift(pcm, decoded, Math.round(startS * sampleRate));
    // 2 ms are 88 samples; the codec is exact, so allow one.
    assert.ok(Math.abs(shift) <= 1, `beat at ${startS} s is off by ${shift} samples`);
  }
});

test("the same samples give the same file", async () => {
  const { pcm } = bursts(1);
  assert.deepEqual(await encodeOgg(pcm, pcm, sampleRate), await encodeOgg(pcm, pcm, sampleRate));
});
