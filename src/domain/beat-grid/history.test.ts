import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { did, maxSteps, redone, startHistory, undone } from "./history.ts";

const gridAt = (atS: number) => ({ beatsS: [atS, atS + 1], downbeatsS: [atS] });

test("as many undos as steps lead back, and redos forth again", () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat(), { minLength: 1, maxLength: 20 }), (times) => {
      const start = startHistory(gridAt(-1));
      const end = times.reduce((history, atS) => did(history, `at ${atS}`, gridAt(atS)), start);
      let back = end;
      for (const _ of times) back = undone(back);
      assert.deepEqual(back.present, start.present);
      assert.equal(undone(back), back);
      let forth = back;
      for (const _ of times) forth = redone(forth);
      assert.deepEqual(forth, end);
      assert.equal(redone(forth), forth);
    }),
  );
});

test("a new step forgets what was undone; no change is no step; the past is bounded", () => {
  const one = did(startHistory(gridAt(0)), "one", gridAt(1));
  assert.equal(did(one, "the same", gridAt(1)), one);
  const other = did(undone(one), "other", gridAt(2));
  assert.deepEqual(other.future, []);
  let long = one;
  for (let step = 2; step < maxSteps + 50; step++) long = did(long, "more", gridAt(step));
  assert.equal(long.past.length, maxSteps);
});
