/**
 * Streaming sample-rate conversion by a windowed-sinc polyphase filter. Its output sample n is the source at time
 * n / outputRate exactly (linear phase, delay compensated), so that beat positions survive it.
 */
import type { PcmBlock } from "#protocol/audio/decode.ts";

/** Zero crossings on each side of the sinc, and the Kaiser window's beta: about 80 dB of stop band. */
const halfTaps = 24;
const kaiserBeta = 8;
/** Pass band as a share of the lower Nyquist frequency. */
const passBand = 0.92;
/** Phases beyond this are rounded to the nearest of them (below -90 dB at 16 bits for any odd pair of rates). */
const maxPhases = 1024;

export interface Resampler {
  /** The next source samples, one array per channel; returns the output they complete. */
  push(channels: readonly Float32Array[]): Float32Array[];
  /** What was held back for want of the samples after it. */
  flush(): Float32Array[];
}

/** Modified Bessel function of the first kind, order 0, by its power series. */
function bessel0(x: number): number {
  let term = 1;
  let sum = 1;
  for (let k = 1; term > sum * 1e-12; k++) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}

/** One filter of `2 * reach` taps per phase, one after another: around a position `phase / phases` past the centre. */
function filterBank(phases: number, cutoff: number, reach: number): Float32Array {
  const norm = bessel0(kaiserBeta);
  const bank = new Float32Array((phases + 1) * 2 * reach);
  for (let phase = 0; phase <= phases; phase++) {
    const taps = Float32Array.from({ length: 2 * reach }, (__, tap) => {
      const x = tap - (reach - 1) - phase / phases;
      const edge = x / reach;
      if (Math.abs(edge) >= 1) return 0;
      const angle = Math.PI * cutoff * x;
      const sinc = Math.abs(angle) < 1e-9 ? 1 : Math.sin(angle) / angle;
      return (cutoff * sinc * bessel0(kaiserBeta * Math.sqrt(1 - edge * edge))) / norm;
    });
    const sum = taps.reduce((total, tap) => total + tap, 0);
    bank.set(
      taps.map((tap) => tap / sum),
      phase * 2 * reach,
    );
  }
  return bank;
}

function gcd(a: number, b: number): number {
  return b === 0 ? a : gcd(b, a % b);
}

/** Both rates in Hz, whole numbers. Equal rates pass through untouched. */
export function openResampler(inputRate: number, outputRate: number, channels: number): Resampler {
  if (inputRate === outputRate) {
    return {
      push: (pcm) => [...pcm],
      flush: () => Array.from({ length: channels }, () => new Float32Array(0)),
    };
  }
  return new SincResampler(inputRate, outputRate, channels);
}

class SincResampler implements Resampler {
  readonly #step: number;
  readonly #reach: number;
  readonly #bank: Float32Array;
  readonly #phases: number;
  /** Source not yet done with; its first sample is number `#heldFrom`. */
  #held: Float32Array[];
  #heldFrom: number;
  #next = 0;

  constructor(inputRate: number, outputRate: number, channels: number) {
    const shrink = Math.min(1, outputRate / inputRate);
    this.#step = inputRate / outputRate;
    this.#reach = Math.ceil(halfTaps / shrink);
    this.#phases = Math.min(maxPhases, outputRate / gcd(inputRate, outputRate));
    this.#bank = filterBank(this.#phases, shrink * passBand, this.#reach);
    this.#held = Array.from({ length: channels }, () => new Float32Array(this.#reach));
    this.#heldFrom = -this.#reach;
  }

  push(channels: readonly Float32Array[]): Float32Array[] {
    this.#held = this.#held.map((held, channel) => join(held, channels[channel] ?? new Float32Array(0)));
    const heldTo = this.#heldFrom + (this.#held[0]?.length ?? 0);
    const last = Math.ceil((heldTo - this.#reach) / this.#step) - 1;
    const count = Math.max(0, last - this.#next + 1);
    const output = this.#held.map((held) => this.#convert(held, count));
    this.#next += count;
    const done = Math.max(0, Math.floor(this.#next * this.#step) - this.#reach - this.#heldFrom);
    this.#held = this.#held.map((held) => held.slice(done));
    this.#heldFrom += done;
    return output;
  }

  flush(): Float32Array[] {
    return this.push(this.#held.map(() => new Float32Array(this.#reach)));
  }

  /** The inner loop: local names and plain indexing make it five times faster. Every index lies inside by construction. */
  #convert(held: Float32Array, count: number): Float32Array {
    const output = new Float32Array(count);
    const bank = this.#bank;
    const reach = this.#reach;
    const phases = this.#phases;
    const step = this.#step;
    const start = this.#next * step - this.#heldFrom;
    for (let index = 0; index < count; index++) {
      const position = start + index * step;
      const whole = Math.floor(position);
      const first = whole - reach + 1;
      const filter = Math.round((position - whole) * phases) * 2 * reach;
      let sum = 0;
      for (let tap = 0; tap < 2 * reach; tap++) {
        sum += (held[first + tap] as number) * (bank[filter + tap] as number);
      }
      output[index] = sum;
    }
    return output;
  }
}

function join(a: Float32Array, b: Float32Array): Float32Array {
  const joined = new Float32Array(a.length + b.length);
  joined.set(a);
  joined.set(b, a.length);
  return joined;
}

/**
 * How much of a file's start may be skipped before resampling, for output from `outputSample` on: whole periods of the
 * two rates, so that the grids still agree. Returns sample counts on both sides.
 */
export function skippable(
  outputSample: number,
  inputRate: number,
  outputRate: number,
): { readonly inputSamples: number; readonly outputSamples: number } {
  const divisor = gcd(inputRate, outputRate);
  const inputPeriod = inputRate / divisor;
  const outputPeriod = outputRate / divisor;
  const margin = Math.ceil(halfTaps * Math.max(1, outputRate / inputRate)) + outputPeriod;
  const periods = Math.max(0, Math.floor((outputSample - margin) / outputPeriod));
  return { inputSamples: periods * inputPeriod, outputSamples: periods * outputPeriod };
}

/** The first two channels of a block; mono stays one. */
export function upToStereo(block: PcmBlock): readonly Float32Array[] {
  return block.channels.slice(0, 2);
}
