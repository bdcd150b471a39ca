import { hashText, randomIndex, seededRandom, type RandomSource } from "#domain/seeded-random.ts";
import { arrange } from "./arrangement.ts";
import { arpNotes, bassNotes, chordNotes, type Passage } from "./chord-parts.ts";
import { drumPart, risersOf } from "./drum-part.ts";
import { readProgression, scaleOfKey, type Chord } from "./harmony.ts";
import { composeTheme } from "./melody.ts";
import type {
  Automation,
  NoteEvent,
  Part,
  PartName,
  Score,
  Section,
  SectionKind,
  TrackSpec,
} from "./score.ts";
import type { BassStep, ChordPattern, StyleRecipe } from "./style-recipe.ts";
import { recipes } from "./styles/recipes.ts";
import { swungBeat } from "./swing.ts";

/** Everything drawn once per track; sections only use it. */
interface Material {
  readonly verse: readonly Chord[];
  readonly chorus: readonly Chord[];
  /** The dominant that ends builds. */
  readonly dominant: Chord;
  readonly verseTheme: readonly NoteEvent[];
  readonly chorusTheme: readonly NoteEvent[];
  readonly themeBars: number;
  readonly verseBass: readonly BassStep[];
  readonly chorusBass: readonly BassStep[];
  readonly verseChords: ChordPattern;
  readonly chorusChords: ChordPattern;
}

/** Bars of a theme: two cells and their return. */
const themeBars = 8;

/** Writes the music of one track. The same spec and seed give the same score. */
export function composeScore(spec: TrackSpec, seed = 0): Score {
  const recipe = recipes[spec.style];
  const random = seededRandom(hashText(spec.slug) + seed);
  const sections = arrange(spec);
  const material = drawMaterial(spec, recipe, random);
  const names: readonly PartName[] = ["bass", "pad", "chords", "arp", "lead"];
  const parts = names.map((name): Part => ({
    name,
    notes: sections.flatMap((section, index) =>
      recipe.layers[section.kind].includes(name)
        ? partInSection(
            name,
            spec,
            section,
            recipe,
            material,
            chordsOf(sections[index + 1] ?? section, material)[0],
          )
        : [],
    ),
    cutoffHz: cutoffOver(sections, spec, recipe.sounds[name].cutoffHz, name),
  }));
  return {
    spec,
    sections,
    drums: drumPart(spec, sections, recipe),
    parts,
    risers: risersOf(spec, sections, recipe),
  };
}

function drawMaterial(spec: TrackSpec, recipe: StyleRecipe, random: RandomSource): Material {
  const scale = scaleOfKey(spec.key);
  const symbols = scale.minor ? recipe.minor : recipe.major;
  const verseIndex = randomIndex(random, symbols.length);
  const chorusIndex = (verseIndex + 1 + randomIndex(random, symbols.length - 1)) % symbols.length;
  const verse = readProgression(scale, symbols[verseIndex]);
  const chorus = readProgression(scale, symbols[chorusIndex]);
  const [dominant] = readProgression(scale, "5s");
  const theme = (chords: readonly Chord[]): readonly NoteEvent[] =>
    composeTheme(
      {
        chords: Array.from({ length: themeBars }, (_, bar) => chords[bar % chords.length]),
        beatsPerBar: spec.beatsPerBar,
        rhythms: recipe.melody,
        centreMidi: recipe.leadMidi,
      },
      random,
    );
  const pick = <T>(items: readonly T[]): T => items[randomIndex(random, items.length)];
  const verseBass = pick(recipe.bass);
  const verseChords = pick(recipe.chords);
  return {
    verse,
    chorus,
    dominant,
    verseTheme: theme(verse),
    chorusTheme: theme(chorus),
    themeBars,
    verseBass,
    chorusBass: pick(recipe.bass.filter((pattern) => pattern !== verseBass)),
    verseChords,
    chorusChords: recipe.chords.find((pattern) => pattern !== verseChords) ?? verseChords,
  };
}

/** One chord per bar of a section: verse or chorus going round; builds end on the dominant. */
function chordsOf(section: Section, material: Material): readonly Chord[] {
  const chorus = section.kind === "drop" || section.kind === "break";
  const cycle = chorus ? material.chorus : material.verse;
  return Array.from({ length: section.bars }, (_, bar) =>
    section.kind === "build" && bar === section.bars - 1 ? material.dominant : cycle[bar % cycle.length],
  );
}

const strengthOf: Readonly<Record<SectionKind, number>> = {
  intro: 0.8,
  groove: 0.9,
  build: 0.9,
  drop: 1,
  break: 0.8,
  outro: 0.8,
};

function partInSection(
  name: PartName,
  spec: TrackSpec,
  section: Section,
  recipe: StyleRecipe,
  material: Material,
  nextChord: Chord,
): NoteEvent[] {
  const chords = chordsOf(section, material);
  const passage: Passage = {
    startBar: section.startBar,
    chords,
    beatsPerBar: spec.beatsPerBar,
    swing: recipe.swing,
    strength: strengthOf[section.kind],
  };
  const inDrop = section.kind === "drop";
  const half = section.bars / 2;
  switch (name) {
    case "bass":
      return bassInSection(
        passage,
        section,
        recipe,
        inDrop ? material.chorusBass : material.verseBass,
        nextChord,
      );
    case "pad":
      return chordNotes(passage, { kind: "hold" }, 48, 76);
    case "chords":
      return chordNotes(
        passage,
        inDrop ? material.chorusChords : material.verseChords,
        recipe.chordLowMidi,
        recipe.chordLowMidi + 27,
      );
    case "arp":
      return arpNotes(
        section.kind === "groove" ? partOf(passage, half, section.bars) : passage,
        recipe.arp,
        60,
      );
    case "lead":
      return leadInSection(section, spec, recipe, material);
  }
}

function partOf(passage: Passage, fromBar: number, toBar: number): Passage {
  return { ...passage, startBar: passage.startBar + fromBar, chords: passage.chords.slice(fromBar, toBar) };
}

/** The bass enters half-way through an intro and leaves half-way through a build, to be missed. */
function bassInSection(
  passage: Passage,
  section: Section,
  recipe: StyleRecipe,
  pattern: readonly BassStep[],
  nextChord: Chord,
): NoteEvent[] {
  const half = section.bars / 2;
  const heard =
    section.kind === "intro"
      ? partOf(passage, half, section.bars)
      : section.kind === "build" && recipe.risers
        ? partOf(passage, 0, half)
        : passage;
  return bassNotes(heard, pattern, recipe.bassMidi, nextChord);
}

/**
 * Grooves state the verse theme after a rest of eight bars (half of them when short), breaks recall the chorus softly,
 * drops play it; from the second drop on a second voice joins below.
 */
function leadInSection(
  section: Section,
  spec: TrackSpec,
  recipe: StyleRecipe,
  material: Material,
): NoteEvent[] {
  const chorus = section.kind === "drop" || section.kind === "break";
  const theme = chorus ? material.chorusTheme : material.verseTheme;
  const chords = chordsOf(section, material);
  const firstBar = section.kind === "groove" ? Math.floor(section.bars / 8) * 4 : 0;
  const notes: NoteEvent[] = [];
  for (let bar = firstBar; bar < section.bars; bar += material.themeBars) {
    const barsLeft = Math.min(material.themeBars, section.bars - bar);
    for (const note of theme) {
      if (note.beat >= barsLeft * spec.beatsPerBar) break;
      const beat = swungBeat((section.startBar + bar) * spec.beatsPerBar + note.beat, recipe.swing);
      const velocity = note.velocity * strengthOf[section.kind];
      notes.push({ ...note, beat, velocity });
      if (section.kind === "drop" && section.pass > 0) {
        const chord = chords[(bar + Math.floor(note.beat / spec.beatsPerBar)) % chords.length];
        notes.push({ ...note, beat, midi: voiceBelow(note.midi, chord), velocity: velocity * 0.6 });
      }
    }
  }
  return notes;
}

/** The chord tone a third to a sixth below a melody note. */
function voiceBelow(midi: number, chord: Chord): number {
  for (let distance = 3; distance <= 9; distance++) {
    if (chord.tones.includes((midi - distance) % 12)) return midi - distance;
  }
  return midi - 12;
}

/** Share of the open cut-off at the start and end of each kind of section, on a logarithmic scale of Hz. */
const openness: Readonly<Record<SectionKind, readonly [number, number]>> = {
  intro: [0.55, 0.8],
  groove: [0.86, 0.94],
  build: [0.7, 1],
  drop: [1, 1],
  break: [0.78, 0.9],
  outro: [0.92, 0.6],
};

/** Filters close in intros and outros and open through builds; calm tracks stay a little darker. */
function cutoffOver(
  sections: readonly Section[],
  spec: TrackSpec,
  openHz: number,
  name: PartName,
): Automation {
  const lowestHz = 180;
  const bright = openHz * (0.75 + 0.4 * spec.energy);
  const hzAt = (share: number): number => lowestHz * (bright / lowestHz) ** share;
  return sections.flatMap((section) => {
    const [from, to] = name === "lead" || name === "bass" ? [1, 1] : openness[section.kind];
    const startBeat = section.startBar * spec.beatsPerBar;
    const endBeat = startBeat + section.bars * spec.beatsPerBar;
    return [
      { beat: startBeat, value: hzAt(from) },
      { beat: endBeat, value: hzAt(to) },
    ];
  });
}
