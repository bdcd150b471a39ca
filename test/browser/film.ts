/** Films by construction: what is heard and seen in them, and when, is known. */
import type { Page } from "playwright-core";
import { wavOf } from "#test/support/wav.ts";

const sampleRate = 8_000;

type Spans = readonly (readonly [fromS: number, toS: number])[];

/** A mono 16-bit WAV: silence, and a tone of 1 kHz with this peak (of full scale) in each of the spans (s). */
export function voiceFilm(durationS: number, peak: number, spans: Spans): Buffer {
  const pcm = new Float32Array(durationS * sampleRate);
  for (const [fromS, toS] of spans)
    for (let index = fromS * sampleRate; index < toS * sampleRate; index += 1)
      pcm[index] = Math.sin((2 * Math.PI * 1000 * index) / sampleRate) * peak;
  return Buffer.from(wavOf([pcm], sampleRate));
}

/** One element of a Matroska file (RFC 8794): its id, its length in eight bytes, what is in it. */
function element(id: string, ...parts: (Buffer | string | number)[]): Buffer {
  const inside = parts.map((part) => {
    if (typeof part === "string") return Buffer.from(part);
    if (typeof part !== "number") return part;
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(part);
    return bytes;
  });
  const length = Buffer.alloc(8);
  length.writeBigUInt64BE(BigInt(Buffer.concat(inside).length) | (1n << 56n));
  return Buffer.concat([Buffer.from(id, "hex"), length, ...inside]);
}

/** Key frames of a picture that changes each time, encoded by the browser as fast as it can. */
async function keyFrames(page: Page, width: number, height: number, count: number): Promise<Buffer[]> {
  const frames = await page.evaluate(
    async ([w, h, many]) => {
      const canvas = new OffscreenCanvas(w, h);
      const context = canvas.getContext("2d");
      if (context === null) throw new Error("no canvas");
      const made: string[] = [];
      const encoder = new VideoEncoder({
        output: (chunk) => {
          const bytes = new Uint8Array(chunk.byteLength);
          chunk.copyTo(bytes);
          made.push(btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join("")));
        },
        error: (error) => {
          throw error;
        },
      });
      encoder.configure({ codec: "vp8", width: w, height: h });
      for (let index = 0; index < many; index += 1) {
        context.fillStyle = `hsl(${index * 40} 30% 30%)`;
        context.fillRect(0, 0, w, h);
        context.fillStyle = "white";
        context.font = `${h / 3}px sans-serif`;
        context.fillText(String(index), w / 2.4, h / 1.6);
        const frame = new VideoFrame(canvas, { timestamp: index * 1e6 });
        encoder.encode(frame, { keyFrame: true });
        frame.close();
      }
      await encoder.flush();
      return made;
    },
    [width, height, count] as const,
  );
  return frames.map((frame) => Buffer.from(frame, "base64"));
}

/** A silent WebM, one picture a second with its number. */
export async function pictureFilm(page: Page, durationS: number): Promise<Buffer> {
  const frames = await keyFrames(page, width, height, durationS);
  return webm(
    1000,
    [pictureTrack],
    frames.map((frame) => [block(1, frame)]),
  );
}

/** A player shows the picture nearest to its time: to tell when it shows which, they must come often. */
const talkingPictureMs = 50;
const wavHeaderBytes = 44;

/** A WebM with the tones of `voiceFilm` and a new picture every 50 ms. */
export async function talkingFilm(
  page: Page,
  durationS: number,
  peak: number,
  spans: Spans,
): Promise<Buffer> {
  const frames = await keyFrames(page, width, height, (durationS * 1000) / talkingPictureMs);
  const pcm = voiceFilm(durationS, peak, spans).subarray(wavHeaderBytes);
  const pieceBytes = (sampleRate * 2 * talkingPictureMs) / 1000;
  return webm(
    talkingPictureMs,
    [pictureTrack, soundTrack],
    frames.map((frame, index) => [
      block(1, frame),
      block(2, pcm.subarray(index * pieceBytes, (index + 1) * pieceBytes)),
    ]),
  );
}

const [width, height] = [320, 180];
const pictureTrack = element(
  "ae",
  element("d7", 1),
  element("73c5", 1),
  element("83", 1),
  element("86", "V_VP8"),
  element("e0", element("b0", width), element("ba", height)),
);
const soundTrack = element(
  "ae",
  element("d7", 2),
  element("73c5", 2),
  element("83", 2),
  element("86", "A_PCM/INT/LIT"),
  element("e1", element("b5", float64(sampleRate)), element("9f", 1), element("6264", 16)),
);

function float64(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleBE(value);
  return bytes;
}

/** Of a track, at the time of its cluster, to be read without any other. */
function block(track: number, bytes: Buffer): Buffer {
  return element("a3", Buffer.from([0x80 | track, 0, 0, 0x80]), bytes);
}

/** A film of these tracks: clusters of blocks, one each `clusterMs`. */
function webm(clusterMs: number, tracks: readonly Buffer[], clusters: readonly Buffer[][]): Buffer {
  const info = [
    element("2ad7b1", 1_000_000),
    element("4489", float64(clusters.length * clusterMs)),
    element("4d80", "test"),
    element("5741", "test"),
  ];
  const inTime = clusters.map((blocks, index) =>
    element("1f43b675", element("e7", index * clusterMs), ...blocks),
  );
  return Buffer.concat([
    element(
      "1a45dfa3",
      element("4286", 1),
      element("42f7", 1),
      element("42f2", 4),
      element("42f3", 8),
      element("4282", "webm"),
      element("4287", 2),
      element("4285", 2),
    ),
    element("18538067", element("1549a966", ...info), element("1654ae6b", ...tracks), ...inTime),
  ]);
}
