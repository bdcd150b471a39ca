import type { InstrumentName } from "../style-recipe.ts";
import { patches } from "../synth/patches.ts";
import { renderNote, type NoteSound } from "../synth/voice.ts";
import { sampleRate } from "../synth/wavetable.ts";

/** Mean level over its first 0.4 s that every instrument is calibrated to, for one note. */
const calibratedRms = 0.2;
const calibrationS = 0.4;

/** Plays one patch. Equal notes are rendered once and shared: music repeats itself. */
export class Instrument {
  readonly #name: InstrumentName;
  readonly #notes = new Map<string, NoteSound>();
  readonly #gain: number;

  /** `typicalMidi`: a note in the middle of what it will play, at which its loudness is set. */
  constructor(name: InstrumentName, typicalMidi: number) {
    this.#name = name;
    const frames = Math.round(calibrationS * sampleRate);
    const { left, right } = renderNote(patches[name], typicalMidi, frames, 0.8);
    let sum = 0;
    for (let frame = 0; frame < frames; frame++) sum += left[frame] ** 2 + right[frame] ** 2;
    this.#gain = calibratedRms / Math.sqrt(sum / (2 * frames));
  }

  /** What to multiply this instrument's notes with for a velocity. */
  gainAt(velocity: number): number {
    return this.#gain * velocity ** 1.5;
  }

  note(midi: number, heldFrames: number, velocity: number): NoteSound {
    // Five strengths are enough to hear; lengths to 5 ms.
    const strength = Math.max(1, Math.round(velocity * 5)) / 5;
    const held = Math.max(1, Math.round(heldFrames / 220)) * 220;
    const name = `${midi} ${held} ${strength}`;
    const known = this.#notes.get(name);
    if (known !== undefined) return known;
    const sound = renderNote(patches[this.#name], midi, held, strength);
    this.#notes.set(name, sound);
    return sound;
  }
}
