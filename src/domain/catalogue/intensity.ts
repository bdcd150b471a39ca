import type { Block, Intensity } from "../class-plan.ts";

/** Short hard efforts mark a class more than their time does: a high power mean lets eight sprints count for what they are. */
const meanPower = 6;
const bands: readonly { readonly below: number; readonly intensity: Intensity }[] = [
  { below: 3.35, intensity: "easy" },
  { below: 5.2, intensity: "moderate" },
  { below: 6.9, intensity: "hard" },
  { below: Infinity, intensity: "very hard" },
];

/** Exertion of the work as one number, 0..10: the sixth-power mean of CR10 over everything but warm-up and cool-down. */
export function workExertion(blocks: readonly Block[]): number {
  const rated = blocks.filter((block) => block.rpe !== null);
  const core = rated.filter((block) => block.kind !== "warm-up" && block.kind !== "cool-down");
  const counted = core.length > 0 ? core : rated;
  const timeS = counted.reduce((sum, block) => sum + block.durationS, 0);
  const weighted = counted.reduce((sum, block) => sum + block.durationS * (block.rpe ?? 0) ** meanPower, 0);
  return timeS > 0 ? (weighted / timeS) ** (1 / meanPower) : 0;
}

/** The intensity band that the work of these blocks amounts to. */
export function intensityOfWork(blocks: readonly Block[]): Intensity {
  const exertion = workExertion(blocks);
  return bands.find((band) => exertion < band.below)?.intensity ?? "very hard";
}
