import type { InstrumentName } from "../style-recipe.ts";
import type { FmPatch, ModalPatch, Patch, SubtractivePatch } from "./voice.ts";

const still = { hz: 5, cents: 0, delayS: 0 };
const singing = { hz: 5.2, cents: 11, delayS: 0.25 };

const plain: SubtractivePatch = {
  kind: "subtractive",
  wave: "saw",
  voices: 1,
  detuneCents: 0,
  width: 0,
  sub: 0,
  noise: 0,
  amp: { attackS: 0.003, decayS: 0.3, sustain: 0.8, releaseS: 0.08 },
  filter: { hz: 2000, envelopeOctaves: 0, decayS: 0.3, resonance: 0.75 },
  vibrato: still,
};

/** Harmonics of a struck or plucked string: level falls with number, notches where it is struck, high ones die first. */
function stringPartials(
  count: number,
  slope: number,
  strikeAt: number,
  decayS: number,
): ModalPatch["partials"] {
  return Array.from({ length: count }, (_, index) => {
    const ratio = index + 1;
    return {
      ratio,
      level: (Math.abs(Math.sin(Math.PI * ratio * strikeAt)) + 0.05) / ratio ** slope,
      decayS: decayS / (1 + 0.35 * index),
    };
  });
}

const tinePiano: FmPatch = {
  kind: "fm",
  pairs: [
    { carrier: 1, modulator: 1, index: 1.1, indexDecayS: 0.5, level: 0.8, decayS: 1.4 },
    { carrier: 1, modulator: 14, index: 0.35, indexDecayS: 0.06, level: 0.35, decayS: 0.8 },
    { carrier: 2, modulator: 1, index: 0.4, indexDecayS: 0.4, level: 0.12, decayS: 0.9 },
  ],
  sustain: 0.08,
  releaseS: 0.18,
  widthCents: 5,
};

/** Every instrument of the demo library. */
export const patches: Readonly<Record<InstrumentName, Patch>> = {
  subBass: {
    ...plain,
    wave: "triangle",
    sub: 0.25,
    amp: { attackS: 0.012, decayS: 0.8, sustain: 0.75, releaseS: 0.15 },
    filter: { ...plain.filter, hz: 700 },
  },
  roundBass: {
    ...plain,
    wave: "triangle",
    sub: 0.2,
    amp: { attackS: 0.004, decayS: 0.5, sustain: 0.55, releaseS: 0.09 },
    filter: { hz: 900, envelopeOctaves: 1.6, decayS: 0.12, resonance: 0.9 },
  },
  sawBass: {
    ...plain,
    voices: 2,
    detuneCents: 5,
    sub: 0.45,
    amp: { attackS: 0.002, decayS: 0.25, sustain: 0.7, releaseS: 0.05 },
    filter: { hz: 520, envelopeOctaves: 2.4, decayS: 0.12, resonance: 1.3 },
  },
  reeseBass: {
    ...plain,
    voices: 3,
    detuneCents: 16,
    sub: 0.7,
    amp: { attackS: 0.006, decayS: 0.6, sustain: 0.85, releaseS: 0.06 },
    filter: { hz: 620, envelopeOctaves: 1, decayS: 0.5, resonance: 1.1 },
  },
  funkBass: {
    ...plain,
    wave: "square",
    sub: 0.5,
    amp: { attackS: 0.001, decayS: 0.22, sustain: 0.45, releaseS: 0.04 },
    filter: { hz: 600, envelopeOctaves: 3, decayS: 0.07, resonance: 2 },
  },
  acidBass: {
    ...plain,
    sub: 0.35,
    amp: { attackS: 0.001, decayS: 0.16, sustain: 0.45, releaseS: 0.04 },
    filter: { hz: 480, envelopeOctaves: 2.8, decayS: 0.09, resonance: 3.2 },
  },
  warmPad: {
    ...plain,
    voices: 5,
    detuneCents: 11,
    width: 0.9,
    amp: { attackS: 0.18, decayS: 1, sustain: 0.85, releaseS: 0.5 },
    filter: { hz: 2200, envelopeOctaves: 0.5, decayS: 1.2, resonance: 0.75 },
  },
  airPad: {
    ...plain,
    wave: "triangle",
    voices: 5,
    detuneCents: 14,
    width: 1,
    noise: 0.05,
    amp: { attackS: 0.45, decayS: 1, sustain: 0.9, releaseS: 1.2 },
    filter: { hz: 4200, envelopeOctaves: 0.3, decayS: 1.5, resonance: 0.8 },
  },
  strings: {
    ...plain,
    voices: 5,
    detuneCents: 8,
    width: 0.8,
    amp: { attackS: 0.12, decayS: 1, sustain: 0.9, releaseS: 0.4 },
    filter: { hz: 3600, envelopeOctaves: 0.3, decayS: 1, resonance: 0.75 },
    vibrato: { hz: 5, cents: 5, delayS: 0.3 },
  },
  superSaw: {
    ...plain,
    voices: 7,
    detuneCents: 18,
    width: 0.95,
    amp: { attackS: 0.004, decayS: 0.5, sustain: 0.75, releaseS: 0.16 },
    filter: { hz: 5200, envelopeOctaves: 0.8, decayS: 0.3, resonance: 0.75 },
  },
  pluck: {
    ...plain,
    voices: 3,
    detuneCents: 9,
    width: 0.6,
    amp: { attackS: 0.002, decayS: 0.16, sustain: 0.12, releaseS: 0.12 },
    filter: { hz: 900, envelopeOctaves: 2.6, decayS: 0.1, resonance: 1.2 },
  },
  keys: tinePiano,
  piano: {
    kind: "modal",
    partials: stringPartials(16, 1.15, 0.12, 1.6),
    inharmonicity: 0.0004,
    widthCents: 3,
    releaseS: 0.14,
    knock: 0.25,
  },
  organ: {
    ...plain,
    wave: "organ",
    amp: { attackS: 0.006, decayS: 0.5, sustain: 0.95, releaseS: 0.06 },
    filter: { ...plain.filter, hz: 6000 },
    vibrato: { hz: 6.2, cents: 7, delayS: 0 },
  },
  clav: {
    ...plain,
    wave: "pulse",
    voices: 2,
    detuneCents: 4,
    width: 0.3,
    amp: { attackS: 0.001, decayS: 0.14, sustain: 0.15, releaseS: 0.03 },
    filter: { hz: 2600, envelopeOctaves: 1.6, decayS: 0.06, resonance: 1.6 },
  },
  bell: {
    kind: "modal",
    partials: [
      { ratio: 1, level: 0.8, decayS: 1.4 },
      { ratio: 2.001, level: 0.4, decayS: 0.9 },
      { ratio: 3.01, level: 0.22, decayS: 0.5 },
      { ratio: 5.43, level: 0.12, decayS: 0.22 },
    ],
    inharmonicity: 0,
    widthCents: 6,
    releaseS: 0.6,
    knock: 0.05,
  },
  powerGuitar: {
    ...plain,
    voices: 4,
    detuneCents: 7,
    width: 1,
    noise: 0.02,
    amp: { attackS: 0.002, decayS: 0.8, sustain: 0.8, releaseS: 0.05 },
    filter: { hz: 3800, envelopeOctaves: 0.8, decayS: 0.1, resonance: 0.8 },
  },
  cleanGuitar: {
    kind: "modal",
    partials: stringPartials(14, 1, 0.18, 0.7),
    inharmonicity: 0.0001,
    widthCents: 5,
    releaseS: 0.12,
    knock: 0.15,
  },
  sawLead: {
    ...plain,
    voices: 3,
    detuneCents: 8,
    width: 0.5,
    amp: { attackS: 0.008, decayS: 0.4, sustain: 0.75, releaseS: 0.14 },
    filter: { hz: 3400, envelopeOctaves: 1, decayS: 0.25, resonance: 1 },
    vibrato: singing,
  },
  squareLead: {
    ...plain,
    wave: "square",
    voices: 2,
    detuneCents: 5,
    width: 0.35,
    amp: { attackS: 0.004, decayS: 0.3, sustain: 0.6, releaseS: 0.09 },
    filter: { hz: 2200, envelopeOctaves: 1.4, decayS: 0.14, resonance: 1.2 },
    vibrato: singing,
  },
  softLead: {
    ...plain,
    wave: "triangle",
    voices: 3,
    detuneCents: 6,
    width: 0.5,
    amp: { attackS: 0.012, decayS: 0.5, sustain: 0.75, releaseS: 0.2 },
    filter: { hz: 5200, envelopeOctaves: 0.6, decayS: 0.2, resonance: 0.8 },
    vibrato: singing,
  },
  flute: {
    ...plain,
    wave: "triangle",
    width: 0,
    noise: 0.035,
    amp: { attackS: 0.045, decayS: 0.6, sustain: 0.85, releaseS: 0.18 },
    filter: { hz: 3000, envelopeOctaves: 0.5, decayS: 0.2, resonance: 0.75 },
    vibrato: { hz: 4.8, cents: 14, delayS: 0.3 },
  },
};

/** Distortion of a whole part, as gain into a soft clipper; only the guitar needs it. */
export const partDrive: Partial<Record<InstrumentName, number>> = { powerGuitar: 5, acidBass: 1.6 };
