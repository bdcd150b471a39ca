/** Secrets that people and browsers hold. */
export interface Credentials {
  /** A new unguessable token (256 bits, base64url). */
  newToken(): string;
  /** What the store keeps instead of the token: its SHA-256, hex. */
  tokenHash(token: string): string;
  /** A slow, salted hash with its parameters inside. */
  hashPassword(password: string): Promise<string>;
  /** Without a hash it takes as long and answers false, so that nobody learns from the time whether there is one. */
  verifyPassword(password: string, hash: string | null): Promise<boolean>;
  /** A new random identity that sorts by its time (UUIDv7). */
  newId(nowMs: number): string;
}
