/** Trackers like to count the fastest regular pulse; a musician taps the beat. */
import { onsetRate } from "./onsets.ts";
import type { SteadyGrid } from "./steady-grid.ts";

/** Above this, tapping every pulse is doubtful: preferred tapping lies around 120 BPM (Moelants 2002). */
const doubtfulBpm = 130;
/** Every other beat carries less than this share of its neighbours' accent: it is an off-beat. */
const weakShare = 0.5;
/** Between the beats there is less than this share even of a weak beat: nothing subdivides them. */
const undividedShare = 0.4;
const reachFrames = 2;

function accentNear(strength: Float32Array, timeS: number): number {
  const middle = Math.round(timeS * onsetRate);
  let highest = 0;
  for (let i = middle - reachFrames; i <= middle + reachFrames; i++)
    highest = Math.max(highest, strength[i] ?? 0);
  return highest;
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}

/** Halves a fast grid whose every other beat is weak and that nothing subdivides; leaves all others as they are. */
export function atBeatLevel(grid: SteadyGrid, strength: Float32Array): SteadyGrid {
  const { beatsS, tempoBpm, steadiness } = grid;
  if (tempoBpm < doubtfulBpm) return grid;
  const floor = meanOf([...strength]);
  const accents = beatsS.map((beat) => accentNear(strength, beat));
  const between = meanOf(beatsS.slice(1).map((beat, i) => accentNear(strength, (beat + beatsS[i]) / 2)));
  const phases = [0, 1].map((phase) => meanOf(accents.filter((_, i) => i % 2 === phase)));
  const strong = phases[0] >= phases[1] ? 0 : 1;
  const weak = phases[1 - strong];
  const isWeak = weak - floor < weakShare * (phases[strong] - floor);
  if (!isWeak || between > undividedShare * weak) return grid;
  return { beatsS: beatsS.filter((_, i) => i % 2 === strong), tempoBpm: tempoBpm / 2, steadiness };
}
