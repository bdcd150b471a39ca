/** The geometry of the class profile: pure numbers, drawn by class-profile.tsx in a box `boxWidth` wide. */
import type { Block, Ramp } from "#domain/class-plan.ts";
import type { SeriesRow } from "#domain/workout.ts";
import { clamp, lerp } from "#domain/units.ts";

/** What the drawing needs of a block; `kind` is free text because it comes from the API. */
export type ProfileBlock = Omit<Block, "kind"> & { readonly kind: string };

/** A track over the class, as planned or as it was played. */
export interface ProfileTrack {
  readonly trackId: string;
  readonly startS: number;
  readonly endS: number;
  readonly title: string;
  readonly artist: string;
  readonly energy: number;
  readonly tempoBpm: number;
  /** Playback rate against the original; null where only what was played is known. */
  readonly stretch: number | null;
  readonly why: readonly string[];
}

export const boxWidth = 1000;
export const boxHeight = 100;
/** The line between the body above and the music beneath it. */
const waterlineY = 66;
/** Power as a share of FTP that fills the height: harder is for seconds only. */
const fullPowerShare = 1.35;
/** Rest still shows as a step. */
const lowestEffort = 0.06;
/** Most of training happens between a third and two thirds of what is possible: bend the scale so that it shows. */
const heightExponent = 0.8;

/** How hard a block is, 0..1 at its start and end: power first, then perceived effort, heart-rate zone, music energy. */
export function effortOf(block: ProfileBlock): Ramp {
  const scaled = (ramp: Ramp, full: number) => ({
    from: clamp(ramp.from / full, lowestEffort, 1),
    to: clamp(ramp.to / full, lowestEffort, 1),
  });
  if (block.power !== null) return scaled(block.power, fullPowerShare);
  if (block.rpe !== null) return scaled({ from: block.rpe, to: block.rpe }, 10);
  if (block.hrZone !== null) return scaled({ from: block.hrZone, to: block.hrZone }, 5.5);
  return scaled(block.energy, 1);
}

const round = (value: number) => Math.round(value * 100) / 100;

export interface Frame {
  readonly durationS: number;
  /** Where effort 0 lies; the whole height without music. */
  readonly baseY: number;
}

export function frameOf(durationS: number, hasMusic: boolean): Frame {
  return { durationS: Math.max(1, durationS), baseY: hasMusic ? waterlineY : boxHeight };
}

export function xOf(frame: Frame, tS: number): number {
  return (clamp(tS, 0, frame.durationS) / frame.durationS) * boxWidth;
}

function effortY(frame: Frame, effort: number): number {
  return frame.baseY - clamp(effort, 0, 1) ** heightExponent * (frame.baseY - 4);
}

/** The effort of the step that ends at this height: `effortY` the other way round. */
export function effortAtY(frame: Frame, y: number): number {
  return clamp((frame.baseY - y) / (frame.baseY - 4), 0, 1) ** (1 / heightExponent);
}

/** Power as a share of FTP, and exertion of 10, of a step this high. */
export function targetsAtEffort(effort: number): { readonly power: number; readonly rpe: number } {
  return { power: effort * fullPowerShare, rpe: effort * 10 };
}

/** The upper corners of a block's step. */
export function cornersOf(
  frame: Frame,
  block: ProfileBlock,
): { x1: number; x2: number; y1: number; y2: number } {
  const effort = effortOf(block);
  return {
    x1: round(xOf(frame, block.startS)),
    x2: round(xOf(frame, block.startS + block.durationS)),
    y1: round(effortY(frame, effort.from)),
    y2: round(effortY(frame, effort.to)),
  };
}

export interface Step {
  /** Corners of the filled step, for `points`. */
  readonly points: string;
  /** Its upper edge, for `d`. */
  readonly edge: string;
  /** Mean effort 0..1: decides the colour. */
  readonly effort: number;
}

export function stepOf(frame: Frame, block: ProfileBlock): Step {
  const effort = effortOf(block);
  const { x1, x2, y1, y2 } = cornersOf(frame, block);
  return {
    points: `${x1},${frame.baseY} ${x1},${y1} ${x2},${y2} ${x2},${frame.baseY}`,
    edge: `M${x1} ${y1}L${x2} ${y2}`,
    effort: (effort.from + effort.to) / 2,
  };
}

export interface CadenceScale {
  readonly low: number;
  readonly high: number;
}

/** The range of cadence the class asks for, widened so that a flat class is a line in the middle. Null without targets. */
export function cadenceScaleOf(blocks: readonly ProfileBlock[]): CadenceScale | null {
  const targets = blocks.flatMap((block) =>
    block.cadence === null ? [] : [block.cadence.from, block.cadence.to],
  );
  if (targets.length === 0) return null;
  const [low, high] = [Math.min(...targets), Math.max(...targets)];
  const margin = Math.max(6, (high - low) * 0.35);
  return { low: low - margin, high: high + margin };
}

function cadenceY(frame: Frame, scale: CadenceScale, cadence: number): number {
  const share = clamp((cadence - scale.low) / (scale.high - scale.low), 0, 1);
  return round(lerp(frame.baseY - 2, 4, share));
}

/** The fine line of target cadence; it breaks where a block has none. */
export function cadenceLine(frame: Frame, blocks: readonly ProfileBlock[]): string {
  const scale = cadenceScaleOf(blocks);
  if (scale === null) return "";
  let path = "";
  let drawing = false;
  for (const { cadence, startS, durationS } of blocks) {
    if (cadence === null) {
      drawing = false;
      continue;
    }
    const from = `${round(xOf(frame, startS))} ${cadenceY(frame, scale, cadence.from)}`;
    const to = `${round(xOf(frame, startS + durationS))} ${cadenceY(frame, scale, cadence.to)}`;
    path += `${drawing ? "L" : "M"}${from}L${to}`;
    drawing = true;
  }
  return path;
}

function bandHeight(energy: number): number {
  return lerp(7, boxHeight - bandTopY, clamp(energy, 0, 1));
}

/** How high the bands would be of music with just the energy the class asks for. */
export function energyLine(frame: Frame, blocks: readonly ProfileBlock[]): string {
  const corners = blocks.flatMap(({ startS, durationS, energy }) => [
    `${round(xOf(frame, startS))} ${round(bandTopY + bandHeight(energy.from))}`,
    `${round(xOf(frame, startS + durationS))} ${round(bandTopY + bandHeight(energy.to))}`,
  ]);
  return corners.length === 0 ? "" : `M${corners.join("L")}`;
}

export interface Band {
  readonly x: number;
  readonly width: number;
  readonly y: number;
  readonly height: number;
  /** Vertical cuts, one every `beatsPerCut` beats: the texture is the beat density. */
  readonly cuts: string;
}

/** Eight bars of four: closer cuts blur into grey on a phone. */
const beatsPerCut = 32;
const bandTopY = waterlineY + 3;

/** A track's band hangs from the waterline; the more energy, the deeper. */
export function bandOf(frame: Frame, track: ProfileTrack): Band {
  const x = xOf(frame, track.startS);
  const width = Math.max(0, xOf(frame, track.endS) - x);
  const height = bandHeight(track.energy);
  const cutS = track.tempoBpm > 0 ? (60 / track.tempoBpm) * beatsPerCut : Infinity;
  let cuts = "";
  for (let tS = track.startS + cutS; tS < track.endS - cutS / 4; tS += cutS) {
    cuts += `M${round(xOf(frame, tS))} ${bandTopY}v${round(height)}`;
  }
  return { x: round(x), width: round(width), y: bandTopY, height: round(height), cuts };
}

/** Points a line of measured values is reduced to; more cannot be seen. */
const maxPoints = 360;

/** Means of `rows` in even slices of the frame; null where nothing was measured. */
function slices(
  frame: Frame,
  rows: readonly SeriesRow[],
  channel: "cadence" | "powerW",
): { tS: number; value: number | null }[] {
  const sliceS = Math.max(1, frame.durationS / maxPoints);
  const sums = new Map<number, { sum: number; many: number }>();
  for (const row of rows) {
    const value = row[channel];
    const index = Math.floor(row.tS / sliceS);
    const slice = sums.get(index) ?? { sum: 0, many: 0 };
    sums.set(index, value === null ? slice : { sum: slice.sum + value, many: slice.many + 1 });
  }
  return [...sums.entries()]
    .sort(([a], [b]) => a - b)
    .map(([index, { sum, many }]) => ({
      tS: (index + 0.5) * sliceS,
      value: many === 0 ? null : sum / many,
    }));
}

function lineOf(frame: Frame, points: readonly { tS: number; y: number | null }[]): string {
  let drawing = false;
  return points
    .map(({ tS, y }) => {
      if (y === null) {
        drawing = false;
        return "";
      }
      const command = drawing ? "L" : "M";
      drawing = true;
      return `${command}${round(xOf(frame, tS))} ${round(y)}`;
    })
    .join("");
}

/** What the body really did, on the scales of the targets: power over the steps, cadence over the cadence line. */
export function doneLines(
  frame: Frame,
  rows: readonly SeriesRow[],
  blocks: readonly ProfileBlock[],
  ftpW: number,
): { readonly power: string; readonly cadence: string } {
  const scale = cadenceScaleOf(blocks);
  const power = slices(frame, rows, "powerW").map(({ tS, value }) => ({
    tS,
    y: value === null ? null : effortY(frame, value / ftpW / fullPowerShare),
  }));
  const cadence = slices(frame, rows, "cadence").map(({ tS, value }) => ({
    tS,
    y: value === null || scale === null ? null : cadenceY(frame, scale, value),
  }));
  return { power: lineOf(frame, power), cadence: lineOf(frame, cadence) };
}
