/** Encrypts what is intimate before it reaches a disk. One key per person, held by a keystore outside the data folder. */

/** What sealed bytes are bound to: opening them under another context fails. */
export interface SealContext {
  readonly personId: string;
  /** e.g. "workout", "series" */
  readonly category: string;
  readonly rowId: string;
}

export interface Sealer {
  seal(context: SealContext, plain: Uint8Array): Promise<Uint8Array>;
  /** Throws `SealError` when the bytes were changed, belong to another context, or the key is gone. */
  open(context: SealContext, sealed: Uint8Array): Promise<Uint8Array>;
}

export class SealError extends Error {
  override name = "SealError";
}

/** Holds one 32-byte key per person. Destroying it makes everything of that person unreadable, backups included. */
export interface Keystore {
  getOrCreate(personId: string): Promise<Uint8Array>;
  get(personId: string): Promise<Uint8Array | null>;
  destroy(personId: string): Promise<void>;
}
