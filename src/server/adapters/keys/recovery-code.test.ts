import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { SealError } from "#server/ports/sealer.ts";
import { fromRecoveryCode, toRecoveryCode } from "./recovery-code.ts";

const aKey = fc.uint8Array({ minLength: 32, maxLength: 32 });

test("a key survives paper, a careless hand and a small alphabet", () => {
  fc.assert(
    fc.property(aKey, (key) => {
      const code = toRecoveryCode(key);
      assert.match(code, /^([0-9A-HJKMNP-TV-Z]{5}-){11}[0-9A-HJKMNP-TV-Z]$/);
      assert.deepEqual(fromRecoveryCode(code), key);
      const careless = code.toLowerCase().replaceAll("-", " ").replaceAll("0", "o").replaceAll("1", "l");
      assert.deepEqual(fromRecoveryCode(careless), key);
    }),
  );
});

test("a wrong letter, a missing one, or two swapped are noticed", () => {
  fc.assert(
    fc.property(aKey, fc.nat(55), fc.nat(30), (key, at, step) => {
      const letters = toRecoveryCode(key).replaceAll("-", "").split("");
      const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
      const wrong = letters.with(at, alphabet[(alphabet.indexOf(letters[at] ?? "") + 1 + step) % 32] ?? "");
      assert.throws(() => fromRecoveryCode(wrong.join("")), SealError);
      assert.throws(() => fromRecoveryCode(letters.toSpliced(at, 1).join("")), SealError);
      const swapped = letters.with(at, letters[(at + 1) % 56] ?? "").with((at + 1) % 56, letters[at] ?? "");
      if (swapped.join("") !== letters.join("")) {
        assert.throws(() => fromRecoveryCode(swapped.join("")), SealError);
      }
    }),
  );
});
