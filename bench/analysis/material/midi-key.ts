/** The key of a MIDI file by its notes alone, where two ways to tell agree. */
import { krumhanslKessler, temperley, tonalityByProfiles } from "../metrics/key-profiles.ts";
import type { Tonality } from "../metrics/key.ts";
import type { MidiMusic } from "./midi-times.ts";

const drumChannel = 9;
/** A note held on counts no more than this. */
const longestS = 2;
const bassStepS = 0.1;

interface Note {
  readonly pitch: number;
  readonly fromS: number;
  readonly toS: number;
}

function notesOf({ tracks, secondsAt }: MidiMusic, untilS: number): Note[] {
  const notes: Note[] = [];
  const sounding = new Map<number, number>();
  const events = tracks.flat().toSorted((a, b) => a.tick - b.tick);
  for (const { tick, event } of events) {
    if ((event.type !== "noteOn" && event.type !== "noteOff") || event.channel === drumChannel) continue;
    const note = 128 * event.channel + event.noteNumber;
    const fromS = sounding.get(note);
    const atS = secondsAt(tick);
    if (fromS !== undefined) {
      if (fromS < untilS) notes.push({ pitch: event.noteNumber, fromS, toS: Math.min(atS, untilS) });
      sounding.delete(note);
    }
    if (event.type === "noteOn" && event.velocity > 0) sounding.set(note, atS);
  }
  return notes;
}

/** The two pitch classes that are the lowest to sound for the longest. */
function bassOf(notes: readonly Note[], untilS: number): number[] {
  const lowest = Array.from({ length: Math.ceil(untilS / bassStepS) }, () => Infinity);
  for (const { pitch, fromS, toS } of notes) {
    for (let step = Math.ceil(fromS / bassStepS); step * bassStepS < toS; step++)
      if (pitch < lowest[step]) lowest[step] = pitch;
  }
  const steps = Array.from({ length: 12 }, (_, pitchClass) => ({
    pitchClass,
    steps: lowest.filter((pitch) => pitch % 12 === pitchClass).length,
  }));
  return steps
    .toSorted((a, b) => b.steps - a.steps)
    .slice(0, 2)
    .map(({ pitchClass }) => pitchClass);
}

/**
 * Of the first `untilS` seconds. Lengths of notes against Krumhansl & Kessler's and against Temperley's profiles must name one
 * key, and its tonic must be among the two bass notes that sound longest; null otherwise: such a piece's key may be argued
 * about. Key signatures are not asked: most files carry none, or a C major that nobody chose.
 */
export function tonalityOfMidi(music: MidiMusic, untilS: number): Tonality | null {
  const notes = notesOf(music, untilS);
  const lengths = Array.from({ length: 12 }, () => 0);
  for (const { pitch, fromS, toS } of notes) lengths[pitch % 12] += Math.min(longestS, toS - fromS);
  const [one, other] = [krumhanslKessler, temperley].map((profiles) => tonalityByProfiles(lengths, profiles));
  const agree = one.tonic === other.tonic && one.minor === other.minor;
  return agree && bassOf(notes, untilS).includes(one.tonic) ? one : null;
}
