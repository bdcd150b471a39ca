import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import fc from "fast-check";
import { AudioDecodeError, decodeStream } from "./decode.ts";
import { boxesIn, boxIn } from "./mp4-boxes.ts";
import { readIndex } from "./mp4-index.ts";
import { readMusicRange } from "./mp4-range.ts";

const file = (name: string): Uint8Array =>
  new Uint8Array(readFileSync(new URL(`../../../test/fixtures/audio/${name}`, import.meta.url)));

interface Pcm {
  readonly channels: readonly (readonly number[])[];
  readonly sampleRate: number;
}

async function decoded(bytes: Uint8Array): Promise<Pcm> {
  async function* source(): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < bytes.length; at += 5000) yield bytes.subarray(at, at + 5000);
  }
  const channels: number[][] = [[], []];
  let sampleRate = 0;
  for await (const block of decodeStream(source())) {
    sampleRate = block.sampleRate;
    for (const [c, samples] of block.channels.entries()) for (const x of samples) channels[c]?.push(x);
  }
  return { channels, sampleRate };
}

/** "decoded" or the clear reason; anything else is a bug. */
async function outcome(bytes: Uint8Array): Promise<string> {
  try {
    await decoded(bytes);
    return "decoded";
  } catch (error) {
    assert.ok(error instanceof AudioDecodeError, String(error));
    assert.match(error.message, /^its? /);
    return error.message;
  }
}

function signalToNoiseDb(truth: readonly number[], other: readonly number[]): number {
  let [signal, noise] = [0, 0];
  for (const [i, x] of truth.entries()) {
    signal += x * x;
    noise += (x - (other[i] ?? 0)) ** 2;
  }
  return 10 * Math.log10(signal / noise);
}

function placeOf(bytes: Uint8Array, text: string): number {
  const at = Buffer.from(bytes).indexOf(text, 0, "latin1");
  return at === -1 ? assert.fail(`no ${text}`) : at;
}

function moovOf(bytes: Uint8Array): Uint8Array {
  return boxIn(bytes, "moov") ?? assert.fail("no index");
}

function box(type: string, ...parts: readonly (Uint8Array | readonly number[])[]): Uint8Array {
  const body = Buffer.concat(parts.map((part) => Uint8Array.from(part)));
  const head = Buffer.alloc(8);
  head.writeUInt32BE(8 + body.length);
  head.write(type, 4, "latin1");
  return new Uint8Array(Buffer.concat([head, body]));
}

const uint32 = (...values: readonly number[]): number[] =>
  values.flatMap((value) => [24, 16, 8, 0].map((shift) => (value >>> shift) & 255));

describe("samples", () => {
  for (const name of ["tones.m4a", "tones.aac"]) {
    test(`${name} decodes as ffmpeg decodes it`, async () => {
      const truth = await decoded(file("tones.flac"));
      const ours = await decoded(file(name));
      assert.equal(ours.sampleRate, 44_100);
      for (const c of [0, 1]) {
        // Both start at the first sample of the music; 16 bits leave 80 dB.
        assert.ok(signalToNoiseDb(truth.channels[c].slice(0, 35_280), ours.channels[c]) > 75);
      }
    });
  }

  test("the padding at the end is left out", async () => {
    const { channels } = await decoded(file("tones.m4a"));
    assert.deepEqual(
      channels.map((samples) => samples.length),
      [35_280, 35_280],
    );
  });

  test("frames found through 64-bit offsets are the same", async () => {
    const bytes = file("tones.m4a");
    const at = placeOf(bytes, "stco");
    const count = Buffer.from(bytes).readUInt32BE(at + 8);
    const moov = moovOf(bytes);
    const { offsets } = readIndex(moov);
    const chunks = Array.from({ length: count }, (_, i) => Buffer.from(bytes).readUInt32BE(at + 12 + 4 * i));
    const long = box(
      "co64",
      uint32(0, count),
      chunks.flatMap((chunk) => uint32(0, chunk)),
    );
    const replace = (body: Uint8Array): Uint8Array[] =>
      [...boxesIn(body)].map(({ type, body: inner }) => {
        if (type === "stco") return long;
        return ["trak", "mdia", "minf", "stbl"].includes(type)
          ? box(type, ...replace(inner))
          : box(type, inner);
      });
    const rebuilt = new Uint8Array(Buffer.concat(replace(moov)));
    assert.deepEqual(readIndex(rebuilt).offsets, offsets);
  });
});

describe("what is not decoded says why", () => {
  test("HE-AAC that its description announces", async () => {
    const bytes = file("clicks.m4a");
    // Tag 5, its length in four bytes, then the object type in the highest five bits.
    const esds = placeOf(bytes, "esds");
    const at = bytes.indexOf(5, esds + 4 + 4 + 8 + 13);
    assert.equal(bytes[at + 5] >> 3, 2);
    bytes[at + 5] = (5 << 3) | (bytes[at + 5] & 7);
    assert.equal(await outcome(bytes), "it is HE-AAC, which is not supported yet");
  });

  test("HE-AAC that only its frames show", async () => {
    // Header of a 10-byte LC frame; a fill element (6) of 1 byte whose extension type is 13.
    const frame = [0xff, 0xf1, 0x50, 0x80, 0x01, 0x5f, 0xfc, 0b1100_0011, 0b1010_0000, 0];
    const bytes = Uint8Array.from([...frame, ...frame, ...frame]);
    assert.equal(await outcome(bytes), "it is HE-AAC, which is not supported yet");
  });

  test("another profile, another codec, copy protection, no sound", async () => {
    const main = file("tones.aac").map((byte, i, all) =>
      i > 1 && all[i - 2] === 0xff && all[i - 1] === 0xf1 ? byte & 0x3f : byte,
    );
    assert.equal(await outcome(main), "it is AAC Main, which is not supported");
    const renamed = (from: string, to: string) => {
      const bytes = file("tones.m4a");
      bytes.set(Buffer.from(to, "latin1"), placeOf(bytes, from));
      return outcome(bytes);
    };
    assert.match(await renamed("mp4a", "alac"), /Apple Lossless/);
    assert.match(await renamed("mp4a", "drms"), /copy-protected/);
    assert.match(await renamed("mp4a", "Opus"), /not AAC/);
    assert.match(await renamed("soun", "vide"), /no audio track/);
    assert.match(await renamed("stsz", "free"), /no stsz table/);
  });
});

describe("damage", () => {
  for (const [name, numRuns] of [
    ["tones.m4a", 60],
    ["tones.aac", 60],
  ] as const) {
    test(`${name}: ends or fails clearly`, async () => {
      const bytes = file(name);
      const damage = fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { minLength: 1 });
      await fc.assert(
        fc.asyncProperty(damage, fc.nat(bytes.length), async (hits, length) => {
          const broken = bytes.slice(0, Math.max(length, 100));
          for (const [at, value] of hits) if (at < broken.length) broken[at] = value;
          await outcome(broken);
        }),
        { numRuns, seed: 11 },
      );
    });
  }

  test("any index fails clearly or stays within its limits", () => {
    const moov = moovOf(file("tones.m4a"));
    const damage = fc.array(fc.tuple(fc.nat(moov.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(damage, (hits) => {
        const broken = moov.slice();
        for (const [at, value] of hits) broken[at] = value;
        try {
          const { offsets, sizes } = readIndex(broken);
          assert.equal(offsets.length, sizes.length);
          for (const [i, offset] of offsets.entries())
            if (i > 0) assert.ok(offset >= offsets[i - 1] + sizes[i - 1]);
        } catch (error) {
          assert.ok(error instanceof AudioDecodeError, String(error));
        }
      }),
      { numRuns: 2000, seed: 5 },
    );
  });

  test("tags between and behind ADTS frames are passed over", async () => {
    const bytes = file("tones.aac");
    // It contains what could be the header of a frame of another profile.
    const tag = Uint8Array.from(
      { length: 128 },
      (_, i) => [0xff, 0xf1, 0x10, 0x80, 0x04, 0x1f, 0xfc][i - 60] ?? 32,
    );
    const first = ((bytes[3] & 3) << 11) | (bytes[4] << 3) | (bytes[5] >> 5);
    const tagged = Uint8Array.from([...bytes.subarray(0, first), ...tag, ...bytes.subarray(first), ...tag]);
    const [plain, passed] = [await decoded(bytes), await decoded(tagged)];
    assert.equal(passed.channels[0].length, plain.channels[0].length);
    assert.equal(signalToNoiseDb(plain.channels[0], passed.channels[0]), Infinity);
  });
});

describe("which samples are music", () => {
  const header = (type: string, unitsPerS: number) => box(type, uint32(0, 0, 0, unitsPerS, 0));
  const track = (unitsPerS: number, ...edits: readonly number[]) =>
    new Uint8Array(
      Buffer.concat([
        box("mdia", header("mdhd", unitsPerS)),
        box("edts", box("elst", uint32(0, edits.length / 3, ...edits))),
      ]),
    );
  const movie = header("mvhd", 1000);
  const comment = (text: string) =>
    new Uint8Array(
      Buffer.concat([
        movie,
        box(
          "udta",
          box(
            "meta",
            uint32(0),
            box("name", Buffer.from("iTunSMPB")),
            box("data", uint32(1, 0), Buffer.from(text)),
          ),
        ),
      ]),
    );

  test("an edit list says where it starts and ends, in two time scales", () => {
    const trak = track(90_000, 2000, 1800, 0x1_0000);
    assert.deepEqual(readMusicRange(movie, trak, 270_000, 48_000), { start: 960, end: 96_960 });
  });

  test("a length in milliseconds gives way to the exact one", () => {
    const trak = track(44_100, 800, 1024, 0x1_0000);
    assert.deepEqual(readMusicRange(movie, trak, 36_300, 44_100), { start: 1024, end: 36_300 });
  });

  test("a pause in front is not cut out of the music", () => {
    const trak = track(44_100, 500, 0xffff_ffff, 0x1_0000, 800, 1024, 0x1_0000);
    assert.equal(readMusicRange(movie, trak, 36_304, 44_100).start, 1024);
  });

  test("without an edit list the iTunes comment says it", () => {
    const moov = comment(" 00000000 00000840 000001CA 00000000000089D0 00000000 00000000");
    assert.deepEqual(readMusicRange(moov, track(44_100), 37_888, 44_100), {
      start: 2112,
      end: 2112 + 35_280,
    });
    assert.deepEqual(readMusicRange(comment("nonsense"), track(44_100), 37_888, 44_100), {
      start: 0,
      end: 37_888,
    });
  });
});
