import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import fc from "fast-check";
import { createMp3Encoder, createOggEncoder } from "wasm-media-encoders";
import { normalRandom, seededRandom } from "#domain/seeded-random.ts";
import { decodeStream } from "#protocol/audio/decode.ts";
import { createFingerprintMeter } from "./fingerprint.ts";
import { matchFingerprints } from "./fingerprint-match.ts";
import { createResampler } from "./resample.ts";

const rate = 44_100;
const durationS = 40;

/** Plucked notes of two voices and noise bursts, drawn by a seed: nothing of it repeats. */
function piece(seed: number): Float32Array {
  const random = seededRandom(seed);
  const samples = new Float32Array(durationS * rate);
  for (let atS = 0; atS < durationS; atS += 0.12 + 0.3 * random()) {
    const hertz = 220 * 2 ** (Math.floor(random() * 30) / 12);
    const isNoise = random() < 0.3;
    const from = Math.round(atS * rate);
    const to = Math.min(samples.length, from + rate / 2);
    for (let i = from; i < to; i++) {
      const tS = (i - from) / rate;
      const tone = Math.sin(2 * Math.PI * hertz * tS) + 0.5 * Math.sin(4 * Math.PI * hertz * tS);
      samples[i] += (isNoise ? 0.3 * normalRandom(random) : tone) * 0.2 * Math.exp(-6 * tS);
    }
  }
  return samples;
}

function fingerprintOf(samples: Float32Array, sampleRate = rate, blockFrames = 16_384): Uint8Array {
  const meter = createFingerprintMeter(sampleRate);
  for (let at = 0; at < samples.length; at += blockFrames)
    meter.push([samples.subarray(at, at + blockFrames)]);
  return meter.finish();
}

function resampled(samples: Float32Array, from: number, to: number): Float32Array {
  const resampler = createResampler(from, to);
  return Float32Array.from([...resampler.push(samples), ...resampler.finish()]);
}

function delayed(samples: Float32Array, byS: number, gain = 1): Float32Array {
  const lead = Math.round(byS * rate);
  const out = new Float32Array(samples.length + lead);
  for (const [index, sample] of samples.entries()) out[index + lead] = sample * gain;
  return out;
}

async function decoded(bytes: Uint8Array): Promise<{ samples: Float32Array; sampleRate: number }> {
  const all: number[] = [];
  let sampleRate = 0;
  for await (const block of decodeStream(
    (async function* () {
      yield bytes;
    })(),
  )) {
    sampleRate = block.sampleRate;
    for (const sample of block.channels[0]) all.push(sample);
  }
  return { samples: Float32Array.from(all), sampleRate };
}

describe("a fingerprint", () => {
  let original: Float32Array;
  let known: Uint8Array;
  before(() => {
    original = piece(1);
    known = fingerprintOf(original);
  });
  const offsetMs = (print: Uint8Array): number =>
    (matchFingerprints(known, print)?.offsetS ?? Number.NaN) * 1000;

  test("is the same however the samples come", () => {
    assert.deepEqual(fingerprintOf(original, rate, 777), known);
    assert.equal(matchFingerprints(known, known)?.errorShare, 0);
  });

  test("finds another level, rate and leading silence, to 2 ms", () => {
    assert.ok(Math.abs(offsetMs(fingerprintOf(delayed(original, 0.2345, 0.2))) - 234.5) < 2);
    assert.ok(Math.abs(offsetMs(fingerprintOf(original.subarray(0.77 * rate))) + 770) < 2);
    assert.ok(
      Math.abs(offsetMs(fingerprintOf(resampled(delayed(original, 3), rate, 48_000), 48_000)) - 3000) < 2,
    );
  });

  test("finds a poor MP3 with the encoder's delay, and a poor Vorbis, to 2 ms", async () => {
    const mp3 = await createMp3Encoder();
    mp3.configure({ channels: 1, sampleRate: rate, bitrate: 64 });
    const bytes = Buffer.concat([mp3.encode([original]).slice(), mp3.finalize().slice()]);
    const { samples, sampleRate } = await decoded(bytes);
    // This encoder writes no LAME tag, so its delay of 576 samples and the decoder's of 529 stay in.
    assert.ok(Math.abs(offsetMs(fingerprintOf(samples, sampleRate)) - (1105 / sampleRate) * 1000) < 2);
    const ogg = await createOggEncoder();
    ogg.configure({ channels: 1, sampleRate: rate, vbrQuality: 0 });
    const vorbis = await decoded(Buffer.concat([ogg.encode([original]).slice(), ogg.finalize().slice()]));
    assert.ok(Math.abs(offsetMs(fingerprintOf(vorbis.samples, vorbis.sampleRate))) < 2);
  });

  test("knows other music, other speeds and other edits", () => {
    assert.equal(matchFingerprints(known, fingerprintOf(piece(2))), null);
    for (const speed of [1.001, 1.02]) {
      assert.equal(
        matchFingerprints(known, fingerprintOf(resampled(original, rate * speed, rate))),
        null,
        `${speed}`,
      );
    }
    const edit = Float32Array.from([...original.subarray(0, 12 * rate), ...original.subarray(22 * rate)]);
    assert.equal(matchFingerprints(known, fingerprintOf(edit)), null);
    assert.equal(matchFingerprints(known, fingerprintOf(new Float32Array(durationS * rate))), null);
  });

  test("of any bytes at all is compared without harm", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 3000 }), fc.uint8Array({ maxLength: 3000 }), (a, b) => {
        const match = matchFingerprints(a, b);
        assert.ok(match === null || Number.isFinite(match.offsetS));
      }),
      { numRuns: 30 },
    );
  });
});
