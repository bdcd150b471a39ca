/** Secrets that people and browsers hold. */
export interface Credentials {
  /** A new unguessable token (256 bits, base64url). */
  newToken(): string;
  /** What the store keeps instead of the token: its SHA-256, hex. */
  tokenHash(token: string): string;
  /** A slow, salted hash with its parameters inside. */
  hashPassword(password: string): Promise<string>;
  verifyPassword(password: string, hash: string): Promise<boolean>;
  /** A new random identity that sorts by its time (UUIDv7). */
  newId(nowMs: number): string;
}
