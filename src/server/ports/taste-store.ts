/** A piece of what is known of a person's taste, sealed: what they said, or one import. */
export interface TasteRow {
  readonly personId: string;
  readonly id: string;
  readonly sealed: Uint8Array;
}

export interface TasteStore {
  /** Insert or replace. */
  putTaste(row: TasteRow): Promise<void>;
  /** By id. */
  tasteOf(personId: string): Promise<readonly TasteRow[]>;
  removeTaste(personId: string, id: string): Promise<void>;
  /** Taste (0..1) from before it was kept per person: it is the owner's, until it is forgotten here. */
  earlierTaste(): Promise<readonly { readonly trackId: string; readonly taste: number }[]>;
  forgetEarlierTaste(): Promise<void>;
}
