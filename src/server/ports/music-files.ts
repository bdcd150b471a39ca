/** What a walk through a music folder meets. */
export type FoundFile =
  | { readonly path: string; readonly sizeBytes: number; readonly modifiedMs: number }
  /** A file or folder that could not be read; whatever lies beneath it is unknown. */
  | { readonly path: string; readonly reason: string };

export interface MusicFiles {
  /** Everything under `folder`, in subfolders too, whose name looks like audio. Each folder once, however it is linked. */
  walk(folder: string): AsyncIterable<FoundFile>;
  /** Whether `path` is `folder` or lies beneath it. */
  isUnder(path: string, folder: string): boolean;
}
