/** What every planner of soundtracks does, on this thread or on another one. */
import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { noTaste } from "#domain/taste/planner-taste.ts";
import { directPlanner } from "#server/adapters/planner/direct-planner.ts";
import { workerPlanner } from "#server/adapters/planner/worker-planner.ts";
import type { PlanRequest } from "#server/ports/soundtrack-planner.ts";
import { Refusal } from "#server/use-cases/refusal.ts";
import { classOf, madeUpLibrary } from "#test/support/made-up-soundtrack.ts";

const plan = {
  ...classOf([
    [300, 80, 0.4],
    [300, 90, 0.8],
  ]),
  title: "Made up",
  family: "own",
  intensity: "moderate",
  level: "all",
  equipment: [],
  lowImpact: true,
  description: "",
  citation: null,
  cues: [],
  music: { mood: "steady", arc: "flat" },
} as unknown as PlanRequest["plan"];
const tracks = madeUpLibrary(30, 5);
const library = { version: 1, tracks: async () => tracks };
const request: PlanRequest = { plan, seed: 1, fromS: 0, exclude: [], swaps: [], taste: noTaste };

for (const [name, planner] of [
  ["direct", directPlanner("full")],
  ["worker", workerPlanner()],
] as const) {
  describe(`${name} planner`, () => {
    after(() => planner.close());

    test("plans, offers other tracks, and plans again with one of them", async () => {
      const unswapped = await planner.plan(request, library);
      assert.equal(unswapped.slots.at(-1)?.endS, plan.durationS);
      const [first, second] = await planner.alternatives({ ...request, unswapped }, 300, library);
      assert.ok(first && second);
      assert.ok(first.extraCost <= second.extraCost);
      const swapped = await planner.plan({ ...request, unswapped, swaps: second.swaps }, library);
      assert.deepEqual(swapped.swaps, second.swaps);
      assert.ok(Math.abs(swapped.cost - unswapped.cost - second.extraCost) < 1e-6);
      assert.ok(swapped.slots.some(({ trackId }) => trackId === second.slot.trackId));
    });

    test("says when nothing may play, and goes on", async () => {
      const taste = { ...noTaste, banned: new Set(tracks.map(({ id }) => id)) };
      const refused = (error: unknown) => error instanceof Refusal && /never want/.test(error.message);
      await assert.rejects(planner.plan({ ...request, taste }, library), refused);
      await assert.rejects(planner.alternatives({ ...request, taste }, 10, library), refused);
      assert.ok((await planner.plan(request, library)).slots.length > 0);
    });
  });
}
