/**
 * The key of a recording as Essentia's KeyExtractor finds it with its usual settings: spectral peaks, whitened (after Roebel & Rodet
 * 2005), folded to a harmonic pitch class profile (Gomez 2006), compared with profiles of dance music (Faraldo, Jorda &
 * Herrera 2017). A test holds it to Essentia's own answers.
 */
import { camelotOf } from "#domain/camelot.ts";
import type { CamelotKey } from "#domain/track.ts";
import { createFrames, type BandFilter, type FourFrames } from "./frames.ts";
import { analysisRate } from "./onsets.ts";

/** A key is heard from the first minutes: more of a track hardly changes it. */
const heardS = 150;
/** Frames follow each other without overlap. */
const frameLength = 4096;
const binHz = analysisRate / frameLength;
const [lowestHz, highestHz] = [25, 3500];
const firstBin = Math.ceil(lowestHz / binHz);
const lastBin = Math.floor(highestHz / binHz) + 1;
const mostPeaks = 60;
/** A sine of amplitude 1 has this power under a Hann window; what is 80 dB beneath it is no peak. */
const fullPower = (frameLength / 4) ** 2;
const leastPower = 1e-8 * fullPower;

/** The spectral envelope is known at multiples of this. */
const envelopeHz = 100;
const envelopePoints = Math.ceil(highestHz / envelopeHz) + 2;
/** What lies further than 30 dB beneath the envelope does not count. */
const leastOverEnvelope = 1e-3;
/** Higher peaks count less: 20 dB for each 4 kHz. */
const fallPerHz = Math.LN10 / 2000;

/** A peak may be the first to fifth harmonic of a note: how far the note lies below it within an octave, and its weight. */
const harmonics = [
  { semitones: 0, weight: 9 },
  { semitones: 12 * Math.log2(3 / 2), weight: 1 },
  { semitones: 12 * Math.log2(5 / 4), weight: (2 / Math.log2(5)) ** 2 },
] as const;
const tuningHz = 440;
const tonics = ["A", "Bb", "B", "C", "C#", "D", "Eb", "E", "F", "F#", "G", "Ab"] as const;
/** Pitch classes this far beneath the strongest are not heard. */
const leastOfStrongest = 0.2;
/** By semitones above the tonic (the profile "bgate"). */
const profiles = {
  minor: [1, 0, 0.36, 0.39, 0, 0.38, 0, 0.74, 0.27, 0, 0.42, 0.23],
  major: [1, 0, 0.42, 0, 0.53, 0.37, 0, 0.77, 0, 0.38, 0.21, 0.3],
} as const;

export interface HeardKey {
  readonly key: CamelotKey | null;
  /** Correlation with the best profile, 1 at most. */
  readonly strength: number;
}

export interface KeyMeter {
  /** Mono at `analysisRate`. */
  push(mono: Float32Array): void;
  finish(): HeardKey;
}

/** Weights by which the power around each point of the envelope is averaged: from two thirds of its frequency to one and a half. */
function envelopeFilters(): BandFilter[] {
  const binOf = (hz: number) => Math.max(0, Math.floor(hz / binHz + 0.5));
  return Array.from({ length: envelopePoints }, (_, point) => {
    const hz = point * envelopeHz;
    const first = binOf(hz - Math.max(50, 0.34 * hz));
    const end = Math.max(first + 1, binOf(hz + Math.max(50, 0.58 * hz)));
    const halfWidth = (end - first) / 2;
    const weights = Float32Array.from(
      { length: end - first },
      (_weight, i) => (1 - Math.abs(i - halfWidth) / halfWidth) ** 4,
    );
    return { first, weights };
  });
}

/** Frequencies (in bins) and powers of the peaks of one frame. */
class Peaks {
  readonly bins = new Float64Array(lastBin);
  readonly powers = new Float64Array(lastBin);
  count = 0;
  private readonly sorted = new Float64Array(lastBin);

  private add(bin: number, power: number): void {
    this.bins[this.count] = bin;
    this.powers[this.count] = power;
    this.count += 1;
  }

  /** Between bins by a parabola through the magnitudes. */
  find(power: Float32Array, frame: number): void {
    this.count = 0;
    const at = (bin: number) => power[4 * bin + frame];
    if (at(firstBin) > at(firstBin + 1) && at(firstBin) > leastPower) this.add(firstBin, at(firstBin));
    for (let bin = firstBin + 1; bin < lastBin; bin++) {
      const here = at(bin);
      if (here <= leastPower || here <= at(bin - 1) || here <= at(bin + 1)) continue;
      const [left, middle, right] = [Math.sqrt(at(bin - 1)), Math.sqrt(here), Math.sqrt(at(bin + 1))];
      const past = (0.5 * (left - right)) / (left - 2 * middle + right);
      if ((bin + past) * binHz <= highestHz)
        this.add(bin + past, (middle - 0.25 * (left - right) * past) ** 2);
    }
  }

  /** The least power of those that count. */
  least(): number {
    if (this.count <= mostPeaks) return 0;
    this.sorted.set(this.powers.subarray(0, this.count));
    return this.sorted.subarray(0, this.count).sort()[this.count - mostPeaks];
  }
}

/** Logarithms of the envelope's power, [point][frame]: means of the power, each bin weighted by its own power, too. */
function envelopeOf(four: FourFrames, into: Float64Array): void {
  const weights = Float64Array.from(four.bands());
  const { power } = four;
  for (let i = 0; i < power.length; i++) power[i] *= power[i];
  const squares = four.bands();
  for (let i = 0; i < into.length; i++) {
    into[i] = Math.log(Math.max(1e-9, weights[i] === 0 ? 0 : squares[i] / weights[i]));
  }
}

/** Adds what one peak says: how much of each pitch class there is. */
function addPeak(hz: number, strength: number, classes: Float64Array): void {
  const pitch = 12 * Math.log2(hz / tuningHz);
  for (const { semitones, weight } of harmonics) {
    const root = pitch - semitones;
    const nearest = Math.round(root);
    const pitchClass = ((nearest % 12) + 12) % 12;
    classes[pitchClass] += weight * strength * Math.cos(Math.PI * (root - nearest));
  }
}

/** Pearson's correlation of two lists of twelve, the second turned by `turn`. */
function correlation(values: readonly number[], profile: readonly number[], turn: number): number {
  const mean = (list: readonly number[]) => list.reduce((sum, value) => sum + value, 0) / list.length;
  const [meanValue, meanProfile] = [mean(values), mean(profile)];
  let [both, ofValues, ofProfile] = [0, 0, 0];
  for (const [i, value] of values.entries()) {
    const [a, b] = [value - meanValue, profile[(i - turn + 12) % 12] - meanProfile];
    both += a * b;
    ofValues += a * a;
    ofProfile += b * b;
  }
  return ofValues === 0 ? 0 : both / Math.sqrt(ofValues * ofProfile);
}

function keyOfClasses(classes: Float64Array): HeardKey {
  const strongest = Math.max(...classes);
  const gated = Array.from(classes, (value) => (value < leastOfStrongest * strongest ? 0 : value));
  let best: HeardKey = { key: null, strength: 0 };
  for (const scale of ["minor", "major"] as const) {
    for (const [turn, tonic] of tonics.entries()) {
      const strength = correlation(gated, profiles[scale], turn);
      if (strength > best.strength) best = { key: camelotOf(tonic, scale), strength };
    }
  }
  return best;
}

/** Starts to listen for the key of one track. */
export function createKeyMeter(): KeyMeter {
  const classes = new Float64Array(12);
  const peaks = Array.from({ length: 4 }, () => new Peaks());
  const envelope = new Float64Array(4 * envelopePoints);
  let left = heardS * analysisRate;

  const hear = (four: FourFrames): void => {
    for (let frame = 0; frame < four.count; frame++) peaks[frame].find(four.power, frame);
    envelopeOf(four, envelope);
    for (let frame = 0; frame < four.count; frame++) {
      const { bins, powers, count } = peaks[frame];
      const least = peaks[frame].least();
      for (let i = 0; i < count; i++) {
        if (powers[i] < least) continue;
        const hz = bins[i] * binHz;
        const point = Math.floor(hz / envelopeHz);
        const share = hz / envelopeHz - point;
        const around = (1 - share) * envelope[4 * point + frame] + share * envelope[4 * (point + 1) + frame];
        const over = powers[i] * Math.exp(-around);
        if (over > leastOverEnvelope) addPeak(hz, Math.min(1, over) * Math.exp(-fallPerHz * hz), classes);
      }
    }
  };
  const frames = createFrames({ frameLength, hop: frameLength, filters: envelopeFilters(), hear });
  return {
    push(mono) {
      if (left <= 0) return;
      frames.push(mono.subarray(0, left));
      left -= mono.length;
    },
    finish() {
      frames.finish();
      return keyOfClasses(classes);
    },
  };
}
