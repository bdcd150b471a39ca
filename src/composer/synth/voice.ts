import { seededRandom } from "#domain/seeded-random.ts";
import { hzOfMidi, sampleRate, tableLength, waveTable, type WaveName } from "./wavetable.ts";

/** One note's sound. Mono instruments use one array for both sides. */
export interface NoteSound {
  readonly left: Float32Array;
  readonly right: Float32Array;
}

export interface Envelope {
  readonly attackS: number;
  readonly decayS: number;
  readonly sustain: number;
  readonly releaseS: number;
}

/** Oscillators through one low-pass filter. */
export interface SubtractivePatch {
  readonly kind: "subtractive";
  readonly wave: WaveName;
  /** Unison voices, spread evenly over +-`detuneCents`. */
  readonly voices: number;
  readonly detuneCents: number;
  /** Stereo width of the unison, 0..1; 0 makes a mono note. */
  readonly width: number;
  /** Level of a sine one octave below. */
  readonly sub: number;
  readonly noise: number;
  readonly amp: Envelope;
  readonly filter: {
    /** Cut-off of C4 with the envelope at rest; follows the key by half. */
    readonly hz: number;
    readonly envelopeOctaves: number;
    readonly decayS: number;
    /** 0.7 flat .. 6 singing */
    readonly resonance: number;
  };
  readonly vibrato: { readonly hz: number; readonly cents: number; readonly delayS: number };
}

/** Decaying partials: struck and plucked things. */
export interface ModalPatch {
  readonly kind: "modal";
  readonly partials: readonly { readonly ratio: number; readonly level: number; readonly decayS: number }[];
  /** Partials stretch by sqrt(1 + inharmonicity x ratio^2). */
  readonly inharmonicity: number;
  /** Detune between the two sides, cents. */
  readonly widthCents: number;
  readonly releaseS: number;
  /** Level of the hammer's or finger's knock. */
  readonly knock: number;
}

/** Two-operator pairs, summed. */
export interface FmPatch {
  readonly kind: "fm";
  readonly pairs: readonly {
    readonly carrier: number;
    readonly modulator: number;
    readonly index: number;
    readonly indexDecayS: number;
    readonly level: number;
    readonly decayS: number;
  }[];
  readonly sustain: number;
  readonly releaseS: number;
  readonly widthCents: number;
}

export type Patch = SubtractivePatch | ModalPatch | FmPatch;

/** Renders one note: `heldFrames` with the key down, then its release. Velocity brightens; loudness is applied by the mixer. */
export function renderNote(patch: Patch, midi: number, heldFrames: number, velocity: number): NoteSound {
  switch (patch.kind) {
    case "subtractive":
      return renderSubtractive(patch, midi, heldFrames, velocity);
    case "modal":
      return renderModal(patch, midi, heldFrames, velocity);
    case "fm":
      return renderFm(patch, midi, heldFrames, velocity);
  }
}

/** A linear attack, exponential decay to the sustain level, exponential release that ends at zero. */
function envelopeCurve(envelope: Envelope, heldFrames: number): Float32Array {
  const attack = Math.max(1, Math.round(envelope.attackS * sampleRate));
  const release = Math.max(32, Math.round(envelope.releaseS * sampleRate));
  const curve = new Float32Array(heldFrames + release);
  const decayPerFrame = Math.exp(-1 / (Math.max(0.002, envelope.decayS) * sampleRate));
  let above = 1 - envelope.sustain;
  for (let frame = 0; frame < heldFrames; frame++) {
    if (frame < attack) curve[frame] = frame / attack;
    else {
      curve[frame] = envelope.sustain + above;
      above *= decayPerFrame;
    }
  }
  fadeOut(curve, heldFrames, heldFrames > 0 ? curve[heldFrames - 1] : 0);
  return curve;
}

/** Fills `curve` from `start` on with a fall from `level` to zero. */
function fadeOut(curve: Float32Array, start: number, level: number): void {
  const length = curve.length - start;
  for (let frame = 0; frame < length; frame++) {
    const left = 1 - frame / length;
    curve[start + frame] = level * left * left * left;
  }
}

function renderSubtractive(
  patch: SubtractivePatch,
  midi: number,
  heldFrames: number,
  velocity: number,
): NoteSound {
  const curve = envelopeCurve(patch.amp, heldFrames);
  const frames = curve.length;
  const left = new Float32Array(frames);
  const right = patch.width > 0 ? new Float32Array(frames) : left;
  const random = seededRandom(midi * 131 + patch.voices);
  const pitch = vibratoCurve(patch.vibrato, frames);
  const level = 1 / Math.sqrt(patch.voices);
  for (let voice = 0; voice < patch.voices; voice++) {
    const place = patch.voices === 1 ? 0 : (2 * voice) / (patch.voices - 1) - 1;
    const hz = hzOfMidi(midi + (place * patch.detuneCents) / 100);
    // Sides alternate so that neighbours in pitch are not neighbours in space.
    const side = patch.width * (voice % 2 === 0 ? place : -place);
    const start = patch.voices === 1 ? 0 : random() * tableLength;
    const toLeft = level * Math.sqrt((1 - side) / 2) * Math.SQRT2;
    const toRight = level * Math.sqrt((1 + side) / 2) * Math.SQRT2;
    addOscillator(waveTable(patch.wave, hz), hz, start, pitch, left, toLeft);
    if (right !== left) addOscillator(waveTable(patch.wave, hz), hz, start, pitch, right, toRight);
  }
  const sides = right === left ? [left] : [left, right];
  for (const side of sides) {
    if (patch.sub > 0) {
      const hz = hzOfMidi(midi - 12);
      addOscillator(waveTable("sine", hz), hz, 0, pitch, side, patch.sub);
    }
    if (patch.noise > 0)
      for (let frame = 0; frame < frames; frame++) side[frame] += patch.noise * (2 * random() - 1);
    filterNote(side, patch.filter, midi, velocity);
    for (let frame = 0; frame < frames; frame++) side[frame] *= curve[frame];
  }
  return { left, right };
}

/** Pitch factor over time, one value per 64 frames; null without vibrato. */
function vibratoCurve(vibrato: SubtractivePatch["vibrato"], frames: number): Float32Array | null {
  if (vibrato.cents === 0) return null;
  const steps = Math.ceil(frames / 64) + 1;
  return Float32Array.from({ length: steps }, (_, step) => {
    const atS = (step * 64) / sampleRate;
    const depth = Math.min(1, Math.max(0, (atS - vibrato.delayS) / 0.3)) * vibrato.cents;
    return 2 ** ((depth * Math.sin(2 * Math.PI * vibrato.hz * atS)) / 1200);
  });
}

function addOscillator(
  table: Float32Array,
  hz: number,
  startPhase: number,
  pitch: Float32Array | null,
  into: Float32Array,
  level: number,
): void {
  const step = (hz * tableLength) / sampleRate;
  let phase = startPhase;
  for (let frame = 0; frame < into.length; frame++) {
    const index = phase | 0;
    const share = phase - index;
    const here = table[index];
    const next = table[(index + 1) & (tableLength - 1)];
    into[frame] += level * (here + share * (next - here));
    phase += pitch === null ? step : step * pitch[frame >> 6];
    if (phase >= tableLength) phase -= tableLength;
  }
}

/** State-variable low-pass (Simper 2013, trapezoidal), its cut-off falling with the filter envelope; coefficients every 32 frames. */
function filterNote(
  samples: Float32Array,
  filter: SubtractivePatch["filter"],
  midi: number,
  velocity: number,
): void {
  const restHz = filter.hz * 2 ** ((midi - 60) / 24) * (0.7 + 0.3 * velocity);
  const damping = 1 / filter.resonance;
  const decayPerStep = Math.exp(-32 / (filter.decayS * sampleRate));
  let envelope = filter.envelopeOctaves * (0.5 + 0.5 * velocity);
  let ic1 = 0;
  let ic2 = 0;
  for (let start = 0; start < samples.length; start += 32) {
    const hz = Math.min(18_000, restHz * 2 ** envelope);
    const g = Math.tan((Math.PI * hz) / sampleRate);
    const a1 = 1 / (1 + g * (g + damping));
    const a2 = g * a1;
    const a3 = g * a2;
    const end = Math.min(samples.length, start + 32);
    for (let frame = start; frame < end; frame++) {
      const v3 = samples[frame] - ic2;
      const v1 = a1 * ic1 + a2 * v3;
      const v2 = ic2 + a2 * ic1 + a3 * v3;
      ic1 = 2 * v1 - ic1;
      ic2 = 2 * v2 - ic2;
      samples[frame] = v2;
    }
    envelope *= decayPerStep;
  }
}

function renderModal(patch: ModalPatch, midi: number, heldFrames: number, velocity: number): NoteSound {
  const release = Math.round(patch.releaseS * sampleRate);
  const frames = heldFrames + release;
  const sides = [new Float32Array(frames), new Float32Array(frames)];
  // High notes die sooner.
  const ring = 2 ** ((60 - midi) / 30);
  sides.forEach((side, which) => {
    const hz = hzOfMidi(midi + ((which - 0.5) * patch.widthCents) / 100);
    patch.partials.forEach(({ ratio, level, decayS }, partial) => {
      const partialHz = hz * ratio * Math.sqrt(1 + patch.inharmonicity * ratio * ratio);
      // Softer strikes excite fewer high partials.
      const bright = velocity ** (ratio / 6);
      if (partialHz < 18_000) addDecayingSine(side, partialHz, level * bright, decayS * ring, partial * 2.4);
    });
    addKnock(side, patch.knock * velocity, which + 1);
    const tail = new Float32Array(release);
    fadeOut(tail, 0, 1);
    for (let frame = 0; frame < release; frame++) side[heldFrames + frame] *= tail[frame];
  });
  return { left: sides[0], right: sides[1] };
}

/** A decaying sine by rotation: two multiplications a sample and no call. */
function addDecayingSine(into: Float32Array, hz: number, level: number, decayS: number, phase: number): void {
  const decay = Math.exp(-1 / (decayS * sampleRate));
  const turn = (2 * Math.PI * hz) / sampleRate;
  const cosine = Math.cos(turn) * decay;
  const sine = Math.sin(turn) * decay;
  let x = Math.cos(phase) * level;
  let y = Math.sin(phase) * level;
  // A short rise takes the click out of the phase's start.
  for (let frame = 0; frame < into.length; frame++) {
    const turned = x * cosine - y * sine;
    y = x * sine + y * cosine;
    x = turned;
    into[frame] += frame < 40 ? y * (frame / 40) : y;
  }
}

function addKnock(into: Float32Array, level: number, seed: number): void {
  if (level === 0) return;
  const random = seededRandom(seed);
  const length = Math.min(into.length, 700);
  let smooth = 0;
  for (let frame = 0; frame < length; frame++) {
    smooth += 0.35 * (2 * random() - 1 - smooth);
    into[frame] += level * smooth * (1 - frame / length) ** 3;
  }
}

function renderFm(patch: FmPatch, midi: number, heldFrames: number, velocity: number): NoteSound {
  const curve = envelopeCurve(
    { attackS: 0.002, decayS: 1, sustain: 1, releaseS: patch.releaseS },
    heldFrames,
  );
  const frames = curve.length;
  const table = waveTable("sine", 440);
  const sides = [new Float32Array(frames), new Float32Array(frames)];
  sides.forEach((side, which) => {
    const hz = hzOfMidi(midi + ((which - 0.5) * patch.widthCents) / 100);
    for (const pair of patch.pairs) {
      const carrierStep = (hz * pair.carrier * tableLength) / sampleRate;
      const modulatorStep = (hz * pair.modulator * tableLength) / sampleRate;
      const indexDecay = Math.exp(-1 / (pair.indexDecayS * sampleRate));
      const decay = Math.exp(-1 / (pair.decayS * sampleRate));
      let depth = (pair.index * velocity * tableLength) / (2 * Math.PI);
      let falling = 1 - patch.sustain;
      let carrier = 0;
      let modulator = 0;
      for (let frame = 0; frame < frames; frame++) {
        const bent = carrier + depth * table[modulator | 0];
        side[frame] += pair.level * (patch.sustain + falling) * table[Math.floor(bent) & (tableLength - 1)];
        depth *= indexDecay;
        falling *= decay;
        carrier += carrierStep;
        if (carrier >= tableLength) carrier -= tableLength;
        modulator += modulatorStep;
        while (modulator >= tableLength) modulator -= tableLength;
      }
    }
    for (let frame = 0; frame < frames; frame++) side[frame] *= curve[frame];
  });
  return { left: sides[0], right: sides[1] };
}
