/** A file of an archive; `path` with "/" between its parts. */
export interface ArchiveFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** Packs files, one after the other as they come, so that a long history need not fit into memory. */
export type WriteArchive = (files: AsyncIterable<ArchiveFile>) => AsyncIterable<Uint8Array>;
