import assert from "node:assert/strict";
import { test } from "node:test";
import { workoutId } from "./workout-id.ts";

test("the example of RFC 9562, appendix A.6", () => {
  // 017F22E2-79B0-7CC3-98C4-DC0C0C07398F: Tuesday, February 22, 2022 2:22:22.00 PM GMT-05:00
  const random = Uint8Array.from([0x0c, 0xc3, 0x18, 0xc4, 0xdc, 0x0c, 0x0c, 0x07, 0x39, 0x8f]);
  assert.equal(workoutId(1_645_557_742_000, random), "017f22e2-79b0-7cc3-98c4-dc0c0c07398f");
});
