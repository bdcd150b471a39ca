import type { Section, SectionKind, TrackSpec } from "./score.ts";

/** Silence before the first downbeat: room for the codec's first block and for a hit's attack. */
export const leadInS = 0.1;
/** After the last bar: echoes and reverberation fade. */
export const tailS = 3;

/** Tracks grow section by section until their bars last this long. */
const shortestBarsS = 138;

/** The smallest form, in phrases of four bars. */
const smallestForm: readonly (readonly [SectionKind, number])[] = [
  ["intro", 1],
  ["groove", 2],
  ["build", 1],
  ["drop", 2],
  ["break", 1],
  ["build", 1],
  ["drop", 2],
  ["outro", 1],
];
/** Which section gains phrases next, as [index in the form, phrases]; repeated until the track is long enough. */
const growth: readonly (readonly [number, number])[] = [
  [6, 2],
  [0, 1],
  [1, 2],
  [3, 2],
  [7, 1],
  [4, 1],
  [2, 1],
  [1, 2],
];
const barsPerPhrase = 4;

/** The sections of a track: touching, each a whole number of four-bar phrases, 2:15 to 2:45 in all. */
export function arrange(spec: Pick<TrackSpec, "tempoBpm" | "beatsPerBar">): readonly Section[] {
  const phraseS = (barsPerPhrase * spec.beatsPerBar * 60) / spec.tempoBpm;
  const phrases = smallestForm.map(([, count]) => count);
  let total = phrases.reduce((sum, count) => sum + count, 0);
  for (let step = 0; total * phraseS < shortestBarsS; step++) {
    const [index, more] = growth[step % growth.length];
    phrases[index] += more;
    total += more;
  }
  const sections: Section[] = [];
  const passes = new Map<SectionKind, number>();
  let startBar = 0;
  smallestForm.forEach(([kind], index) => {
    const bars = phrases[index] * barsPerPhrase;
    const pass = passes.get(kind) ?? 0;
    passes.set(kind, pass + 1);
    sections.push({ kind, startBar, bars, pass });
    startBar += bars;
  });
  return sections;
}

export function totalBars(sections: readonly Section[]): number {
  return sections.reduce((sum, section) => sum + section.bars, 0);
}

/** When a beat of the score sounds, in seconds from the first sample. */
export function secondsAtBeat(spec: Pick<TrackSpec, "tempoBpm">, beat: number): number {
  return leadInS + (beat * 60) / spec.tempoBpm;
}
