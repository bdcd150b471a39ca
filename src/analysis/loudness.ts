/**
 * Loudness of programmes after ITU-R BS.1770-4: K-weighting, 400 ms blocks with 75 % overlap, absolute gate at
 * -70 LUFS and relative gate 10 LU below; true peak by four-fold oversampling (annex 2), in WebAssembly with SIMD (loudness.wat).
 */
import { kernelOf } from "#domain/kernel.ts";
import { loudnessKernel } from "./loudness-kernel.ts";

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

interface Biquad {
  readonly b: readonly [number, number, number];
  readonly a: readonly [number, number];
}

/** The two stages of K-weighting at any sample rate, by the bilinear transform of the analogue prototypes that give BS.1770's 48 kHz tables. */
function kWeighting(sampleRate: number): readonly [Biquad, Biquad] {
  const shelfK = Math.tan((Math.PI * 1681.974450955533) / sampleRate);
  const shelfQ = 0.7071752369554196;
  const high = 10 ** (3.999843853973347 / 20);
  const band = high ** 0.4996667741545416;
  const shelfNorm = 1 + shelfK / shelfQ + shelfK * shelfK;
  const shelf: Biquad = {
    b: [
      (high + (band * shelfK) / shelfQ + shelfK * shelfK) / shelfNorm,
      (2 * (shelfK * shelfK - high)) / shelfNorm,
      (high - (band * shelfK) / shelfQ + shelfK * shelfK) / shelfNorm,
    ],
    a: [(2 * (shelfK * shelfK - 1)) / shelfNorm, (1 - shelfK / shelfQ + shelfK * shelfK) / shelfNorm],
  };
  const passK = Math.tan((Math.PI * 38.13547087602444) / sampleRate);
  const passQ = 0.5003270373238773;
  const passNorm = 1 + passK / passQ + passK * passK;
  const pass: Biquad = {
    b: [1, -2, 1],
    a: [(2 * (passK * passK - 1)) / passNorm, (1 - passK / passQ + passK * passK) / passNorm],
  };
  return [shelf, pass];
}

/** Adds the K-weighted power of `input[from..to)` of one channel; keeps the filters' state in `state` (four values). */
function weightedPower(
  input: Float32Array,
  from: number,
  to: number,
  [shelf, pass]: readonly [Biquad, Biquad],
  state: Float64Array,
): number {
  const [p0, p1, p2] = shelf.b;
  const [p3, p4] = shelf.a;
  const [q3, q4] = pass.a;
  let [s1, s2, t1, t2] = state;
  let power = 0;
  for (let i = from; i < to; i++) {
    const x = input[i];
    const y = p0 * x + s1;
    // In this order the sum waits for one number only.
    s1 = p1 * x + s2 - p3 * y;
    s2 = p2 * x - p4 * y;
    const z = y + t1;
    t1 = t2 - 2 * y - q3 * z;
    t2 = y - q4 * z;
    power += z * z;
  }
  state[0] = s1;
  state[1] = s2;
  state[2] = t1;
  state[3] = t2;
  return power;
}

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

export function createLoudnessMeter(sampleRate: number, channels: number): LoudnessMeter {
  const filters = kWeighting(sampleRate);
  const weights = channelWeights(channels);
  const states = weights.map(() => new Float64Array(4));
  const peaks = weights.map(() => createTruePeak());
  const stepFrames = Math.round(sampleRate / 10);
  const stepPowers: number[] = [];
  let power = 0;
  let filled = 0;
  return {
    push(input) {
      const frames = input[0].length;
      for (let at = 0; at < frames;) {
        const end = Math.min(frames, at + stepFrames - filled);
        for (const [channel, weight] of weights.entries()) {
          power += weight * weightedPower(input[channel], at, end, filters, states[channel]);
        }
        filled += end - at;
        at = end;
        if (filled < stepFrames) continue;
        stepPowers.push(power / stepFrames);
        power = 0;
        filled = 0;
      }
      for (const [channel, peak] of peaks.entries()) peak.push(input[channel]);
    },
    finish() {
      const whole = stepPowers.length >= stepsPerBlock ? stepPowers : [];
      const blocks = whole
        .slice(stepsPerBlock - 1)
        .map((_, i) => meanPower(whole.slice(i, i + stepsPerBlock)));
      const peak = Math.max(...peaks.map((meter) => meter.peak()));
      return {
        loudnessLufs: gatedLufs(blocks),
        truePeakDbtp: peak > 0 ? Math.max(silenceDbtp, 20 * Math.log10(peak)) : silenceDbtp,
      };
    },
  };
}

const peakTaps = 12;
const oversampling = 4;
const peakNear = 0.65;

/** Samples are taken into the kernel's memory in pieces of at most this many. */
const pieceLength = 8192;
/** Places are looked at in fours. */
const placesAtOnce = 4;

interface PeakKernel {
  peak(at: number, end: number, rows: number, peak: number, near: number): number;
}

const openKernel = kernelOf<PeakKernel>(loudnessKernel);

/** Fractional delays by a windowed sinc, [tap][point], each number four times: the value 1/4, 2/4 and 3/4 of a sample after the middle. */
function peakRows(): Float32Array {
  const points = oversampling - 1;
  return Float32Array.from({ length: peakTaps * points * placesAtOnce }, (_, i) => {
    const at = Math.floor(i / placesAtOnce);
    const x = Math.floor(at / points) - (peakTaps / 2 - 1) - ((at % points) + 1) / oversampling;
    const window = 0.5 + 0.5 * Math.cos((2 * Math.PI * x) / (peakTaps + 1));
    return (Math.sin(Math.PI * x) / (Math.PI * x)) * window;
  });
}

/** The largest magnitude of one channel, read at the samples and at three points between them. */
function createTruePeak(): { push(input: Float32Array): void; peak(): number } {
  const context = peakTaps - 1;
  const { exports, put, room, floats } = openKernel();
  const rows = put(peakRows());
  const length = pieceLength + context + placesAtOnce;
  const heldAt = room(4 * length);
  const held = floats(heldAt, length);
  let filled = context;
  let peak = 0;
  const push = (input: Float32Array): void => {
    for (let from = 0; from < input.length; from += pieceLength) {
      const piece = input.subarray(from, from + pieceLength);
      held.set(piece, filled);
      filled += piece.length;
      const places = Math.floor((filled - context) / placesAtOnce) * placesAtOnce;
      if (places === 0) continue;
      // Between two samples both this far under the peak so far, music does not rise above it.
      peak = exports.peak(heldAt, heldAt + 4 * places, rows, peak, peakNear);
      held.copyWithin(0, places, filled);
      filled -= places;
    }
  };
  return {
    push,
    peak() {
      // Silence follows, so that the last samples are looked at.
      push(new Float32Array(context + placesAtOnce));
      return peak;
    },
  };
}
