/** What was done to a grid, so that it can be undone. */
import type { BeatGrid } from "../track.ts";

/** Deeper than anybody goes back; bounds the memory for long tracks. */
export const maxSteps = 200;

export interface GridStep {
  readonly grid: BeatGrid;
  /** What was done to come here: "Doubled". */
  readonly label: string;
}

export interface GridHistory {
  readonly past: readonly GridStep[];
  readonly present: GridStep;
  readonly future: readonly GridStep[];
}

export function startHistory(grid: BeatGrid): GridHistory {
  return { past: [], present: { grid, label: "" }, future: [] };
}

function sameTimes(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((time, index) => time === b[index]);
}

export function sameGrid(a: BeatGrid, b: BeatGrid): boolean {
  return sameTimes(a.beatsS, b.beatsS) && sameTimes(a.downbeatsS, b.downbeatsS);
}

/** Adds a step and forgets what was undone. An edit that changed nothing is no step. */
export function did(history: GridHistory, label: string, grid: BeatGrid): GridHistory {
  if (sameGrid(history.present.grid, grid)) return history;
  return {
    past: [...history.past, history.present].slice(-maxSteps),
    present: { grid, label },
    future: [],
  };
}

export function undone(history: GridHistory): GridHistory {
  const present = history.past.at(-1);
  if (present === undefined) return history;
  return { past: history.past.slice(0, -1), present, future: [history.present, ...history.future] };
}

export function redone(history: GridHistory): GridHistory {
  const [present, ...future] = history.future;
  if (present === undefined) return history;
  return { past: [...history.past, history.present], present, future };
}
