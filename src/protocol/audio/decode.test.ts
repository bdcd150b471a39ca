import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import fc from "fast-check";
import { clickFiles, clickRate, clickSamples, clickTimesS, foundClicksS } from "#test/support/clicks.ts";
import { wavOf } from "#test/support/wav.ts";
import { AudioDecodeError, decodeStream } from "./decode.ts";

async function* inChunks(bytes: Uint8Array, chunkBytes: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += chunkBytes) yield bytes.subarray(at, at + chunkBytes);
}

interface Pcm {
  readonly samples: Float32Array;
  readonly sampleRate: number;
  readonly channels: number;
}

async function decodeAll(bytes: Uint8Array, chunkBytes = 65_536): Promise<Pcm> {
  const parts: Float32Array[] = [];
  let [sampleRate, channels] = [0, 0];
  for await (const block of decodeStream(inChunks(bytes, chunkBytes))) {
    parts.push(block.channels[0].slice());
    sampleRate = block.sampleRate;
    channels = block.channels.length;
  }
  const samples = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    samples.set(part, at);
    at += part.length;
  }
  return { samples, sampleRate, channels };
}

/** Fails with `AudioDecodeError` or succeeds; anything else is a bug. Answers what happened. */
async function outcome(bytes: Uint8Array): Promise<string> {
  try {
    await decodeAll(bytes);
    return "decoded";
  } catch (error) {
    assert.ok(error instanceof AudioDecodeError, String(error));
    assert.match(error.message, /^its? /);
    return error.message;
  }
}

let files: ReadonlyMap<string, Uint8Array>;
before(async () => {
  files = await clickFiles();
});

const names = [
  "clicks.wav",
  "clicks.mp3",
  "clicks.ogg",
  "clicks.flac",
  "clicks.opus",
  "clicks.m4a",
  "clicks-late-index.m4a",
];
const file = (name: string): Uint8Array => files.get(name) ?? assert.fail(name);

describe("every format", () => {
  for (const name of names) {
    test(`${name}: clicks come out where they went in`, async () => {
      const { samples, sampleRate } = await decodeAll(file(name));
      assert.ok(Math.abs(samples.length / sampleRate - 3) < 0.03, `${samples.length / sampleRate} s`);
      // Half a millisecond: lossy codecs smear the start of a click, none of them by an encoder delay (11 ms and more).
      for (const [i, foundS] of foundClicksS(samples, sampleRate).entries()) {
        assert.ok(Math.abs(foundS - clickTimesS[i]) < 0.0005, `click ${i} at ${foundS}`);
      }
    });

    test(`${name}: the same samples however the bytes are cut`, async () => {
      const whole = await decodeAll(file(name));
      for (const chunkBytes of [61, 997, 16_384]) {
        const pieces = await decodeAll(file(name), chunkBytes);
        assert.equal(pieces.samples.length, whole.samples.length, `${chunkBytes} bytes at a time`);
        assert.deepEqual(pieces.samples.subarray(11_000, 12_000), whole.samples.subarray(11_000, 12_000));
      }
    });

    test(`${name}: cut short, it ends or fails clearly`, async () => {
      const bytes = file(name);
      for (const share of [0.01, 0.3, 0.7, 0.99])
        await outcome(bytes.subarray(0, Math.ceil(bytes.length * share)));
    });

    test(`${name}: survives damage`, async () => {
      const bytes = file(name);
      const damage = fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), {
        minLength: 1,
        maxLength: 20,
      });
      await fc.assert(
        fc.asyncProperty(damage, async (hits) => {
          const broken = bytes.slice();
          for (const [at, value] of hits) broken[at] = value;
          await outcome(broken);
        }),
        { numRuns: 25, seed: 7 },
      );
    });
  }
});

test("lossless formats give the samples themselves", async () => {
  const truth = clickSamples();
  for (const name of ["clicks.wav", "clicks.flac"]) {
    const { samples } = await decodeAll(file(name));
    const worst = samples.reduce((most, sample, i) => Math.max(most, Math.abs(sample - truth[i])), 0);
    assert.ok(worst < 2 / 32_768, `${name} is off by ${worst}`);
  }
});

test("an ID3v2 tag in front of any format is skipped, whatever its size", async () => {
  const tag = new Uint8Array(10 + 300_000).fill(0x55);
  tag.set([0x49, 0x44, 0x33, 4, 0, 0, 0, 0x12, 0x27, 0x60]);
  for (const name of ["clicks.mp3", "clicks.flac"]) {
    const tagged = new Uint8Array([...tag, ...file(name)]);
    const { samples } = await decodeAll(tagged, 4096);
    assert.equal(samples.length, (await decodeAll(file(name))).samples.length);
  }
});

test("what is no audio is refused with one line", async () => {
  const text = new TextEncoder().encode("<html><body>not found</body></html>".repeat(2000));
  assert.equal(await outcome(new Uint8Array(0)), "it is empty");
  assert.equal(await outcome(text), "it is not an audio file we can read");
  assert.equal(await outcome(new Uint8Array(100_000)), "it is not an audio file we can read");
  assert.equal(await outcome(wavOf([new Float32Array(0)], clickRate)), "it has no audio in it");
  const riff = wavOf([clickSamples()], clickRate);
  new DataView(riff.buffer).setUint32(24, 7, true);
  assert.match(await outcome(riff), /sample rate of 7 Hz/);
});

test("a WAV whose header makes no sense is refused", async () => {
  const withField = (at: number, value: number) => {
    const wav = wavOf([clickSamples()], clickRate);
    new DataView(wav.buffer).setUint16(at, value, true);
    return wav;
  };
  assert.equal(await outcome(withField(32, 0)), "its frames have no bytes");
  assert.match(await outcome(withField(22, 65_535)), /65535 channels/);
  assert.match(await outcome(withField(22, 0)), /0 channels/);
});

test("samples that are no numbers become silence", async () => {
  const wav = wavOf([new Float32Array(2000), new Float32Array(2000)], clickRate);
  const view = new DataView(wav.buffer);
  view.setUint16(20, 3, true);
  view.setUint16(22, 1, true);
  view.setUint16(32, 4, true);
  view.setUint16(34, 32, true);
  for (let at = 44; at + 4 <= wav.length; at += 8) view.setFloat32(at, Number.NaN, true);
  const { samples } = await decodeAll(wav);
  assert.ok(samples.length > 0 && samples.every((sample) => sample === 0));
});

test("an MP4 index that lies about its tables is refused", async () => {
  const bytes = file("clicks.m4a").slice();
  const at = Buffer.from(bytes).indexOf("stsz");
  new DataView(bytes.buffer).setUint32(at + 12, 0xffff_fff0);
  assert.match(await outcome(bytes), /stsz table says/);
});

test("leaving early closes the source", async () => {
  let closed = false;
  async function* source() {
    try {
      yield* inChunks(file("clicks.wav"), 20_000);
    } finally {
      closed = true;
    }
  }
  for await (const block of decodeStream(source())) {
    assert.ok(block.channels[0].length > 0);
    break;
  }
  assert.ok(closed);
});
