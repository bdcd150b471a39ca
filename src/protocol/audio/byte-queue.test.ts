import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { ByteQueue } from "./byte-queue.ts";

test("a queue holds the bytes added and not dropped, whatever the order", () => {
  const steps = fc.array(fc.tuple(fc.boolean(), fc.nat(100_000)), { maxLength: 30 });
  fc.assert(
    fc.property(steps, (list) => {
      const queue = new ByteQueue();
      let [added, dropped] = [0, 0];
      for (const [isAdd, count] of list) {
        if (isAdd) {
          queue.add(Uint8Array.from({ length: count }, (_, i) => (added + i) % 251));
          added += count;
        } else {
          queue.drop(count);
          dropped += count;
        }
        const held = queue.bytes;
        assert.equal(held.length, Math.max(0, added - dropped));
        assert.equal(queue.position, Math.min(added, dropped));
        if (held.length > 0) {
          assert.equal(held[0], dropped % 251);
          assert.equal(held[held.length - 1], (added - 1) % 251);
        }
      }
    }),
    { numRuns: 40, seed: 3 },
  );
});
