import { leadVoices, nearestPitch, type Chord } from "./harmony.ts";
import type { NoteEvent } from "./score.ts";
import type { BassStep, ChordPattern, StyleRecipe } from "./style-recipe.ts";
import { swungBeat } from "./swing.ts";

/** A stretch of bars a part plays in, with the chord of each bar. */
export interface Passage {
  readonly startBar: number;
  readonly chords: readonly Chord[];
  readonly beatsPerBar: number;
  readonly swing: StyleRecipe["swing"];
  /** Scales every velocity: softer in intros and breaks. */
  readonly strength: number;
}

function swungNote(
  passage: Passage,
  bar: number,
  sixteenth: number,
  length: number,
): Pick<NoteEvent, "beat" | "beats"> {
  const start = (passage.startBar + bar) * passage.beatsPerBar + sixteenth / 4;
  const beat = swungBeat(start, passage.swing);
  return { beat, beats: swungBeat(start + length / 4, passage.swing) - beat };
}

/** A bass line: the pattern's tones over each bar's chord; `approach` leads by a scale step into the next root. */
export function bassNotes(
  passage: Passage,
  pattern: readonly BassStep[],
  bassMidi: number,
  nextRoot: Chord,
): NoteEvent[] {
  return passage.chords.flatMap((chord, bar) => {
    const root = nearestPitch(chord.root, bassMidi);
    const following = nearestPitch((passage.chords[bar + 1] ?? nextRoot).root, bassMidi);
    return pattern
      .filter(([sixteenth]) => sixteenth < passage.beatsPerBar * 4)
      .map(([sixteenth, length, tone, velocity]) => ({
        ...swungNote(passage, bar, sixteenth, length),
        midi: bassPitch(chord, tone, root, following),
        velocity: velocity * passage.strength,
      }));
  });
}

function bassPitch(chord: Chord, tone: BassStep[2], root: number, following: number): number {
  const fifth = chord.tones[chord.tones.length > 2 ? 2 : 1];
  switch (tone) {
    case "root":
      return root;
    case "octave":
      return root + 12;
    case "fifth":
      return root + ((((fifth - root) % 12) + 12) % 12);
    case "third":
      return root + ((((chord.tones[1] - root) % 12) + 12) % 12);
    case "seventh":
      // The minor seventh or the scale's: whichever the chord has, else the octave.
      return root + (chord.tones.length > 3 ? (((chord.tones[3] - root) % 12) + 12) % 12 : 12);
    case "approach":
      return approachTo(following, chord, root);
  }
}

/** The scale note next to the coming root, on the side we come from. */
function approachTo(following: number, chord: Chord, root: number): number {
  const inScale = (midi: number): boolean =>
    chord.scale.steps.includes((((midi - chord.scale.tonic) % 12) + 12) % 12);
  if (following === root)
    return root + ((((chord.tones[chord.tones.length > 2 ? 2 : 1] - root) % 12) + 12) % 12) - 12;
  const side = following > root ? -1 : 1;
  return inScale(following + side) ? following + side : following + 2 * side;
}

/** Chords in the pattern's rhythm, led smoothly; the accent goes to the first of a bar. */
export function chordNotes(
  passage: Passage,
  pattern: ChordPattern,
  lowMidi: number,
  highMidi: number,
): NoteEvent[] {
  const voicings = leadVoices(passage.chords, lowMidi, highMidi);
  const whole: readonly (readonly [number, number])[] = [[0, passage.beatsPerBar * 4]];
  const onsets = pattern.kind === "hold" ? whole : pattern.at;
  return voicings.flatMap((voicing, bar) =>
    onsets.flatMap(([sixteenth, length], index) =>
      voicing.map((midi) => ({
        ...swungNote(passage, bar, sixteenth, length),
        midi,
        velocity: (index === 0 ? 0.85 : 0.7) * passage.strength,
      })),
    ),
  );
}

/** Broken chords in even steps through the octaves. */
export function arpNotes(passage: Passage, arp: StyleRecipe["arp"], lowMidi: number): NoteEvent[] {
  const voicings = leadVoices(
    passage.chords.map((chord) => ({ ...chord, tones: chord.tones.slice(0, 4) })),
    lowMidi,
    lowMidi + 24,
  );
  return voicings.flatMap((voicing, bar) => {
    const ladder = arp.octaves === 2 ? [...voicing, ...voicing.map((midi) => midi + 12)] : [...voicing];
    const order = arpOrder(ladder, arp.order);
    const notes: NoteEvent[] = [];
    for (let at = 0, step = 0; at < passage.beatsPerBar * 4; at += arp.stepSixteenths, step++) {
      notes.push({
        ...swungNote(passage, bar, at, arp.stepSixteenths * 0.9),
        midi: order[step % order.length],
        velocity: (at % 4 === 0 ? 0.85 : 0.65) * passage.strength,
      });
    }
    return notes;
  });
}

function arpOrder(ladder: readonly number[], order: StyleRecipe["arp"]["order"]): readonly number[] {
  const falling = ladder.toReversed();
  switch (order) {
    case "up":
      return ladder;
    case "down":
      return falling;
    case "up-down":
      return [...ladder, ...falling.slice(1, -1)];
    case "broken":
      // Bottom, top, then the middle: 1 3 2 3 ...
      return ladder.flatMap((midi, index) => (index === 0 ? [midi] : [ladder[ladder.length - index], midi]));
  }
}
