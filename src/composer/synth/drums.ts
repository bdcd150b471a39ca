import { seededRandom } from "#domain/seeded-random.ts";
import type { DrumVoice } from "../score.ts";
import type { KitName } from "../style-recipe.ts";
import { sampleRate } from "./wavetable.ts";

/** A drum as it sounds once, with takes that differ a little so that a row of hats does not sound like a machine gun. */
export interface DrumSound {
  readonly takes: readonly Float32Array[];
  readonly levelDb: number;
  /** -1 left .. 1 right */
  readonly pan: number;
  readonly reverb: number;
}

interface KitShape {
  readonly kick: {
    readonly hz: number;
    readonly sweepHz: number;
    readonly sweepS: number;
    readonly decayS: number;
    readonly click: number;
  };
  readonly snare: {
    readonly hz: number;
    readonly decayS: number;
    readonly noise: number;
    readonly bandHz: number;
    readonly reverb: number;
  };
  readonly hatHz: number;
  readonly hatDecayS: number;
}

const kitShapes: Readonly<Record<KitName, KitShape>> = {
  house: {
    kick: { hz: 50, sweepHz: 210, sweepS: 0.028, decayS: 0.2, click: 0.35 },
    snare: { hz: 190, decayS: 0.13, noise: 0.8, bandHz: 3200, reverb: 0.12 },
    hatHz: 8200,
    hatDecayS: 0.035,
  },
  techno: {
    kick: { hz: 47, sweepHz: 280, sweepS: 0.022, decayS: 0.22, click: 0.55 },
    snare: { hz: 200, decayS: 0.11, noise: 0.9, bandHz: 3800, reverb: 0.1 },
    hatHz: 9000,
    hatDecayS: 0.03,
  },
  synthwave: {
    kick: { hz: 54, sweepHz: 190, sweepS: 0.03, decayS: 0.17, click: 0.45 },
    snare: { hz: 175, decayS: 0.24, noise: 1, bandHz: 2600, reverb: 0.35 },
    hatHz: 7800,
    hatDecayS: 0.04,
  },
  rock: {
    kick: { hz: 62, sweepHz: 160, sweepS: 0.02, decayS: 0.15, click: 0.8 },
    snare: { hz: 205, decayS: 0.16, noise: 0.85, bandHz: 2900, reverb: 0.2 },
    hatHz: 7200,
    hatDecayS: 0.05,
  },
  breaks: {
    kick: { hz: 58, sweepHz: 180, sweepS: 0.018, decayS: 0.13, click: 0.7 },
    snare: { hz: 225, decayS: 0.12, noise: 0.75, bandHz: 3400, reverb: 0.14 },
    hatHz: 7600,
    hatDecayS: 0.032,
  },
  soft: {
    kick: { hz: 52, sweepHz: 130, sweepS: 0.03, decayS: 0.2, click: 0.22 },
    snare: { hz: 185, decayS: 0.15, noise: 0.55, bandHz: 2400, reverb: 0.25 },
    hatHz: 7000,
    hatDecayS: 0.03,
  },
};

const takesPerDrum = 4;

const built = new Map<string, DrumSound>();

/** A drum of a kit, built on first use. It starts at its first sample at once: that sample is the beat. */
export function drumSound(kit: KitName, voice: DrumVoice): DrumSound {
  const name = `${kit} ${voice}`;
  const sound = built.get(name) ?? buildDrum(kitShapes[kit], voice);
  built.set(name, sound);
  return sound;
}

function buildDrum(shape: KitShape, voice: DrumVoice): DrumSound {
  const room = shape.snare.reverb;
  const place = (
    hit: (seed: number) => Float32Array,
    levelDb: number,
    pan: number,
    reverb: number,
  ): DrumSound => ({
    takes: Array.from({ length: takesPerDrum }, (_, take) => toPeakOne(hit(take + 1))),
    levelDb,
    pan,
    reverb,
  });
  const tom = (hz: number) => (seed: number) => tomHit(hz * (1 + 0.004 * seed), seed);
  const metal = (decayS: number, lowHz: number, tone: number) => (seed: number) =>
    metalHit(decayS * (0.94 + 0.04 * seed), lowHz, tone, seed);
  switch (voice) {
    case "kick":
      return place(() => kickHit(shape.kick), 0, 0, 0);
    case "snare":
      return place((seed) => snareHit(shape.snare, seed), -4, 0, room);
    case "clap":
      return place(clapHit, -5, 0.04, room);
    case "rim":
      return place(rimHit, -9, -0.12, room);
    case "lowTom":
      return place(tom(92), -5, 0.3, room);
    case "highTom":
      return place(tom(150), -6, -0.25, room);
    case "closedHat":
      return place(metal(shape.hatDecayS, shape.hatHz, 0.4), -15, 0.16, 0);
    case "openHat":
      return place(metal(0.16, shape.hatHz, 0.4), -14, 0.16, 0);
    case "ride":
      return place(metal(0.35, 5200, 0.7), -20, -0.25, 0);
    case "crash":
      return place(metal(1.1, 4200, 0.25), -12, -0.1, room);
    case "tambourine":
      return place(metal(0.07, 6800, 0.55), -18, 0.32, 0);
    case "shaker":
      return place(shakerHit, -19, -0.3, 0);
  }
}

function toPeakOne(samples: Float32Array): Float32Array {
  const peak = samples.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-9);
  return samples.map((value) => value / peak);
}

function framesOf(seconds: number): number {
  return Math.round(seconds * sampleRate);
}

/** Ends a sound without a click. */
function fadeEnd(samples: Float32Array): Float32Array {
  const fade = Math.min(samples.length, 400);
  for (let frame = 0; frame < fade; frame++) samples[samples.length - 1 - frame] *= frame / fade;
  return samples;
}

function kickHit(shape: KitShape["kick"]): Float32Array {
  const samples = new Float32Array(framesOf(shape.decayS * 3));
  const random = seededRandom(11);
  let phase = 0;
  for (let frame = 0; frame < samples.length; frame++) {
    const atS = frame / sampleRate;
    const hz = shape.hz + shape.sweepHz * Math.exp(-atS / shape.sweepS) + 900 * Math.exp(-atS / 0.0022);
    phase += (2 * Math.PI * hz) / sampleRate;
    const body = Math.sin(phase) * Math.exp(-((atS / (shape.decayS * 1.15)) ** 1.5));
    const click = shape.click * (2 * random() - 1) * Math.exp(-atS / 0.0025);
    samples[frame] = Math.tanh(1.5 * body + 0.5 * click);
  }
  return fadeEnd(samples);
}

function snareHit(shape: KitShape["snare"], seed: number): Float32Array {
  const samples = new Float32Array(framesOf(shape.decayS * 4));
  const random = seededRandom(seed * 101);
  let band = 0;
  let low = 0;
  const g = 2 * Math.sin((Math.PI * shape.bandHz) / sampleRate);
  for (let frame = 0; frame < samples.length; frame++) {
    const atS = frame / sampleRate;
    const noise = 2 * random() - 1;
    low += g * band;
    const high = noise - low - 0.9 * band;
    band += g * high;
    const rattle = (0.6 * band + 0.4 * high) * Math.exp(-atS / shape.decayS) * shape.noise;
    const hz = shape.hz * (1 + 0.6 * Math.exp(-atS / 0.012));
    const shell =
      Math.sin(2 * Math.PI * hz * atS) * Math.exp(-atS / (shape.decayS * 0.6)) +
      0.5 * Math.sin(2 * Math.PI * hz * 1.62 * atS) * Math.exp(-atS / (shape.decayS * 0.4));
    samples[frame] = Math.tanh(0.9 * shell + 0.85 * rattle);
  }
  return fadeEnd(samples);
}

/** Four hands, not quite together; the loudest first burst is on the beat. */
function clapHit(seed: number): Float32Array {
  const samples = new Float32Array(framesOf(0.32));
  const random = seededRandom(seed * 211);
  const bursts = [0, 0.009 + 0.001 * random(), 0.019 + 0.001 * random()];
  let band = 0;
  let low = 0;
  const g = 2 * Math.sin((Math.PI * 1250) / sampleRate);
  for (let frame = 0; frame < samples.length; frame++) {
    const atS = frame / sampleRate;
    let level = atS > 0.019 ? 0.75 * Math.exp(-(atS - 0.019) / 0.07) : 0;
    for (const startS of bursts)
      if (atS >= startS) level = Math.max(level, Math.exp(-(atS - startS) / 0.0045));
    low += g * band;
    const high = 2 * random() - 1 - low - 0.7 * band;
    band += g * high;
    samples[frame] = (band + 0.25 * high) * level;
  }
  return fadeEnd(samples);
}

function rimHit(seed: number): Float32Array {
  const samples = new Float32Array(framesOf(0.09));
  const random = seededRandom(seed * 307);
  for (let frame = 0; frame < samples.length; frame++) {
    const atS = frame / sampleRate;
    const tone = Math.sin(2 * Math.PI * 1710 * atS) + 0.7 * Math.sin(2 * Math.PI * 478 * atS);
    samples[frame] = tone * Math.exp(-atS / 0.014) + 0.4 * (2 * random() - 1) * Math.exp(-atS / 0.004);
  }
  return fadeEnd(samples);
}

/** Six square waves that share no harmonics (the classic machines' cymbal) and noise, high-passed twice. */
function metalHit(decayS: number, lowHz: number, tone: number, seed: number): Float32Array {
  const samples = new Float32Array(framesOf(Math.min(2.4, decayS * 5)));
  const random = seededRandom(seed * 401);
  const squaresHz = [263, 400, 421, 474, 587, 845].map((hz) => hz * 2.1);
  const phases = squaresHz.map(() => random());
  const keep = Math.exp((-2 * Math.PI * lowHz) / sampleRate);
  let slowOne = 0;
  let slowTwo = 0;
  for (let frame = 0; frame < samples.length; frame++) {
    const atS = frame / sampleRate;
    let squares = 0;
    for (let index = 0; index < squaresHz.length; index++) {
      phases[index] += squaresHz[index] / sampleRate;
      if (phases[index] >= 1) phases[index] -= 1;
      squares += phases[index] < 0.5 ? 0.3 : -0.3;
    }
    const source = tone * squares + (1 - tone) * (2 * random() - 1);
    slowOne = keep * slowOne + (1 - keep) * source;
    const once = source - slowOne;
    slowTwo = keep * slowTwo + (1 - keep) * once;
    const body = Math.exp(-atS / decayS);
    samples[frame] = (once - slowTwo) * (0.75 * body + 0.25 * body * body * body);
  }
  return fadeEnd(samples);
}

function shakerHit(seed: number): Float32Array {
  const samples = new Float32Array(framesOf(0.11));
  const random = seededRandom(seed * 503);
  let before = 0;
  for (let frame = 0; frame < samples.length; frame++) {
    const atS = frame / sampleRate;
    const noise = 2 * random() - 1;
    const swell = Math.min(1, 0.35 + atS / 0.014) * Math.exp(-Math.max(0, atS - 0.012) / 0.022);
    samples[frame] = (noise - before) * swell;
    before = noise;
  }
  return fadeEnd(samples);
}

function tomHit(hz: number, seed: number): Float32Array {
  const samples = new Float32Array(framesOf(0.5));
  const random = seededRandom(seed * 601);
  let phase = 0;
  for (let frame = 0; frame < samples.length; frame++) {
    const atS = frame / sampleRate;
    phase += (2 * Math.PI * hz * (1 + 0.7 * Math.exp(-atS / 0.03))) / sampleRate;
    const skin = 0.25 * (2 * random() - 1) * Math.exp(-atS / 0.008);
    samples[frame] = Math.tanh(1.3 * Math.sin(phase) * Math.exp(-atS / 0.13) + skin);
  }
  return fadeEnd(samples);
}
