/** Plays the AAC track of an MP4 whose index comes before its audio. */
import { BitReader } from "./aac/bits.ts";
import { AacDecoder } from "./aac/decoder.ts";
import { ByteQueue } from "./byte-queue.ts";
import { AudioDecodeError } from "./error.ts";
import { boxAt, viewOf } from "./mp4-boxes.ts";
import { readIndex, type AacTrack } from "./mp4-index.ts";

export class Mp4Reader {
  readonly #queue = new ByteQueue();
  #track: AacTrack | null = null;
  #decoder: AacDecoder | null = null;
  #frame = 0;
  /** Samples decoded so far, music or not. */
  #samples = 0;

  get sampleRate(): number {
    return this.#decoder?.sampleRate ?? 0;
  }

  /** Gives `emit` the music in every frame that is now complete. Throws `AudioDecodeError`. */
  push(chunk: Uint8Array, emit: (pcm: readonly Float32Array[]) => void): void {
    this.#queue.add(chunk);
    this.#track ??= this.#findIndex();
    if (this.#track === null) return;
    const { config, offsets, sizes } = this.#track;
    this.#decoder ??= new AacDecoder(config);
    const { bytes, position } = this.#queue;
    for (; this.#frame < sizes.length; this.#frame++) {
      const from = (offsets[this.#frame] ?? 0) - position;
      const to = from + (sizes[this.#frame] ?? 0);
      if (from < 0) throw new AudioDecodeError("its index is broken: frames lie before it");
      if (to > bytes.length) break;
      if (to > from) this.#music(this.#decoder.decode(new BitReader(bytes.subarray(from, to))), emit);
    }
    this.#queue.drop((offsets[this.#frame] ?? Infinity) - position);
  }

  /** The index, once it is all there; what lies before it is dropped. */
  #findIndex(): AacTrack | null {
    for (;;) {
      const held = this.#queue.bytes;
      const box = boxAt(viewOf(held), 0);
      if (box === null) return null;
      const isIndex = box.type === "moov";
      if (isIndex && box.bytes > held.length) return null;
      const track = isIndex ? readIndex(held.subarray(box.headerBytes, box.bytes)) : null;
      this.#queue.drop(box.bytes);
      if (track !== null) return track;
    }
  }

  #music(pcm: readonly Float32Array[], emit: (pcm: readonly Float32Array[]) => void): void {
    const length = pcm[0]?.length ?? 0;
    const { start, end } = this.#track?.range ?? { start: 0, end: Infinity };
    const from = Math.max(0, start - this.#samples);
    const to = Math.min(length, end - this.#samples);
    this.#samples += length;
    if (to > from) emit(pcm.map((channel) => channel.subarray(from, to)));
  }
}
