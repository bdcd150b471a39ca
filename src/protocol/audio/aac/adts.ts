/** AAC as a bare stream of frames, each with its own header (ADTS: ISO/IEC 14496-3, 1.A.2). */
import { AudioDecodeError } from "../error.ts";
import { BitReader } from "./bits.ts";
import { checkObjectType } from "./config.ts";
import { AacDecoder } from "./decoder.ts";

const headerBytes = 7;
const checkBytes = 2;
/** Between frames, and behind the last one, there may be tags; more than this is no AAC. */
const maxGapBytes = 1 << 20;

interface Header {
  readonly frameBytes: number;
  readonly payloadAt: number;
  readonly objectType: number;
  readonly rateIndex: number;
  readonly blocks: number;
}

function hasSync(bytes: Uint8Array, at: number): boolean {
  return bytes[at] === 0xff && ((bytes[at + 1] ?? 0) & 0xf6) === 0xf0;
}

/** The header at `at`; null when there is none. */
function headerAt(bytes: Uint8Array, at: number): Header | null {
  if (!hasSync(bytes, at)) return null;
  const bits = new BitReader(bytes.subarray(at, at + headerBytes));
  bits.skip(15);
  const hasCheck = !bits.flag();
  const objectType = bits.read(2) + 1;
  const rateIndex = bits.read(4);
  bits.skip(1);
  bits.skip(7);
  const frameBytes = bits.read(13);
  bits.skip(11);
  const blocks = bits.read(2) + 1;
  const payloadAt = headerBytes + (hasCheck ? checkBytes : 0);
  if (frameBytes < payloadAt) return null;
  return { frameBytes, payloadAt, objectType, rateIndex, blocks };
}

function checkSupported({ objectType, payloadAt, blocks }: Header): void {
  checkObjectType(objectType);
  if (payloadAt > headerBytes && blocks > 1)
    throw new AudioDecodeError("its ADTS frames hold several blocks with checksums, which is not supported");
}

/**
 * Cuts a stream into frames and decodes them. The first frame is half a transform without its other half, so it is not
 * given out: every encoder has a delay of at least that, and nothing in the stream says how much more.
 */
export class AdtsReader {
  #held = new Uint8Array(0);
  #gapBytes = 0;
  #decoder: AacDecoder | null = null;
  #isFirst = true;
  #isSynced = true;

  get sampleRate(): number {
    return this.#decoder?.sampleRate ?? 0;
  }

  /** Gives `emit` the samples of every frame that is now complete. Throws `AudioDecodeError`. */
  push(chunk: Uint8Array, emit: (pcm: readonly Float32Array[]) => void): void {
    const bytes = new Uint8Array(this.#held.length + chunk.length);
    bytes.set(this.#held);
    bytes.set(chunk, this.#held.length);
    let at = 0;
    while (at + headerBytes <= bytes.length) {
      const header = headerAt(bytes, at);
      const end = at + (header?.frameBytes ?? 0);
      if (header !== null && end + (this.#isSynced ? 0 : 2) > bytes.length) break;
      // What looks like a header in a tag or a cut frame is one only when another follows.
      if (header === null || !(this.#isSynced || hasSync(bytes, end))) {
        this.#isSynced = false;
        if (++this.#gapBytes > maxGapBytes) throw new AudioDecodeError("it is damaged: no AAC frames");
        at++;
        continue;
      }
      [this.#isSynced, this.#gapBytes] = [true, 0];
      this.#decode(header, bytes.subarray(at + header.payloadAt, end), emit);
      at = end;
    }
    this.#held = bytes.slice(at);
  }

  #decode(header: Header, payload: Uint8Array, emit: (pcm: readonly Float32Array[]) => void): void {
    checkSupported(header);
    this.#decoder ??= new AacDecoder(header);
    const bits = new BitReader(payload);
    for (let block = 0; block < header.blocks; block++) {
      const pcm = this.#decoder.decode(bits);
      if (!this.#isFirst) emit(pcm);
      this.#isFirst = false;
    }
  }
}
