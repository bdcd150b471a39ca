/** What a class asks of its music as a whole, read from the energy of its blocks. */
import type { Block } from "./class-plan.ts";
import type { Share } from "./units.ts";

export const musicMoods = ["calm", "steady", "driving", "euphoric"] as const;
export type MusicMood = (typeof musicMoods)[number];
export const energyArcs = ["level", "building", "falling", "peak", "waves"] as const;
export type EnergyArc = (typeof energyArcs)[number];

export interface MusicIntent {
  readonly mood: MusicMood;
  readonly arc: EnergyArc;
}

/** Energies (`energyAt`) at efforts of about 60, 80 and 105 % of threshold part the moods. */
export const moodTops: readonly (readonly [MusicMood, Share])[] = [
  ["calm", 0.4],
  ["steady", 0.6],
  ["driving", 0.83],
];
/** The mood is that of the most driving third: short rests do not make intervals calm. */
const countedShare = 1 / 3;
/** A smaller change of energy is not heard as one. */
const heardChange = 0.1;

/** Warm-up and cool-down are the same in every class; what is between makes the difference. */
function coreOf(blocks: readonly Block[]): readonly Block[] {
  const core = blocks.filter(({ kind }) => kind !== "warm-up" && kind !== "cool-down");
  return core.length === 0 ? blocks : core;
}

/** The mean energy of the most driving third. */
function drivingThird(blocks: readonly Block[]): Share {
  const parts = blocks
    .map(({ durationS, energy }) => ({ durationS, energy: (energy.from + energy.to) / 2 }))
    .toSorted((one, other) => other.energy - one.energy);
  const countedS = blocks.reduce((sum, { durationS }) => sum + durationS, 0) * countedShare;
  let leftS = countedS;
  let weighted = 0;
  for (const { durationS, energy } of parts) {
    const takenS = Math.min(durationS, leftS);
    weighted += takenS * energy;
    leftS -= takenS;
  }
  return countedS > 0 ? weighted / countedS : 0;
}

export function moodOfEnergy(energy: Share): MusicMood {
  return moodTops.find(([, top]) => energy < top)?.[0] ?? "euphoric";
}

/** The turning points of the energy: its first value, then every value where a heard change turned round, and the last. */
function turnsOf(blocks: readonly Block[]): number[] {
  const turns: number[] = [];
  for (const value of blocks.flatMap(({ energy }) => [energy.from, energy.to])) {
    const [before, last] = [turns.at(-2), turns.at(-1)];
    if (last === undefined) turns.push(value);
    else if (before !== undefined && (value - last) * (last - before) >= 0) turns[turns.length - 1] = value;
    else if (Math.abs(value - last) >= heardChange) turns.push(value);
  }
  return turns;
}

function arcOf(blocks: readonly Block[]): EnergyArc {
  const turns = turnsOf(blocks);
  const [first = 0, second = first] = turns;
  if (turns.length <= 1) return "level";
  if (turns.length === 2) return second > first ? "building" : "falling";
  return turns.length === 3 && second > first ? "peak" : "waves";
}

/** Mood and arc of a class's music. A class without blocks is calm and level. */
export function musicIntentOf(plan: { readonly blocks: readonly Block[] }): MusicIntent {
  const core = coreOf(plan.blocks);
  return { mood: moodOfEnergy(drivingThird(core)), arc: arcOf(core) };
}

/** What a mood asks for: the energy where a class asks for none, and in its most driving third. */
const moodEnergies: Readonly<Record<MusicMood, readonly [calmest: Share, driving: Share]>> = {
  calm: [0.1, 0.34],
  steady: [0.4, 0.52],
  driving: [0.45, 0.74],
  euphoric: [0.65, 0.92],
};

/** The same blocks with the energy they ask of their music drawn into a mood; what they ask of the body stays. */
export function inMood(blocks: readonly Block[], mood: MusicMood): readonly Block[] {
  const most = drivingThird(coreOf(blocks));
  const [calmest, driving] = moodEnergies[mood];
  const bent = (energy: Share): Share =>
    Math.min(1, calmest + (driving - calmest) * (most > 0 ? energy / most : 1));
  return blocks.map((block) => ({
    ...block,
    energy: { from: bent(block.energy.from), to: bent(block.energy.to) },
  }));
}
