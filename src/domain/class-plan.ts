import type { ClassVideo } from "./class-video.ts";
import type { Cadence, Seconds, Share } from "./units.ts";
import { clamp, lerp } from "./units.ts";

export const sports = ["cycling", "running", "walking", "rowing", "strength", "mobility"] as const;
export type Sport = (typeof sports)[number];

export const intensities = ["easy", "moderate", "hard", "very hard"] as const;
export type Intensity = (typeof intensities)[number];

export const levels = ["beginner", "intermediate", "advanced"] as const;
export type Level = (typeof levels)[number];

/** A target that may move over its block: linear from its start to its end. */
export interface Ramp {
  readonly from: number;
  readonly to: number;
}

export const blockKinds = ["warm-up", "work", "recovery", "steady", "cool-down"] as const;
export type BlockKind = (typeof blockKinds)[number];

/** One interval of a class. Blocks touch: each starts where the one before ends. */
export interface Block {
  readonly startS: Seconds;
  readonly durationS: Seconds;
  readonly kind: BlockKind;
  /** Short name said and shown, such as "Hard 3 of 8". */
  readonly label: string;
  /** rpm for cycling, spm otherwise. */
  readonly cadence: Ramp | null;
  /** Share of FTP: 0.9 is 90 %. */
  readonly power: Ramp | null;
  /** 1..5 */
  readonly hrZone: number | null;
  /** Borg CR10: 0..10 */
  readonly rpe: number | null;
  /** What the music should feel like, 0..1. */
  readonly energy: Ramp;
}

/** Text for the athlete at a moment of the class, shown and spoken. */
export interface Cue {
  readonly atS: Seconds;
  readonly text: string;
}

/** An on-demand class. */
export interface ClassPlan {
  readonly id: string;
  readonly title: string;
  readonly sport: Sport;
  readonly durationS: Seconds;
  /** The protocol family it was made from, e.g. "over-unders"; "imported" for files. */
  readonly family: string;
  readonly description: string;
  readonly intensity: Intensity;
  readonly level: Level;
  readonly equipment: readonly string[];
  readonly lowImpact: boolean;
  readonly blocks: readonly Block[];
  readonly cues: readonly Cue[];
  /** Where a named protocol was described. */
  readonly citation: string | null;
  /** Only classes of one's own have one. */
  readonly video?: ClassVideo;
}

/** Index of the block that holds `tS`; the last block at and after the end; 0 before the start. */
export function blockIndexAt(
  plan: { readonly blocks: readonly Pick<Block, "startS">[] },
  tS: Seconds,
): number {
  let low = 0;
  let high = plan.blocks.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((plan.blocks[middle]?.startS ?? Infinity) <= tS) low = middle;
    else high = middle - 1;
  }
  return low;
}

export function rampAt(ramp: Ramp, share: Share): number {
  return lerp(ramp.from, ramp.to, clamp(share, 0, 1));
}

/** How far through `block` the moment `tS` lies, 0..1. */
export function shareOfBlock(block: Pick<Block, "startS" | "durationS">, tS: Seconds): Share {
  return block.durationS > 0 ? clamp((tS - block.startS) / block.durationS, 0, 1) : 1;
}

export interface Targets {
  readonly block: Block;
  readonly blockIndex: number;
  readonly cadence: Cadence | null;
  readonly powerShare: Share | null;
  readonly energy: Share;
}

/** What the class asks for at `tS`; null for a class without blocks. */
export function targetsAt(plan: Pick<ClassPlan, "blocks">, tS: Seconds): Targets | null {
  const blockIndex = blockIndexAt(plan, tS);
  const block = plan.blocks[blockIndex];
  if (block === undefined) return null;
  const share = shareOfBlock(block, tS);
  return {
    block,
    blockIndex,
    cadence: block.cadence === null ? null : rampAt(block.cadence, share),
    powerShare: block.power === null ? null : rampAt(block.power, share),
    energy: rampAt(block.energy, share),
  };
}
