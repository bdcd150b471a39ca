/** What can be done to a grid, each with its name, its key, and how it is done at a place. */
import {
  barBegins,
  beatLengthOf,
  beatsPerBarOf,
  closestBeatsS,
  doubled,
  evenGrid,
  firstBeatAt,
  halved,
  movedHalfABeat,
  shifted,
  snapped,
} from "#domain/beat-grid/edit.ts";
import { refinedLine, tappedLine, type OnsetStrength } from "#domain/beat-grid/tapped.ts";
import type { Edit } from "./use-grid-editor.ts";

/** A nudge one can just hear against a click. */
export const nudgeS = 0.01;
/** Beats at half the tempo of a slow ballad apart are the slowest that halving leaves. */
const longestBeatS = 3;
/** An onset further from a beat than this is another one. */
const snapReachS = 0.07;

export interface GridAction {
  readonly label: string;
  /** Lower case; also with Shift held. */
  readonly key: string;
  readonly group: "tempo" | "place" | "here";
  /** Null where it makes no sense for this grid. */
  readonly at: (atS: number) => Edit;
}

export const gridActions: readonly GridAction[] = [
  {
    label: "Half",
    key: "h",
    group: "tempo",
    at: () => (part) => (beatLengthOf(part.beatsS) * 2 > longestBeatS ? part : halved(part)),
  },
  {
    label: "Double",
    key: "d",
    group: "tempo",
    at: () => (part) => (beatLengthOf(part.beatsS) / 2 < closestBeatsS ? part : doubled(part)),
  },
  {
    label: "10 ms earlier",
    key: ",",
    group: "place",
    at: () => (part, region) => shifted(part, region, -nudgeS),
  },
  {
    label: "10 ms later",
    key: ".",
    group: "place",
    at: () => (part, region) => shifted(part, region, nudgeS),
  },
  { label: "Half a beat later", key: "o", group: "place", at: () => movedHalfABeat },
  {
    label: "First beat here",
    key: "f",
    group: "here",
    at: (atS) => (part, region) => firstBeatAt(part, region, atS),
  },
  { label: "Bar begins here", key: "b", group: "here", at: (atS) => (part) => barBegins(part, atS) },
];

/** Strongest moments of the music: where the onset curve peaks above its neighbourhood. */
function onsetTimes({ values, rate }: OnsetStrength): number[] {
  const times: number[] = [];
  let mean = 0;
  for (let i = 0; i < values.length; i++) mean += (values[i] ?? 0) / values.length;
  for (let i = 1; i + 1 < values.length; i++) {
    const value = values[i] ?? 0;
    if (value > mean && value >= (values[i - 1] ?? 0) && value > (values[i + 1] ?? 0)) times.push(i / rate);
  }
  return times;
}

export function snapTo(onsets: OnsetStrength): Edit {
  const times = onsetTimes(onsets);
  return (part) => snapped(part, times, snapReachS);
}

/** Even beats at a tempo, through the beat nearest to `atS` where there is one. */
export function atTempo(tempoBpm: number, atS: number): Edit {
  return (part, region) => {
    const anchorS = part.beatsS.findLast((beatS) => beatS <= atS) ?? part.beatsS[0] ?? atS;
    return evenGrid(region, anchorS, 60 / tempoBpm, beatsPerBarOf(part));
  };
}

/** Even beats through taps, brought onto the music; null when the taps are no pulse. */
export function onTaps(tapsS: readonly number[], onsets: OnsetStrength | null): Edit | null {
  const line = tappedLine(tapsS);
  if (line === null) return null;
  return (part, region) => {
    const { startS, beatS } = onsets === null ? line : refinedLine(line, tapsS, onsets, region);
    return evenGrid(region, startS, beatS, beatsPerBarOf(part));
  };
}
