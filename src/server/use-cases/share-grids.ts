import { matchFingerprints } from "#analysis/fingerprint-match.ts";
import { fingerprintAlgorithm } from "#analysis/fingerprint.ts";
import { gridFault } from "#domain/beat-grid/check.ts";
import type { BeatGrid, Track } from "#domain/track.ts";
import { clamp } from "#domain/units.ts";
import { GridFileError, gridFileOf, readGridFile, type GridFile } from "#protocol/grid-file.ts";
import { listenTo, trackOf, type RepairDeps } from "./repair-grids.ts";
import { Refusal } from "./refusal.ts";

export interface ImportedGrid {
  readonly track: Track;
  /** The music begins this much later in this library's file. */
  readonly offsetS: number;
  /** Share of the fingerprints' bits that differ. */
  readonly difference: number;
}

/** Beat grids without their audio. Rejects with `Refusal` when there is no such track or the file cannot be used. */
export interface ShareGrids {
  exportGrid(trackId: string): Promise<GridFile>;
  /** Finds the recording in the library and keeps the grid for it, moved to where the music lies in its file. */
  importGrid(file: unknown): Promise<ImportedGrid>;
}

/** Files of one recording differ by this much in length: silence at both ends. */
const lengthReachS = 20;

/** Where the music lies is known this well: a beat on the very edge of a file stays in it. */
const edgeS = 0.005;

function movedGrid({ beatsS, downbeatsS }: BeatGrid, byS: number, durationS: number): BeatGrid {
  const move = (timesS: readonly number[]): number[] =>
    timesS
      .map((timeS) => timeS + byS)
      .filter((timeS) => timeS >= -edgeS && timeS <= durationS + edgeS)
      .map((timeS) => clamp(timeS, 0, durationS));
  return { beatsS: move(beatsS), downbeatsS: move(downbeatsS) };
}

function gridFileIn(value: unknown): GridFile {
  try {
    const file = readGridFile(value);
    if (file.fingerprint.algorithm === fingerprintAlgorithm) return file;
    throw new GridFileError("This grid file's fingerprint is of a kind this Upbeat does not know.");
  } catch (error) {
    if (error instanceof GridFileError) throw new Refusal("invalid", error.message);
    throw error;
  }
}

/** The track that the file's recording is, nearest first. */
async function recordingOf(deps: RepairDeps, { durationS, fingerprint }: GridFile): Promise<ImportedGrid> {
  const heard = Buffer.from(fingerprint.data, "base64");
  let best: { trackId: string; offsetS: number; difference: number } | null = null;
  for (const known of await deps.sounds.soundsLasting(durationS - lengthReachS, durationS + lengthReachS)) {
    const match = matchFingerprints(heard, known.fingerprint);
    if (match === null || match.errorShare >= (best?.difference ?? 1)) continue;
    best = { trackId: known.trackId, offsetS: match.offsetS, difference: match.errorShare };
  }
  if (best === null) throw new Refusal("not-found", "No track of your library is this recording.");
  return {
    track: await trackOf(deps.tracks, best.trackId),
    offsetS: best.offsetS,
    difference: best.difference,
  };
}

async function fingerprintOf(deps: RepairDeps, trackId: string): Promise<Uint8Array> {
  const known = await deps.sounds.getSound(trackId);
  if (known !== null) return known.fingerprint;
  const { found } = await listenTo(deps, trackId);
  await deps.sounds.putSound(trackId, found.sound);
  return found.sound.fingerprint;
}

export function createShareGrids(deps: RepairDeps): ShareGrids {
  const { tracks, grids } = deps;
  return {
    async exportGrid(trackId) {
      const { title, artist, profile } = await trackOf(tracks, trackId);
      if (profile.beatsS.length === 0) throw new Refusal("conflict", "This track has no grid to export.");
      const data = Buffer.from(await fingerprintOf(deps, trackId)).toString("base64");
      const { durationS, beatsS, downbeatsS } = profile;
      const fingerprint = { algorithm: fingerprintAlgorithm, data };
      return gridFileOf({
        title,
        artist,
        durationS,
        beatsS: [...beatsS],
        downbeatsS: [...downbeatsS],
        fingerprint,
      });
    },
    async importGrid(value) {
      const file = gridFileIn(value);
      const { track, offsetS, difference } = await recordingOf(deps, file);
      if (track.gridOrigin === "edited") {
        throw new Refusal(
          "conflict",
          `“${track.title}” has a grid edited by hand, which stays. Revert that one first to import another.`,
        );
      }
      const { durationS } = track.profile;
      const moved = movedGrid(file, offsetS, durationS);
      const fault = gridFault(moved, durationS);
      if (fault !== null) throw new Refusal("invalid", `The grid does not fit its track: ${fault}.`);
      await grids.putGrid(track.id, { ...moved, origin: "imported" });
      return { track: await trackOf(tracks, track.id), offsetS, difference };
    },
  };
}
