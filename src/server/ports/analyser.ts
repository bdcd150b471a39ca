import type { TrackProfile, TrackTags } from "#domain/track.ts";
import type { Sound } from "./sounds.ts";

export interface AnalysedFile {
  /** What makes it this track, wherever its file lies and however it is tagged. */
  readonly sound: Sound;
  readonly profile: TrackProfile;
  readonly tags: TrackTags;
  readonly cover: { readonly mimeType: string; readonly bytes: Uint8Array } | null;
}

/** The file cannot become a track; `message` is one clear line for its owner. */
export class UnusableFileError extends Error {
  override name = "UnusableFileError";
}

/** The analyser was closed while files were waiting. */
export class AnalyserClosedError extends Error {
  override name = "AnalyserClosedError";
}

/** Turns an audio file into a track profile, in worker threads. */
export interface Analyser {
  /** How many files it works on at once. */
  readonly lanes: number;
  /** Rejects with `UnusableFileError` when the file is broken, empty, mislabelled, too long or without audio, with `AnalyserClosedError` when closed. */
  analyse(path: string): Promise<AnalysedFile>;
  close(): Promise<void>;
}
