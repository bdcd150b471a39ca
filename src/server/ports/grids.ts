import type { KeptGrid } from "#domain/beat-grid/kept.ts";
import type { BeatGrid } from "#domain/track.ts";

export interface TrackGrids {
  readonly analysed: BeatGrid;
  readonly kept: KeptGrid | null;
}

/**
 * Beat grids made by people, apart from what analysis found: a scan never touches them, and they outlive their track, so
 * that a file that comes back has its grid again. Tracks are read with the kept grid in place of the analysed one.
 */
export interface GridStore {
  /** Insert or replace. */
  putGrid(trackId: string, grid: KeptGrid): Promise<void>;
  /** Back to what analysis found. */
  removeGrid(trackId: string): Promise<void>;
  /** Null when there is no such track. */
  gridsOf(trackId: string): Promise<TrackGrids | null>;
}
