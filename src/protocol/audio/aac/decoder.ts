/** AAC-LC: one raw data block -> 1024 samples of each channel (ISO/IEC 14496-3, 4.4.2.1). */
import { AudioDecodeError } from "../error.ts";
import { bandsOfRate, sampleRates, type Bands } from "./bands.ts";
import type { BitReader } from "./bits.ts";
import { readChannel, readWindows, type ChannelFrame } from "./channel.ts";
import { highEfficiencyMessage, skipProgram, type AacConfig } from "./config.ts";
import { FilterBank, frameLength } from "./filter-bank.ts";
import { shapeNoise } from "./noise-shaping.ts";
import { Noise } from "./noise.ts";
import { applyIntensity, applyMidSide, readMidSide } from "./stereo.ts";

const elements = { single: 0, pair: 1, coupling: 2, lfe: 3, data: 4, program: 5, fill: 6, end: 7 } as const;
/** Extension types of a fill element that carry spectral band replication. */
const bandReplicationExtensions: readonly number[] = [13, 14];
/** More channels than any layout has. */
const maxChannels = 8;
/** Channels come centre first; this is where each goes in the order of WAV files, by the number of channels. */
const waveOrders: Readonly<Record<number, readonly number[]>> = {
  1: [0],
  2: [0, 1],
  3: [1, 2, 0],
  4: [1, 2, 0, 3],
  5: [1, 2, 0, 3, 4],
  6: [1, 2, 0, 5, 3, 4],
  8: [1, 2, 0, 7, 5, 6, 3, 4],
};

export class AacDecoder {
  readonly sampleRate: number;
  readonly #bands: Bands;
  readonly #noise = new Noise();
  readonly #banks: FilterBank[] = [];

  constructor({ rateIndex }: AacConfig) {
    const [bands, sampleRate] = [bandsOfRate[rateIndex], sampleRates[rateIndex]];
    if (bands === undefined || sampleRate === undefined)
      throw new AudioDecodeError("its AAC sample rate is not supported");
    this.#bands = bands;
    this.sampleRate = sampleRate;
  }

  /** Decodes one block; leaves `bits` behind it, at a whole byte. Throws `AudioDecodeError`. */
  decode(bits: BitReader): Float32Array[] {
    const channels: ChannelFrame[] = [];
    for (let element = bits.read(3); element !== elements.end; element = bits.read(3)) {
      this.#readElement(element, bits, channels);
      if (channels.length > maxChannels) throw new AudioDecodeError("it is damaged: too many AAC channels");
    }
    bits.align();
    const order = waveOrders[channels.length];
    if (channels.length > 0 && order === undefined)
      throw new AudioDecodeError(`its AAC layout of ${channels.length} channels is not supported`);
    const pcm = channels.map((channel, i) => this.#synthesize(channel, i));
    return (order ?? []).map((from) => pcm[from] ?? new Float32Array(frameLength));
  }

  #readElement(element: number, bits: BitReader, channels: ChannelFrame[]): void {
    if (element === elements.fill) {
      skipFill(bits);
      return;
    }
    bits.skip(4);
    if (element === elements.single || element === elements.lfe) {
      channels.push(readChannel(bits, this.#bands, null, this.#noise));
    } else if (element === elements.pair) channels.push(...this.#readPair(bits));
    else if (element === elements.data) skipData(bits);
    else if (element === elements.program) skipProgram(bits);
    else throw new AudioDecodeError("its AAC has coupled channels, which is not supported");
  }

  #readPair(bits: BitReader): ChannelFrame[] {
    const isShared = bits.flag();
    const windows = isShared ? readWindows(bits, this.#bands) : null;
    const midSide = windows === null ? null : readMidSide(bits, windows);
    const left = readChannel(bits, this.#bands, windows, this.#noise);
    const right = readChannel(bits, this.#bands, windows, this.#noise);
    if (midSide !== null) applyMidSide(left, right, midSide);
    applyIntensity(left, right, midSide);
    return [left, right];
  }

  #synthesize({ windows, shaping, spectrum }: ChannelFrame, channel: number): Float32Array {
    if (shaping !== null) shapeNoise(spectrum, shaping, windows);
    const pcm = new Float32Array(frameLength);
    const bank = (this.#banks[channel] ??= new FilterBank());
    bank.synthesize(spectrum, windows.sequence, windows.shape, pcm, 0);
    return pcm;
  }
}

function skipFill(bits: BitReader): void {
  let bytes = bits.read(4);
  if (bytes === 15) bytes += bits.read(8) - 1;
  if (bytes > 0 && bandReplicationExtensions.includes(bits.peek(4)))
    throw new AudioDecodeError(highEfficiencyMessage);
  bits.skip(8 * bytes);
}

function skipData(bits: BitReader): void {
  const isAligned = bits.flag();
  let bytes = bits.read(8);
  if (bytes === 255) bytes += bits.read(8);
  if (isAligned) bits.align();
  bits.skip(8 * bytes);
}
