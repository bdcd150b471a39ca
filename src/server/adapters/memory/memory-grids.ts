import type { GridStore } from "#server/ports/grids.ts";
import type { MusicShelf } from "./memory-tracks.ts";

export function memoryGrids({ tracks, kept }: MusicShelf): GridStore {
  return {
    async putGrid(trackId, grid) {
      kept.set(trackId, grid);
    },
    async removeGrid(trackId) {
      kept.delete(trackId);
    },
    async gridsOf(trackId) {
      const track = tracks.get(trackId);
      if (track === undefined) return null;
      const { beatsS, downbeatsS } = track.profile;
      return { analysed: { beatsS, downbeatsS }, kept: kept.get(trackId) ?? null };
    },
  };
}
