/** What the class profile says at one moment, in words. */
import { blockIndexAt, rampAt, shareOfBlock } from "#domain/class-plan.ts";
import { cadenceUnit, clock, count, percent, stretchText, withUnit } from "../format.ts";
import type { ProfileBlock, ProfileTrack } from "./shapes.ts";

export interface Reading {
  readonly atS: number;
  readonly block: string;
  readonly target: string;
  readonly track: ProfileTrack | null;
  /** "128 BPM, +1.2 %" */
  readonly music: string;
}

/** "85 rpm, 90 % of FTP", as far as the block says; without power its heart-rate zone, or else its effort. */
export function targetText(block: ProfileBlock, share: number, sport: string): string {
  const parts = [
    block.cadence === null ? null : withUnit(Math.round(rampAt(block.cadence, share)), cadenceUnit(sport)),
    block.power === null ? null : `${percent(rampAt(block.power, share))} of FTP`,
  ].filter((part) => part !== null);
  if (block.power === null && block.hrZone !== null) parts.push(`heart-rate zone ${block.hrZone}`);
  else if (block.power === null && block.rpe !== null) parts.push(`effort ${block.rpe} of 10`);
  return parts.length === 0 ? "free" : parts.join(", ");
}

export function musicText(track: ProfileTrack): string {
  const stretch = track.stretch ?? 1;
  const tempo = withUnit(Math.round(track.tempoBpm * stretch), "BPM");
  return track.stretch === null ? tempo : `${tempo}, ${stretchText(track.stretch)}`;
}

export function readingAt(
  blocks: readonly ProfileBlock[],
  tracks: readonly ProfileTrack[],
  sport: string,
  tS: number,
): Reading | null {
  const block = blocks[blockIndexAt({ blocks }, tS)];
  if (block === undefined) return null;
  const track = tracks.find(({ startS, endS }) => tS >= startS && tS < endS) ?? tracks.at(-1) ?? null;
  return {
    atS: tS,
    block: block.label,
    target: targetText(block, shareOfBlock(block, tS), sport),
    track,
    music: track === null ? "" : musicText(track),
  };
}

/** One line for those who do not see the drawing: "12 blocks in 45 min, hardest 110 % of FTP; 9 tracks." */
export function profileLabel(
  blocks: readonly ProfileBlock[],
  tracks: readonly ProfileTrack[],
  durationS: number,
): string {
  const powers = blocks.flatMap(({ power }) => (power === null ? [] : [power.from, power.to]));
  const hardest = powers.length === 0 ? "" : `, up to ${percent(Math.max(...powers))} of FTP`;
  const music = tracks.length === 0 ? "" : `; ${count(tracks.length, "track")} beneath`;
  return `Class profile: ${blocks.length} blocks in ${clock(durationS)}${hardest}${music}.`;
}

/** The blocks as they were really done, in workout time. A pass over a block that the class lacks is left out. */
export function doneBlocks(
  blocks: readonly ProfileBlock[],
  passes: readonly { readonly blockIndex: number; readonly startS: number; readonly endS: number }[],
): readonly ProfileBlock[] {
  return passes.flatMap(({ blockIndex, startS, endS }) => {
    const block = blocks[blockIndex];
    return block === undefined || endS <= startS ? [] : [{ ...block, startS, durationS: endS - startS }];
  });
}
