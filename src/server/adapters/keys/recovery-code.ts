/** A key on paper: Crockford's base32 in groups of five, with a checksum, so that a slip of the pen is noticed. */
import { createHash } from "node:crypto";
import { SealError } from "#server/ports/sealer.ts";
import { keyBytes } from "./aes-gcm.ts";

/** No I, L, O or U: nothing that is misread or misheard. */
const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const checksumBytes = 3;
const groupLength = 5;
const bitsPerLetter = 5;

function checksum(key: Uint8Array): Buffer {
  return createHash("sha256").update("upbeat recovery").update(key).digest().subarray(0, checksumBytes);
}

/** 280 bits as 56 letters. */
export function toRecoveryCode(key: Uint8Array): string {
  const bytes = Buffer.concat([key, checksum(key)]);
  const letters: string[] = [];
  for (let bit = 0; bit < bytes.byteLength * 8; bit += bitsPerLetter) {
    const pair = (bytes.readUInt8(bit >> 3) << 8) | (bytes[(bit >> 3) + 1] ?? 0);
    letters.push(alphabet[(pair >> (16 - bitsPerLetter - (bit & 7))) & 31] ?? "");
  }
  return letters.join("").replaceAll(new RegExp(`.{${groupLength}}(?=.)`, "g"), "$&-");
}

/** Reads what somebody typed: any case, any spacing, O for 0 and I or L for 1. Throws `SealError` when it is not a key. */
export function fromRecoveryCode(code: string): Uint8Array {
  const letters = code.toUpperCase().replaceAll(/[\s-]/g, "").replaceAll("O", "0").replaceAll(/[IL]/g, "1");
  const values = letters.split("").map((letter) => alphabet.indexOf(letter));
  const total = keyBytes + checksumBytes;
  if (values.length * bitsPerLetter !== total * 8 || values.includes(-1)) {
    throw new SealError("That is not a recovery code: it has 56 letters and digits.");
  }
  const bits = values.map((value) => value.toString(2).padStart(bitsPerLetter, "0")).join("");
  const bytes = Uint8Array.from({ length: total }, (_, at) =>
    Number.parseInt(bits.slice(at * 8, at * 8 + 8), 2),
  );
  const key = bytes.subarray(0, keyBytes);
  if (!checksum(key).equals(bytes.subarray(keyBytes))) {
    throw new SealError("A letter of the recovery code is wrong.");
  }
  return key;
}
