import { hash, randomBytes, scrypt, timingSafeEqual, type ScryptOptions } from "node:crypto";
import type { Credentials } from "#server/ports/credentials.ts";

/** OWASP's password storage sheet asks for at least N = 2^17, r = 8, p = 1: 128 MiB and a tenth of a second or more. */
const usualCostN = 2 ** 17;
const blockR = 8;
const parallelP = 1;
const saltBytes = 16;
const hashBytes = 32;
const tokenBytes = 32;
/** The work area of scrypt is 128 x N x r bytes; what a stored hash may ask for at most. */
const maxMemoryBytes = 256 * 1024 * 1024;

function derive(password: string, salt: Uint8Array, options: ScryptOptions): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const settings = { ...options, maxmem: maxMemoryBytes };
    scrypt(password.normalize("NFKC"), salt, hashBytes, settings, (error, key) => {
      if (error === null) resolve(key);
      else reject(error);
    });
  });
}

/** One derivation at a time: several at once would only take memory. */
function oneByOne(): <T>(task: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (task) => {
    const next = last.then(task);
    last = next.catch(() => undefined);
    return next;
  };
}

/** UUIDv7 (RFC 9562, 5.7): 48 bits of Unix time in ms, then 74 random bits. */
function uuidV7(nowMs: number): string {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(nowMs, 0, 6);
  bytes.writeUInt8(((bytes[6] ?? 0) & 0x0f) | 0x70, 6);
  bytes.writeUInt8(((bytes[8] ?? 0) & 0x3f) | 0x80, 8);
  const hex = bytes.toString("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

/** Passwords by scrypt, kept as `scrypt$N$r$p$salt$hash`. A lower cost is for tests only. */
export function scryptCredentials(costN = usualCostN): Credentials {
  const inTurn = oneByOne();
  return {
    newToken: () => randomBytes(tokenBytes).toString("base64url"),
    tokenHash: (token) => hash("sha256", token),
    newId: uuidV7,
    async hashPassword(password) {
      const salt = randomBytes(saltBytes);
      const key = await inTurn(() => derive(password, salt, { N: costN, r: blockR, p: parallelP }));
      return ["scrypt", costN, blockR, parallelP, salt.toString("base64url"), key.toString("base64url")].join(
        "$",
      );
    },
    async verifyPassword(password, hash) {
      if (hash === null) {
        await inTurn(() => derive(password, randomBytes(saltBytes), { N: costN, r: blockR, p: parallelP }));
        return false;
      }
      const [name, N, r, p, salt, key] = hash.split("$");
      if (name !== "scrypt" || salt === undefined || key === undefined) return false;
      const options = { N: Number(N), r: Number(r), p: Number(p) };
      const derived = await inTurn(() => derive(password, Buffer.from(salt, "base64url"), options));
      const expected = Buffer.from(key, "base64url");
      return expected.byteLength === derived.byteLength && timingSafeEqual(expected, derived);
    },
  };
}
