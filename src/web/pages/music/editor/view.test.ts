import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { scrolled, showing, zoomed } from "./view.ts";

test("zooming keeps what is under the pointer where it is", () => {
  const view = zoomed({ fromS: 10, toS: 20 }, 0.5, 12, 100);
  assert.deepEqual(view, { fromS: 11, toS: 16 });
});

test("the view never leaves the track, nor shrinks to nothing, and follows the playhead", () => {
  const number = fc.double({ min: -300, max: 300, noNaN: true });
  fc.assert(
    fc.property(number, number, fc.double({ min: 0.01, max: 100, noNaN: true }), (byS, atS, factor) => {
      const start = { fromS: 10, toS: 22 };
      for (const view of [
        scrolled(start, byS, 200),
        zoomed(start, factor, 15, 200),
        showing(start, Math.abs(atS) / 2, 200),
      ]) {
        assert.ok(
          view.fromS >= 0 && view.toS <= 200 + 1e-9 && view.toS - view.fromS > 0.39,
          JSON.stringify(view),
        );
      }
      const at = Math.min(200, Math.abs(atS));
      const seen = showing(start, at, 200);
      assert.ok(at >= seen.fromS - 1e-9 && at <= seen.toS + 1e-9);
    }),
  );
});
