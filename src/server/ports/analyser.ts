import type { TrackProfile, TrackTags } from "#domain/track.ts";

export interface AnalysedFile {
  /** SHA-256 of the file's bytes, hex: the same music at another path is the same track. */
  readonly contentHash: string;
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
