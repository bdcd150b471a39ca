/** A data key as it lies in the store: encrypted under its person's key, which the keystore holds. */
export interface WrappedDataKey {
  readonly personId: string;
  readonly category: string;
  /** Counts the keys of a person and category, from 0; new rows are sealed with the newest. */
  readonly generation: number;
  readonly wrapped: Uint8Array;
}

export interface DataKeyStore {
  /** Adds a key and answers the one that is there now: of two at once the first stays. */
  addDataKey(key: WrappedDataKey): Promise<WrappedDataKey>;
  /** The same key, wrapped anew. */
  rewrapDataKey(key: WrappedDataKey): Promise<void>;
  /** By category, then generation. */
  dataKeysOf(personId: string): Promise<readonly WrappedDataKey[]>;
}
