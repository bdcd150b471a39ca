import assert from "node:assert/strict";
import { test } from "node:test";
import { decodeStream } from "#protocol/audio/decode.ts";
import { mixFormats, openMixEncoder } from "./encoders.ts";

const sampleRate = 48_000;
const knockAt = 30_000;

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

for (const format of mixFormats) {
  test(`${format}: decodes to the same length, everything in its place`, async () => {
    const sound = new Float32Array(72_000);
    for (let frame = 0; frame < 2000; frame += 1) {
      sound[knockAt + frame] = 0.6 * Math.sin(frame * 0.2) * Math.exp(-frame / 300);
    }
    const encoder = await openMixEncoder(format, sampleRate, ["TITLE=Knock"]);
    const pieces: Uint8Array[] = [];
    for (let at = 0; at < sound.length; at += 4096) {
      const piece = sound.subarray(at, at + 4096);
      pieces.push(encoder.encode(piece, piece));
    }
    pieces.push(encoder.finish());
    const bytes = Buffer.concat(pieces);
    const header = encoder.header(sound.length);
    if (header !== null) bytes.set(header, 0);
    // STREAMINFO, last 32 bits of the number of samples.
    if (format === "flac") assert.equal(bytes.readUInt32BE(22), sound.length);
    const decoded: number[] = [];
    for await (const { channels, sampleRate: rate } of decodeStream(once(new Uint8Array(bytes)))) {
      assert.equal(rate, sampleRate);
      assert.equal(channels.length, 2);
      decoded.push(...(channels[0] ?? []));
    }
    // Opus ends on a whole frame of 20 ms.
    assert.ok(decoded.length >= sound.length && decoded.length <= sound.length + 960, `${decoded.length}`);
    let best = 0;
    let bestShift = 0;
    for (let shift = -400; shift <= 400; shift += 1) {
      let product = 0;
      for (let frame = 0; frame < 1500; frame += 1) {
        product += (decoded[knockAt + frame + shift] ?? 0) * (sound[knockAt + frame] ?? 0);
      }
      if (product > best) {
        best = product;
        bestShift = shift;
      }
    }
    assert.ok(Math.abs(bestShift) <= 2, `shifted by ${bestShift}`);
  });
}
