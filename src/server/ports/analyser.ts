import type { TrackProfile, TrackTags } from "#domain/track.ts";

export interface AnalysedFile {
  readonly profile: TrackProfile;
  readonly tags: TrackTags;
  readonly cover: { readonly mimeType: string; readonly bytes: Uint8Array } | null;
}

/** The file cannot become a track; `message` is one clear line for its owner. */
export class UnusableFileError extends Error {
  override name = "UnusableFileError";
}

/** Turns an audio file into a track profile, in worker threads. */
export interface Analyser {
  /** Rejects with `UnusableFileError` when the file is broken, empty, mislabelled, too long or without audio. */
  analyse(path: string): Promise<AnalysedFile>;
  close(): Promise<void>;
}
