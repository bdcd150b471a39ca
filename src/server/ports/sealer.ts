/**
 * Encrypts what is intimate before it reaches a disk. Each person has data keys, one a category; they lie in the store,
 * wrapped by the person's own key, which a keystore outside the data folder and its backups holds.
 */

/** What sealed bytes are bound to: opening them under another context fails. */
export interface SealContext {
  readonly personId: string;
  /** e.g. "workout", "series": each has a data key of its own. */
  readonly category: string;
  readonly rowId: string;
}

export interface Sealer {
  seal(context: SealContext, plain: Uint8Array): Promise<Uint8Array>;
  /** Throws `SealError` when the bytes were changed, belong to another context, or the key is gone. */
  open(context: SealContext, sealed: Uint8Array): Promise<Uint8Array>;
  /**
   * A new key for the person and new data keys for what is sealed from now on. What is there stays readable. Interrupted,
   * it can be run again.
   */
  rotate(personId: string): Promise<void>;
  /** Ends a rotation that was interrupted, if there was one. */
  finishRotation(personId: string): Promise<void>;
  /** Destroys the person's key: nothing sealed for them opens again, here or in any backup. */
  destroy(personId: string): Promise<void>;
}

export class SealError extends Error {
  override name = "SealError";
}

/** Wraps data keys with one key per person. The key itself may never leave it (a token, a TPM). */
export interface Keystore {
  /** Encrypts with the person's newest key, made if there is none. `label` is authenticated with it. */
  wrap(personId: string, label: string, dataKey: Uint8Array): Promise<Uint8Array>;
  /** Throws `SealError` when the key is gone or the bytes are not what was wrapped under this label. */
  unwrap(personId: string, label: string, wrapped: Uint8Array): Promise<Uint8Array>;
  /** Makes a new key for wrapping; the one before still unwraps until `endRotation`. Again before that: no change. */
  beginRotation(personId: string): Promise<void>;
  endRotation(personId: string): Promise<void>;
  /** Whether a rotation was begun and has not ended. */
  isRotating(personId: string): Promise<boolean>;
  /** Destroys every key of the person. */
  destroy(personId: string): Promise<void>;
  /** The newest key, for a recovery kit; null when there is none, or it cannot leave. */
  exportKey(personId: string): Promise<Uint8Array | null>;
  /** Puts a key back that a recovery kit held. Throws `SealError` when another is there. */
  importKey(personId: string, key: Uint8Array): Promise<void>;
}
