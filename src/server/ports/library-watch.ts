/** How far the library is: shown on the music page through server-sent events and in the terminal. */
export interface LibraryProgress {
  readonly state: "idle" | "composing" | "scanning";
  readonly done: number;
  readonly total: number;
  readonly failed: number;
  readonly tracksPerMinute: number;
  readonly secondsLeft: number | null;
  /** What is being worked on: a title or file name. */
  readonly current: string | null;
}

export interface LibraryWatch {
  current(): LibraryProgress;
  publish(progress: LibraryProgress): void;
  /** Returns the unsubscribe function. */
  subscribe(listener: (progress: LibraryProgress) => void): () => void;
}
