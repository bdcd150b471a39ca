import assert from "node:assert/strict";
import { test } from "node:test";
import { swapOption } from "./swap-option.ts";

test("reads a class time and a track", () => {
  assert.deepEqual(swapOption("12:30=a=b", []), [{ atS: 750, trackId: "a=b" }]);
  const first = { atS: 750, trackId: "a" };
  assert.deepEqual(swapOption("90.5=t1", [first]), [first, { atS: 90.5, trackId: "t1" }]);
});

test("refuses anything else", () => {
  for (const text of ["", "12:30", "=t1", "12:30=", "x=t1", "-5=t1", "1:2:3=t1"])
    assert.throws(() => swapOption(text, []), /class time and a track/);
});
