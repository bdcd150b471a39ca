/** What an AAC stream says about itself: AudioSpecificConfig (ISO/IEC 14496-3, 1.6.2.1) and program config elements. */
import { AudioDecodeError } from "../error.ts";
import { sampleRates } from "./bands.ts";
import { BitReader } from "./bits.ts";

export interface AacConfig {
  /** Index in `sampleRates`. */
  readonly rateIndex: number;
}

const mainType = 1;
export const lowComplexityType = 2;
const scalableRateType = 3;
const longTermPredictionType = 4;
const bandReplicationType = 5;
const parametricStereoType = 29;
const syncExtension = 0x2b7;

export const highEfficiencyMessage = "it is HE-AAC, which is not supported yet";

/** Throws `AudioDecodeError` unless objects of `type` can be decoded. */
export function checkObjectType(type: number): void {
  if (type === lowComplexityType) return;
  if (type === bandReplicationType || type === parametricStereoType)
    throw new AudioDecodeError(highEfficiencyMessage);
  const names: Readonly<Record<number, string>> = {
    [mainType]: "AAC Main",
    [scalableRateType]: "AAC SSR",
    [longTermPredictionType]: "AAC LTP",
  };
  throw new AudioDecodeError(
    `it is ${names[type] ?? `MPEG-4 audio of type ${type}`}, which is not supported`,
  );
}

function readObjectType(bits: BitReader): number {
  const type = bits.read(5);
  return type === 31 ? 32 + bits.read(6) : type;
}

function readRateIndex(bits: BitReader): number {
  const index = bits.read(4);
  const found = index === 15 ? sampleRates.indexOf(bits.read(24)) : index;
  if (found < 0 || found >= sampleRates.length)
    throw new AudioDecodeError("its AAC sample rate is not supported");
  return found;
}

/** Reads past a program config element, from behind its tag. The frames show by themselves which channels there are. */
export function skipProgram(bits: BitReader): void {
  bits.skip(6);
  const [front, side, back, lfe, data, coupling] = [4, 4, 4, 2, 3, 4].map((count) => bits.read(count));
  for (const flagBits of [4, 4, 3]) if (bits.flag()) bits.skip(flagBits);
  bits.skip(5 * ((front ?? 0) + (side ?? 0) + (back ?? 0) + (coupling ?? 0)));
  bits.skip(4 * ((lfe ?? 0) + (data ?? 0)));
  bits.align();
  bits.skip(8 * bits.read(8));
}

/** Throws `AudioDecodeError` when it is broken or says something else than plain AAC-LC. */
export function readAacConfig(bytes: Uint8Array): AacConfig {
  const bits = new BitReader(bytes);
  const type = readObjectType(bits);
  const rateIndex = readRateIndex(bits);
  const channelConfig = bits.read(4);
  checkObjectType(type);
  if (bits.flag()) throw new AudioDecodeError("its AAC has frames of 960 samples, which is not supported");
  if (bits.flag()) bits.skip(14);
  bits.skip(1);
  if (channelConfig === 0) {
    bits.skip(4);
    skipProgram(bits);
  }
  if (bits.bitsLeft >= 17 && bits.read(11) === syncExtension) {
    if (readObjectType(bits) === bandReplicationType && bits.flag())
      throw new AudioDecodeError(highEfficiencyMessage);
  }
  return { rateIndex };
}
