import type { CamelotKey } from "#domain/track.ts";

export interface Scale {
  /** Pitch class of the tonic, 0 = C. */
  readonly tonic: number;
  readonly minor: boolean;
  /** Semitones above the tonic, seven of them. */
  readonly steps: readonly number[];
}

/** A chord of one bar (or half of one). */
export interface Chord {
  /** Scale degree of the root, 0..6. */
  readonly degree: number;
  /** Pitch class of the root. */
  readonly root: number;
  /** Pitch classes from the root up; three to five of them. */
  readonly tones: readonly number[];
  /** The scale that fits over it: the key's, with a raised seventh over a minor key's dominant. */
  readonly scale: Scale;
}

const majorSteps = [0, 2, 4, 5, 7, 9, 11];
const minorSteps = [0, 2, 3, 5, 7, 8, 10];
const harmonicMinorSteps = [0, 2, 3, 5, 7, 8, 11];

/** Camelot codes walk the circle of fifths: 8A is A minor, 8B is C major, each number one fifth further. */
export function scaleOfKey(key: CamelotKey): Scale {
  const fifths = Number.parseInt(key, 10) - 8;
  const minor = key.endsWith("A");
  const tonic = ((((minor ? 9 : 0) + 7 * fifths) % 12) + 12) % 12;
  return { tonic, minor, steps: minor ? minorSteps : majorSteps };
}

/** Semitones above the scale's tonic of a scale step that may lie octaves away (7 = one octave up). */
export function semitonesOfStep(scale: Scale, step: number): number {
  const octave = Math.floor(step / 7);
  return octave * 12 + scale.steps[step - octave * 7];
}

/**
 * Reads one chord symbol: a degree 1..7, then optional marks: `7` adds the seventh, `9` seventh and ninth, `s` replaces
 * the third by the fourth, `M` raises the third of a minor key's fifth degree (its true dominant), `p` keeps root and
 * fifth only.
 */
function chordOf(scale: Scale, symbol: string): Chord {
  const degree = Number(symbol[0]) - 1;
  const marks = symbol.slice(1);
  const dominant = marks.includes("M") && scale.minor && degree === 4;
  const chordScale = dominant ? { ...scale, steps: harmonicMinorSteps } : scale;
  const stack = marks.includes("p") ? [0, 4] : [0, marks.includes("s") ? 3 : 2, 4];
  if (marks.includes("7") || marks.includes("9")) stack.push(6);
  if (marks.includes("9")) stack.push(8);
  const tones = stack.map((third) => (scale.tonic + semitonesOfStep(chordScale, degree + third)) % 12);
  return { degree, root: tones[0], tones, scale: chordScale };
}

/** `"1 6 3 7"` -> one chord per bar. */
export function readProgression(scale: Scale, symbols: string): readonly Chord[] {
  return symbols.split(" ").map((symbol) => chordOf(scale, symbol));
}

/** The pitch of class `pitchClass` nearest to `midi`. */
export function nearestPitch(pitchClass: number, midi: number): number {
  const above = (((pitchClass - midi) % 12) + 12) % 12;
  return above > 6 ? midi + above - 12 : midi + above;
}

/** Every close-position voicing of `tones` (and the same with its second-highest voice an octave down). */
function voicingsOf(tones: readonly number[], lowMidi: number, highMidi: number): number[][] {
  const voicings: number[][] = [];
  for (let inversion = 0; inversion < tones.length; inversion++) {
    const order = [...tones.slice(inversion), ...tones.slice(0, inversion)];
    for (let bottom = lowMidi; bottom <= highMidi; bottom++) {
      if (bottom % 12 !== order[0]) continue;
      const voicing = [bottom];
      for (const tone of order.slice(1)) {
        const below = voicing[voicing.length - 1];
        voicing.push(below + ((((tone - below) % 12) + 12) % 12 || 12));
      }
      voicings.push(voicing);
      if (voicing.length >= 4) {
        const dropped = [...voicing];
        dropped[voicing.length - 2] -= 12;
        voicings.push(dropped.toSorted((one, other) => one - other));
      }
    }
  }
  return voicings.filter((voicing) => voicing[0] >= lowMidi && voicing[voicing.length - 1] <= highMidi);
}

/**
 * One voicing per chord with little movement from each to the next (no voice jumps where a neighbour note serves), kept
 * near the middle of the range so that it does not creep. The range must span at least two octaves.
 */
export function leadVoices(
  chords: readonly Chord[],
  lowMidi: number,
  highMidi: number,
): readonly (readonly number[])[] {
  const middle = (lowMidi + highMidi) / 2;
  let previous: readonly number[] = [];
  return chords.map((chord) => {
    let best: readonly number[] = [];
    let bestCost = Infinity;
    // Of five tones the root is the bass's: four make a chord one can voice closely.
    const tones = chord.tones.length > 4 ? chord.tones.slice(1) : chord.tones;
    for (const voicing of voicingsOf(tones, lowMidi, highMidi)) {
      const centre = voicing.reduce((sum, midi) => sum + midi, 0) / voicing.length;
      const muddy = voicing.length > 1 && voicing[0] < 52 && voicing[1] - voicing[0] < 4 ? 4 : 0;
      const cost = movement(previous, voicing) + 0.6 * Math.abs(centre - middle) + muddy;
      if (cost < bestCost) [best, bestCost] = [voicing, cost];
    }
    previous = best;
    return best;
  });
}

function movement(from: readonly number[], to: readonly number[]): number {
  if (from.length === 0) return 0;
  const travelled = to.reduce(
    (sum, midi) => sum + Math.min(...from.map((other) => Math.abs(other - midi))),
    0,
  );
  const top = Math.abs((to[to.length - 1] ?? 0) - (from[from.length - 1] ?? 0));
  return travelled + 0.5 * top;
}
