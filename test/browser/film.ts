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

/** Key frames of a picture that changes each second, encoded by the browser as fast as it can. */
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

/** Track 1, no time within the cluster, a key frame. */
const pictureBlock = Buffer.from([0x81, 0, 0, 0x80]);

/** A silent WebM, one picture a second with its number. */
export async function pictureFilm(page: Page, durationS: number): Promise<Buffer> {
  const frames = await keyFrames(page, width, height, durationS);
  return webm(
    durationS,
    [pictureTrack],
    frames.map((frame) => [element("a3", pictureBlock, frame)]),
  );
}

/** Sound is read in pieces of this length. */
const pieceS = 0.1;
const wavHeaderBytes = 44;

/** The same with tones. */
export async function talkingFilm(
  page: Page,
  durationS: number,
  peak: number,
  spans: Spans,
): Promise<Buffer> {
  const frames = await keyFrames(page, width, height, durationS);
  const pcm = voiceFilm(durationS, peak, spans).subarray(wavHeaderBytes);
  const pieceBytes = pieceS * sampleRate * 2;
  const piecesOf = (second: number) =>
    Array.from({ length: 1 / pieceS }, (_, index) => {
      const head = Buffer.from([0x82, 0, 0, 0x80]);
      head.writeInt16BE(index * pieceS * 1000, 1);
      const from = second * sampleRate * 2 + index * pieceBytes;
      return element("a3", head, pcm.subarray(from, from + pieceBytes));
    });
  const rate = Buffer.alloc(8);
  rate.writeDoubleBE(sampleRate);
  const soundTrack = element(
    "ae",
    element("d7", 2),
    element("73c5", 2),
    element("83", 2),
    element("86", "A_PCM/INT/LIT"),
    element("e1", element("b5", rate), element("9f", 1), element("6264", 16)),
  );
  return webm(
    durationS,
    [pictureTrack, soundTrack],
    frames.map((frame, second) => [element("a3", pictureBlock, frame), ...piecesOf(second)]),
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

/** A film of these tracks, their blocks second by second. */
function webm(durationS: number, tracks: readonly Buffer[], seconds: readonly Buffer[][]): Buffer {
  const durationMs = Buffer.alloc(8);
  durationMs.writeDoubleBE(durationS * 1000);
  const info = [
    element("2ad7b1", 1_000_000),
    element("4489", durationMs),
    element("4d80", "test"),
    element("5741", "test"),
  ];
  const clusters = seconds.map((blocks, second) =>
    element("1f43b675", element("e7", second * 1000), ...blocks),
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
    element("18538067", element("1549a966", ...info), element("1654ae6b", ...tracks), ...clusters),
  ]);
}
