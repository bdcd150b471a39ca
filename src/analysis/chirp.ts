/**
 * A chirp, and where it is found again in a recording (matched filter): how late an output sounds, measured by a microphone.
 * A chirp is heard through noise that hides a click, since all of its 30 ms count.
 */
import { robustCentreOf } from "#domain/robust-centre.ts";

const chirpS = 0.03;
/** What small speakers, headphones and microphones all pass. */
const fromHz = 1000;
const toHz = 5000;
/** Share of the sound's energy that has to be the chirp's. Band noise reaches 0.07 by chance in half a second. */
const heardFrom = 0.15;
/** An echo may be the loudest; what came this near to it before is the direct way. */
const directShare = 0.7;
/** One swing of the chirp's own waves. */
const swingS = 0.001;

/** A sweep from 1 to 5 kHz under a Hann window, peak 1. */
export function chirpOf(sampleRate: number): Float32Array {
  const length = Math.round(chirpS * sampleRate);
  return Float32Array.from({ length }, (_, index) => {
    const tS = index / sampleRate;
    const hann = 0.5 - 0.5 * Math.cos((2 * Math.PI * index) / length);
    return hann * Math.sin(2 * Math.PI * (fromHz + ((toHz - fromHz) * tS) / (2 * chirpS)) * tS);
  });
}

/**
 * The sample at which the chirp begins in `pcm`, the first one where it comes several times; null when it is not heard.
 * Normalised by the energy around it, so that loud noise is no chirp.
 */
export function findChirp(pcm: Float32Array, chirp: Float32Array, sampleRate: number): number | null {
  const places = pcm.length - chirp.length + 1;
  if (places < 1) return null;
  const found = new Float32Array(places);
  let best = 0;
  let share = 0;
  const chirpEnergy = energyOf(chirp, 0, chirp.length);
  let energy = energyOf(pcm, 0, chirp.length);
  for (let at = 0; at < places; at++) {
    let sum = 0;
    for (let index = 0; index < chirp.length; index++) {
      sum += pcm[at + index] * chirp[index];
    }
    found[at] = Math.abs(sum);
    if (found[at] > best && energy > 1e-9) {
      best = found[at];
      share = (sum * sum) / (energy * chirpEnergy);
    }
    energy += (pcm[at + chirp.length] ?? 0) ** 2 - pcm[at] ** 2;
  }
  if (!(share >= heardFrom)) return null;
  const first = found.findIndex((value) => value >= directShare * best);
  const until = first + Math.round(swingS * sampleRate);
  return first + indexOfMost(found.subarray(first, until));
}

function energyOf(pcm: Float32Array, from: number, to: number): number {
  let energy = 0;
  for (let index = from; index < to; index++) energy += pcm[index] ** 2;
  return energy;
}

function indexOfMost(values: Float32Array): number {
  let most = 0;
  for (let index = 1; index < values.length; index++) {
    if (values[index] > values[most]) most = index;
  }
  return most;
}

export interface ChirpDelay {
  readonly delayMs: number;
  /** Half of the interval that holds the delay in 19 of 20 such measurements. */
  readonly uncertaintyMs: number;
}

const fewestHeard = 8;
/** Chirps of one measurement differ by less, or something else was heard, or the output skipped. */
const spreadAtMostMs = 8;

/** One delay from those of all chirps, in ms (null: not heard); null when too few were heard or they do not agree. */
export function agreedDelay(delaysMs: readonly (number | null)[]): ChirpDelay | null {
  const heard = delaysMs.filter((delayMs) => delayMs !== null);
  if (heard.length < fewestHeard) return null;
  const { median, deviation, uncertainty } = robustCentreOf(heard);
  return deviation > spreadAtMostMs ? null : { delayMs: median, uncertaintyMs: uncertainty };
}
