/**
 * Loudness of programmes after ITU-R BS.1770-4: K-weighting, 400 ms blocks with 75 % overlap, absolute gate at
 * -70 LUFS and relative gate 10 LU below; true peak by four-fold oversampling (annex 2).
 */
import { createLoudnessChannel, kWeighting, pieceLength } from "./loudness-channel.ts";

export interface Loudness {
  /** -70 for silence. */
  readonly loudnessLufs: number;
  /** dB relative to full scale between the samples; -120 for digital silence. */
  readonly truePeakDbtp: number;
}

export interface LoudnessMeter {
  push(channels: readonly Float32Array[]): void;
  finish(): Loudness;
}

const silenceLufs = -70;
const silenceDbtp = -120;
const stepsPerBlock = 4;
/** More than the filters of the true peak reach. */
const trailFrames = 16;

/** Left, right, centre, LFE, surrounds: BS.1770-4 table 3 (LFE is left out, surrounds count 1.41). */
function channelWeights(channels: number): readonly number[] {
  return Array.from({ length: channels }, (_, i) =>
    channels < 5 || i < 3 ? 1 : channels >= 6 && i === 3 ? 0 : 1.41,
  );
}

function meanPower(blocks: readonly number[]): number {
  return blocks.reduce((sum, power) => sum + power, 0) / blocks.length;
}

const lufsOf = (power: number): number => -0.691 + 10 * Math.log10(power);

/** Gated mean of block powers, in LUFS (BS.1770-4, equations 5 to 7). */
function gatedLufs(blockPowers: readonly number[]): number {
  const loud = blockPowers.filter((power) => power > 0 && lufsOf(power) > silenceLufs);
  if (loud.length === 0) return silenceLufs;
  const gate = lufsOf(meanPower(loud)) - 10;
  return lufsOf(meanPower(loud.filter((power) => lufsOf(power) > gate)));
}

export function createLoudnessMeter(sampleRate: number, channelCount: number): LoudnessMeter {
  const filters = kWeighting(sampleRate);
  const weights = channelWeights(channelCount);
  const channels = weights.map(() => createLoudnessChannel(filters));
  const stepFrames = Math.round(sampleRate / 10);
  const stepPowers: number[] = [];
  let power = 0;
  let filled = 0;
  let peak = 0;
  const take = (pieces: readonly Float32Array[]): void => {
    const { length } = pieces[0];
    for (const [i, channel] of channels.entries()) channel.take(pieces[i]);
    for (let at = 0; at < length;) {
      const end = Math.min(length, at + stepFrames - filled);
      for (const [i, channel] of channels.entries()) power += weights[i] * channel.power(at, end);
      filled += end - at;
      at = end;
      if (filled < stepFrames) continue;
      stepPowers.push(power / stepFrames);
      power = 0;
      filled = 0;
    }
    for (const channel of channels) peak = Math.max(peak, channel.peak());
  };
  return {
    push(input) {
      for (let at = 0; at < input[0].length; at += pieceLength) {
        take(input.map((channel) => channel.subarray(at, at + pieceLength)));
      }
    },
    finish() {
      const whole = stepPowers.length >= stepsPerBlock ? stepPowers : [];
      const blocks = whole
        .slice(stepsPerBlock - 1)
        .map((_, i) => meanPower(whole.slice(i, i + stepsPerBlock)));
      // Silence follows, so that the peak between the last samples is seen.
      take(weights.map(() => new Float32Array(trailFrames)));
      return {
        loudnessLufs: gatedLufs(blocks),
        truePeakDbtp: peak > 0 ? Math.max(silenceDbtp, 20 * Math.log10(peak)) : silenceDbtp,
      };
    },
  };
}
