/** A demo track's audio, complete and on disk. */
export interface ComposedFile {
  readonly path: string;
  readonly sizeBytes: number;
  readonly modifiedMs: number;
  readonly loudnessLufs: number;
  readonly truePeakDbtp: number;
}

/** The composer has been closed while it was at work. */
export class ComposerClosedError extends Error {
  override name = "ComposerClosedError";
}

/** Renders demo tracks into files, in worker threads. */
export interface DemoComposer {
  /** How many tracks it works on at once. */
  readonly lanes: number;
  /** Where a track's audio is or will be. */
  pathOf(trackId: string): string;
  /** Size of the finished file; null when it is not there. Files are there whole or not at all. */
  sizeOf(trackId: string): Promise<number | null>;
  /** Rejects with `ComposerClosedError` after `close`, otherwise with what went wrong (a full disk). */
  compose(trackId: string): Promise<ComposedFile>;
  close(): Promise<void>;
}
