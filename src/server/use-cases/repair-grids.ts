import { gridFault } from "#domain/beat-grid/check.ts";
import type { BeatGrid, Track } from "#domain/track.ts";
import { UnusableFileError, type AnalysedFile, type Analyser } from "#server/ports/analyser.ts";
import type { GridStore } from "#server/ports/grids.ts";
import type { SoundStore } from "#server/ports/sounds.ts";
import type { TrackStore } from "#server/ports/store.ts";
import { Refusal } from "./refusal.ts";

export interface RepairDeps {
  readonly tracks: TrackStore;
  readonly grids: GridStore;
  readonly sounds: SoundStore;
  readonly analyser: Pick<Analyser, "analyse">;
}

/** Beat grids by hand. Everything rejects with `Refusal` when there is no such track or the grid cannot be used. */
export interface RepairGrids {
  /** What analysis found, whatever is kept. */
  analysed(trackId: string): Promise<BeatGrid>;
  keep(trackId: string, grid: BeatGrid): Promise<Track>;
  /** Back to what analysis found. */
  revert(trackId: string): Promise<Track>;
  /** Listens to the file once more; a kept grid stays. */
  analyseAgain(trackId: string): Promise<BeatGrid>;
}

export async function trackOf(tracks: TrackStore, trackId: string): Promise<Track> {
  const track = await tracks.getTrack(trackId);
  if (track === null) throw new Refusal("not-found", "There is no such track.");
  return track;
}

/** Analyses the file of a track. */
export async function listenTo(
  { tracks, analyser }: Pick<RepairDeps, "tracks" | "analyser">,
  trackId: string,
): Promise<{ path: string; found: AnalysedFile }> {
  const path = await tracks.audioPath(trackId);
  if (path === null) throw new Refusal("not-found", "There is no such track.");
  try {
    return { path, found: await analyser.analyse(path) };
  } catch (error) {
    if (!(error instanceof UnusableFileError)) throw error;
    throw new Refusal("conflict", `The file cannot be analysed now: ${error.message}.`);
  }
}

export function createRepairGrids(deps: RepairDeps): RepairGrids {
  const { tracks, grids, sounds } = deps;
  return {
    async analysed(trackId) {
      const found = await grids.gridsOf(trackId);
      if (found === null) throw new Refusal("not-found", "There is no such track.");
      return found.analysed;
    },
    async keep(trackId, grid) {
      const { profile } = await trackOf(tracks, trackId);
      const fault = gridFault(grid, profile.durationS);
      if (fault !== null) throw new Refusal("invalid", `The grid cannot be kept: ${fault}.`);
      await grids.putGrid(trackId, { ...grid, origin: "edited" });
      return trackOf(tracks, trackId);
    },
    async revert(trackId) {
      await trackOf(tracks, trackId);
      await grids.removeGrid(trackId);
      return trackOf(tracks, trackId);
    },
    async analyseAgain(trackId) {
      const track = await trackOf(tracks, trackId);
      if (track.source === "demo") {
        throw new Refusal("conflict", "Upbeat composed this track and knows its beats exactly.");
      }
      const { path, found } = await listenTo(deps, trackId);
      const file = await tracks.getFile(path);
      if (file === null) throw new Refusal("not-found", "There is no such track.");
      await tracks.putTrack({ ...track, profile: found.profile }, file, await tracks.getCover(trackId));
      await sounds.putSound(trackId, found.sound);
      return found.profile;
    },
  };
}
