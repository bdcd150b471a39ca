import assert from "node:assert/strict";
import { test } from "node:test";
import { putSwaps, swapsOf } from "./swaps-in-address.ts";

test("swaps survive the address, in their order", () => {
  const swaps = [
    { atS: 750, trackId: "a.b=c&d 9.x" },
    { atS: 0, trackId: "é" },
  ];
  const query = new URLSearchParams("mode=lead");
  putSwaps(query, swaps);
  assert.deepEqual(swapsOf(new URLSearchParams(query.toString())), swaps);
});

test("what is no swap is passed over", () => {
  assert.deepEqual(swapsOf(new URLSearchParams("swap=&swap=x.y&swap=-1.t&swap=5&swap=5.")), []);
});
