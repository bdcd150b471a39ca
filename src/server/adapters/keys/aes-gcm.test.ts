import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { SealError } from "#server/ports/sealer.ts";
import { decrypt, encryptWithIv } from "./aes-gcm.ts";

const bytes = (hex: string): Buffer => Buffer.from(hex, "hex");

/** AES-256 with 96-bit IVs: test cases 13 to 16 of McGrew and Viega, "The Galois/Counter Mode of Operation", appendix B. */
const key = "feffe9928665731c6d6a8f9467308308".repeat(2);
const plain =
  "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b391aafd255";
const cipherText =
  "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662898015ad";
const published = [
  {
    key: "00".repeat(32),
    iv: "00".repeat(12),
    aad: "",
    msg: "",
    ct: "",
    tag: "530f8afbc74536b9a963b4f1c4cb738b",
  },
  {
    key: "00".repeat(32),
    iv: "00".repeat(12),
    aad: "",
    msg: "00".repeat(16),
    ct: "cea7403d4d606b6e074ec5d3baf39d18",
    tag: "d0d1c8a799996bf0265b98b5d48ab919",
  },
  {
    key,
    iv: "cafebabefacedbaddecaf888",
    aad: "",
    msg: plain,
    ct: cipherText,
    tag: "b094dac5d93471bdec1a502270e3cc6c",
  },
  {
    key,
    iv: "cafebabefacedbaddecaf888",
    aad: "feedfacedeadbeeffeedfacedeadbeefabaddad2",
    msg: plain.slice(0, 120),
    ct: cipherText.slice(0, 120),
    tag: "76fc6ece0f4e1768cddf8853bb2d551b",
  },
];

test("agrees with the published vectors, both ways", () => {
  for (const { key: hexKey, iv, aad, msg, ct, tag } of published) {
    const sealed = bytes(iv + ct + tag);
    assert.deepEqual(encryptWithIv(bytes(hexKey), bytes(iv), bytes(aad), bytes(msg)), sealed);
    assert.deepEqual(decrypt(bytes(hexKey), bytes(aad), sealed), bytes(msg));
  }
});

test("any other tag, length or associated data is refused", () => {
  const { key: hexKey, iv, aad, ct, tag } = published[3];
  const sealed = bytes(iv + ct + tag);
  for (let bit = 0; bit < sealed.byteLength * 8; bit += 1) {
    const changed = Buffer.from(sealed);
    changed.writeUInt8(changed.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
    assert.throws(() => decrypt(bytes(hexKey), bytes(aad), changed), SealError);
  }
  for (let length = 0; length < sealed.byteLength; length += 1) {
    assert.throws(() => decrypt(bytes(hexKey), bytes(aad), sealed.subarray(0, length)), SealError);
  }
  assert.throws(() => decrypt(bytes(hexKey), bytes(`${aad}00`), sealed), SealError);
});

interface Wycheproof {
  readonly testGroups: readonly {
    readonly ivSize: number;
    readonly keySize: number;
    readonly tagSize: number;
    readonly tests: readonly Record<
      "key" | "iv" | "aad" | "msg" | "ct" | "tag" | "result" | "comment",
      string
    >[];
  }[];
}

// The vectors are not in any package that npm has: WYCHEPROOF_AES_GCM names the aes_gcm_test.json of a copy of them.
const wycheproofPath = process.env.WYCHEPROOF_AES_GCM;
if (wycheproofPath !== undefined) {
  test("agrees with every Wycheproof vector of our sizes", () => {
    const { testGroups } = JSON.parse(readFileSync(wycheproofPath, "utf8")) as Wycheproof;
    const ours = testGroups.filter(
      ({ ivSize, keySize, tagSize }) => ivSize === 96 && keySize === 256 && tagSize === 128,
    );
    const vectors = ours.flatMap(({ tests }) => tests);
    assert.ok(vectors.length > 50, `${vectors.length} vectors`);
    for (const { key: hexKey, iv, aad, msg, ct, tag, result, comment } of vectors) {
      const sealed = bytes(iv + ct + tag);
      if (result === "valid") {
        assert.deepEqual(encryptWithIv(bytes(hexKey), bytes(iv), bytes(aad), bytes(msg)), sealed, comment);
        assert.deepEqual(decrypt(bytes(hexKey), bytes(aad), sealed), bytes(msg), comment);
      } else {
        assert.throws(() => decrypt(bytes(hexKey), bytes(aad), sealed), SealError, comment);
      }
    }
    process.stdout.write(`Wycheproof: ${vectors.length} of ${vectors.length} vectors\n`);
  });
}
