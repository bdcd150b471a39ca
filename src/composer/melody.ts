import { randomIndex, type RandomSource } from "#domain/seeded-random.ts";
import { nearestPitch, semitonesOfStep, type Chord } from "./harmony.ts";
import type { NoteEvent } from "./score.ts";

/** Onsets of one bar in sixteenths, with the length of each note. */
export type BarRhythm = readonly (readonly [sixteenth: number, length: number])[];

export interface MelodySetting {
  /** One chord per bar; the theme is as long as they are. */
  readonly chords: readonly Chord[];
  readonly beatsPerBar: number;
  readonly rhythms: readonly BarRhythm[];
  readonly centreMidi: number;
}

/** How many themes are drawn; the one that breaks the fewest rules stays. */
const drafts = 80;
/** Steps of the scale a melody takes: mostly neighbours, sometimes a third, rarely a fourth or fifth. */
const stepBag = [-1, 1, -1, 1, -1, 1, 0, -2, 2, 2, -2, -1, 1, 3, -3, 4];

/**
 * A theme in cells of two bars, A A' A B: the same rhythm and contour come back over other chords, the last cell answers
 * and comes to rest. Long and accented notes are chord tones.
 */
export function composeTheme(setting: MelodySetting, random: RandomSource): readonly NoteEvent[] {
  let best: readonly NoteEvent[] = [];
  let bestCost = Infinity;
  for (let draft = 0; draft < drafts; draft++) {
    const theme = draftTheme(setting, random);
    const cost = faults(theme, setting);
    if (cost < bestCost) [best, bestCost] = [theme, cost];
  }
  return best;
}

interface Cell {
  readonly rhythms: readonly BarRhythm[];
  /** Scale steps from one note to the next. */
  readonly contour: readonly number[];
  readonly register: number;
}

function draftTheme(setting: MelodySetting, random: RandomSource): readonly NoteEvent[] {
  const { chords, rhythms } = setting;
  const cellA = draftCell(rhythms, random, 0);
  const answer = draftCell(rhythms, random, 3);
  const notes: NoteEvent[] = [];
  for (let bar = 0; bar < chords.length; bar += 2) {
    const last = bar + 2 >= chords.length;
    const half = chords.length >= 8 && bar + 2 === chords.length / 2;
    const cell = last ? { ...cellA, contour: answer.contour } : cellA;
    notes.push(...placeCell(cell, bar, setting, last || half));
  }
  return notes;
}

function draftCell(rhythms: readonly BarRhythm[], random: RandomSource, register: number): Cell {
  const first = rhythms[randomIndex(random, rhythms.length)];
  const second = random() < 0.4 ? first : rhythms[randomIndex(random, rhythms.length)];
  const contour = Array.from(
    { length: first.length + second.length },
    () => stepBag[randomIndex(random, stepBag.length)],
  );
  return { rhythms: [first, second], contour, register };
}

function placeCell(cell: Cell, startBar: number, setting: MelodySetting, rests: boolean): NoteEvent[] {
  const { chords, beatsPerBar, centreMidi } = setting;
  const notes: NoteEvent[] = [];
  let midi = centreMidi + cell.register;
  let note = 0;
  cell.rhythms.forEach((rhythm, barOfCell) => {
    const bar = startBar + barOfCell;
    const chord = chords[bar];
    if (chord === undefined) return;
    // A resting cell keeps only the first half of its last bar and holds the last note.
    const resting = rests && barOfCell === cell.rhythms.length - 1;
    const onsets = resting ? rhythm.filter(([at]) => at < beatsPerBar * 2) : rhythm;
    onsets.forEach(([at, length], index) => {
      const final = resting && index === onsets.length - 1;
      const accented = at % 8 === 0 || length >= 4 || (note === 0 && barOfCell === 0);
      midi = moveInScale(midi, cell.contour[note] ?? 0, chord);
      if (accented || final) midi = nearestTone(chord, midi);
      midi = foldIntoRange(midi, centreMidi);
      notes.push({
        beat: bar * beatsPerBar + at / 4,
        beats: final ? (beatsPerBar * 4 - at) / 4 : length / 4,
        midi,
        velocity: accented ? 0.9 : 0.72,
      });
      note += 1;
    });
  });
  return notes;
}

function moveInScale(midi: number, steps: number, chord: Chord): number {
  const { scale } = chord;
  // The scale step at or just below the note.
  const relative = midi - scale.tonic;
  const octave = Math.floor(relative / 12);
  const within = relative - octave * 12;
  let step = scale.steps.length - 1;
  while (scale.steps[step] > within) step -= 1;
  return scale.tonic + semitonesOfStep(scale, octave * 7 + step + steps);
}

function nearestTone(chord: Chord, midi: number): number {
  const candidates = chord.tones.slice(0, 4).map((tone) => nearestPitch(tone, midi));
  return candidates.reduce((one, other) => (Math.abs(other - midi) < Math.abs(one - midi) ? other : one));
}

function foldIntoRange(midi: number, centreMidi: number): number {
  if (midi > centreMidi + 11) return midi - 12;
  return midi < centreMidi - 9 ? midi + 12 : midi;
}

/** What a listener would mind, in points. */
function faults(theme: readonly NoteEvent[], setting: MelodySetting): number {
  const pitches = theme.map((note) => note.midi);
  const top = Math.max(...pitches);
  const span = top - Math.min(...pitches);
  let points = Math.max(0, 5 - span) * 2 + Math.max(0, span - 15) * 2;
  points += Math.max(0, pitches.filter((midi) => midi === top).length - 3) * 0.7;
  const lastChord = setting.chords[setting.chords.length - 1];
  const last = pitches[pitches.length - 1];
  if (!lastChord.tones.slice(0, 3).includes(last % 12)) points += 4;
  let repeated = 0;
  for (let index = 1; index < pitches.length; index++) {
    const leap = pitches[index] - pitches[index - 1];
    const nextLeap = (pitches[index + 1] ?? pitches[index]) - pitches[index];
    repeated = leap === 0 ? repeated + 1 : 0;
    if (repeated >= 2) points += 2;
    if (Math.abs(leap) > 9) points += 3;
    if (Math.abs(leap) === 6 || Math.abs(leap) === 11) points += 3;
    // A leap wants to be answered by a step back.
    if (Math.abs(leap) > 5 && (Math.sign(nextLeap) === Math.sign(leap) || Math.abs(nextLeap) > 4))
      points += 1.5;
  }
  const perBar = theme.length / setting.chords.length;
  return points + Math.max(0, 2 - perBar) * 3 + Math.max(0, perBar - 7) * 2;
}
