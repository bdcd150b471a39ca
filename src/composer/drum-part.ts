import { drumVoices, type DrumEvent, type Riser, type Section, type TrackSpec } from "./score.ts";
import type { DrumBar, StyleRecipe } from "./style-recipe.ts";
import { swungBeat } from "./swing.ts";

const velocityOf: Readonly<Record<string, number>> = { X: 1, x: 0.74, g: 0.4 };

/** The drums of a whole track: a bar per strength, a fill before every new section, crashes, and rolls in builds. */
export function drumPart(
  spec: TrackSpec,
  sections: readonly Section[],
  recipe: StyleRecipe,
): readonly DrumEvent[] {
  const events = sections.flatMap((section) => sectionDrums(spec, section, recipe));
  return events.toSorted((one, other) => one.beat - other.beat);
}

/** Calm tracks never reach the full kit. */
function strengthLimit(energy: number): number {
  if (energy < 0.25) return 1;
  return energy < 0.5 ? 2 : 3;
}

function sectionDrums(spec: TrackSpec, section: Section, recipe: StyleRecipe): DrumEvent[] {
  const strength = Math.min(recipe.drumStrength[section.kind], strengthLimit(spec.energy));
  const events: DrumEvent[] = [];
  for (let bar = 0; bar < section.bars; bar++) {
    const last = bar === section.bars - 1;
    const startBeat = (section.startBar + bar) * spec.beatsPerBar;
    const rolling = section.kind === "build" && recipe.risers && bar >= section.bars / 2;
    if (rolling) {
      events.push(...rollBar(startBeat, section.bars - bar, spec.energy));
    } else {
      events.push(...barEvents(barOf(strengthNow(section, bar, strength), last, recipe), startBeat, recipe));
    }
    const ebbing = section.kind === "outro" && last;
    if (bar === 0 && strength >= 2 && !ebbing && section.kind !== "build") {
      events.push({ beat: startBeat, voice: "crash", velocity: section.kind === "drop" ? 1 : 0.7 });
    }
  }
  return events;
}

/** Intros gain the kick half-way; outros lose their strength half-way. */
function strengthNow(section: Section, bar: number, strength: number): number {
  const secondHalf = bar >= section.bars / 2;
  if (section.kind === "outro" && secondHalf) return Math.min(strength, 1);
  if (section.kind === "drop" && section.pass === 0 && !secondHalf) return Math.min(strength, 3);
  return strength;
}

function barOf(strength: number, last: boolean, recipe: StyleRecipe): DrumBar {
  const { light, main, full, fill } = recipe.drums;
  if (strength === 0) return {};
  if (last && strength >= 2) return fill;
  return [{}, light, main, full][strength];
}

function barEvents(bar: DrumBar, startBeat: number, recipe: StyleRecipe): DrumEvent[] {
  const events: DrumEvent[] = [];
  for (const voice of drumVoices) {
    const pattern = bar[voice] ?? "";
    for (let sixteenth = 0; sixteenth < pattern.length; sixteenth++) {
      const velocity = velocityOf[pattern[sixteenth]];
      if (velocity === undefined) continue;
      events.push({ beat: swungBeat(startBeat + sixteenth / 4, recipe.swing), voice, velocity });
    }
  }
  return events;
}

/** A bar of a snare roll towards the drop: quarters, eighths, then sixteenths, ever louder; the kick stays on the beats. */
function rollBar(startBeat: number, barsLeft: number, energy: number): DrumEvent[] {
  const stepsPerBeat = barsLeft > 2 ? 1 : barsLeft === 2 ? 2 : 4;
  const beats = 4;
  const events: DrumEvent[] = [];
  for (let step = 0; step < beats * stepsPerBeat; step++) {
    const share = (4 - barsLeft + step / (beats * stepsPerBeat)) / 4;
    const velocity = (0.35 + 0.5 * Math.max(0, share)) * (0.6 + 0.4 * energy);
    events.push({ beat: startBeat + step / stepsPerBeat, voice: "snare", velocity });
  }
  const kicks = barsLeft === 1 ? 2 : 4;
  for (let beat = 0; beat < kicks; beat++)
    events.push({ beat: startBeat + beat, voice: "kick", velocity: 0.9 });
  return events;
}

/** Noise that rises through every build and ends on the drop. */
export function risersOf(
  spec: TrackSpec,
  sections: readonly Section[],
  recipe: StyleRecipe,
): readonly Riser[] {
  if (!recipe.risers || spec.energy < 0.45) return [];
  return sections
    .filter((section) => section.kind === "build")
    .map((section) => ({
      startBeat: section.startBar * spec.beatsPerBar,
      endBeat: (section.startBar + section.bars) * spec.beatsPerBar,
    }));
}
