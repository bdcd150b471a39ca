import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { PcmRing } from "./pcm-ring.ts";

/** A piece whose samples are their own numbers. */
function numbered(from: number, length: number): Float32Array {
  return Float32Array.from({ length }, (_, index) => from + index);
}

test("what is read is the sample of that number, or a zero that is counted", () => {
  const lengths = fc.array(fc.integer({ min: 0, max: 50 }), { maxLength: 20 });
  fc.assert(
    fc.property(
      fc.integer({ min: -100, max: 100 }),
      lengths,
      fc.integer({ min: -150, max: 800 }),
      (start, pieces, from) => {
        const ring = new PcmRing(2, 64);
        ring.reset(start);
        let end = start;
        for (const length of pieces) {
          ring.write([numbered(end, length), numbered(end, length)]);
          end += length;
        }
        const held = (sample: number) => sample >= Math.max(start, end - 64) && sample < end;
        const left = new Float32Array(30).fill(7);
        const right = new Float32Array(30).fill(7);
        const missing = ring.read(from, [left, right]);
        const expected = Float32Array.from({ length: 30 }, (_, index) =>
          held(from + index) ? from + index : 0,
        );
        assert.deepEqual(left, expected);
        assert.deepEqual(right, expected);
        assert.equal(missing, Array.from(expected).filter((_, index) => !held(from + index)).length);
      },
    ),
  );
});

test("mono is written to both channels", () => {
  const ring = new PcmRing(2, 8);
  ring.write([numbered(1, 4)]);
  const targets = [new Float32Array(4), new Float32Array(4)];
  ring.read(0, targets);
  assert.deepEqual(targets[1], targets[0]);
});
