import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { classOf, madeUpLibrary } from "#test/support/made-up-soundtrack.ts";
import { planSoundtrack } from "./planner.ts";

test("however little is left of a class, music for it is planned, thoroughly or quickly", () => {
  const libraries = [1, 3, 20].map((size) => madeUpLibrary(size, 7));
  fc.assert(
    fc.property(
      fc.constantFrom(...libraries),
      fc.constantFrom("quick" as const, "full" as const),
      fc.integer({ min: 1, max: 300 }),
      fc.integer({ min: 60, max: 110 }),
      (tracks, budget, leftS, cadence) => {
        const plan = classOf([[600, cadence, 0.5]]);
        const fromS = plan.durationS - leftS;
        const { slots } = planSoundtrack({ plan, tracks, seed: 1, budget, fromS });
        assert.equal(slots[0]?.startS, fromS);
        assert.equal(slots.at(-1)?.endS, plan.durationS);
      },
    ),
    { numRuns: 120 },
  );
});
