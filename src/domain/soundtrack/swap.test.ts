import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { cheapestByTrying, classOf, madeUpLibrary, track } from "#test/support/made-up-soundtrack.ts";
import type { Soundtrack } from "../soundtrack.ts";
import { alternativeTracks, planSoundtrack } from "./planner.ts";

const near = (a: number, b: number) => assert.ok(Math.abs(a - b) < 1e-6, `${a} against ${b}`);

function soundsAt({ grid }: Soundtrack, atS: number): string | undefined {
  return grid.find(({ startS, endS }) => startS <= atS && atS < endS)?.trackId;
}

test("an alternative costs what it is liked less", () => {
  // One slot of 12 cells; tempo, energy and key fit alike, a cell costs 0.25 (1 - taste).
  const plan = classOf([[180, 85, 0.6]]);
  const tastes = { best: 1, good: 0.9, fair: 0.7, poor: 0.2 };
  const tracks = Object.entries(tastes).map(([id, taste]) => track(id, { taste, artist: id }));
  const offered = alternativeTracks({ plan, tracks, seed: 1 }, 90);
  assert.deepEqual(
    offered.map(({ slot }) => slot.trackId),
    ["good", "fair", "poor"],
  );
  offered.forEach(({ extraCost, slot }) => {
    near(extraCost, 12 * 0.25 * (1 - tastes[slot.trackId as keyof typeof tastes]));
    assert.deepEqual([slot.startS, slot.endS], [0, 180]);
  });
});

test("is the cheapest soundtrack with that track at that time and without the one before", () => {
  for (let seed = 1; seed <= 8; seed += 1) {
    const plan = classOf([
      [90, 70, 0.2],
      [105, 85, 0.8],
      [75, 92, 0.5],
    ]);
    const tracks = madeUpLibrary(6, seed).map((one) => ({ ...one, durationS: 600 }));
    const base = planSoundtrack({ plan, tracks, seed: 1 });
    const atS = 130;
    for (const { extraCost, slot } of alternativeTracks({ plan, tracks, seed: 1 }, atS)) {
      const left = tracks.filter(({ id }) => id !== soundsAt(base, atS));
      const cell = Math.floor(atS / 15);
      const cheapest = cheapestByTrying(plan, left, (one, at) => at !== cell || one.id === slot.trackId);
      near(base.cost + extraCost, cheapest);
    }
  }
});

test("whatever is offered is what one gets, alone or after other swaps, and taking it back gives the plan before", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 1000 }),
      fc.double({ min: 0, max: 0.99, noNaN: true }),
      (seed, share) => {
        const plan = classOf([
          [420, 82, 0.4],
          [600, 90, 0.7],
          [300, 75, 0.3],
        ]);
        const tracks = madeUpLibrary(40, seed);
        const wish = { plan, tracks, seed: 1, budget: "quick" } as const;
        const base = planSoundtrack(wish);
        const atS = Math.floor(share * plan.durationS);
        const [first] = alternativeTracks({ ...wish, unswapped: base }, atS);
        assert.ok(first);
        const once = planSoundtrack({ ...wish, swaps: first.swaps });
        near(once.cost, base.cost + first.extraCost);
        assert.equal(soundsAt(once, atS), first.slot.trackId);
        assert.deepEqual(once, planSoundtrack({ ...wish, swaps: first.swaps, unswapped: base }));
        assert.ok(once.slots.some((slot) => slot.trackId === first.slot.trackId));
        assert.ok(!once.grid.some(({ trackId }) => trackId === soundsAt(base, atS)), "the old track is gone");
        const elsewhereS = (atS + 660) % plan.durationS;
        const second = alternativeTracks({ ...wish, swaps: once.swaps }, elsewhereS)[1];
        assert.ok(second);
        const twice = planSoundtrack({ ...wish, swaps: second.swaps });
        near(twice.cost, once.cost + second.extraCost);
        assert.equal(twice.metrics.repeats, 0);
        assert.deepEqual(planSoundtrack({ ...wish, swaps: once.swaps }), once);
        assert.deepEqual(planSoundtrack({ ...wish, swaps: [] }), base);
      },
    ),
    { numRuns: 20 },
  );
});

test("a slot swapped again forgets its first swap", () => {
  const plan = classOf([[900, 85, 0.6]]);
  const wish = { plan, tracks: madeUpLibrary(30, 4), seed: 1 };
  const [first] = alternativeTracks(wish, 450);
  assert.ok(first);
  const again = alternativeTracks({ ...wish, swaps: first.swaps }, first.slot.startS + 20);
  assert.ok(again.length > 0);
  for (const { swaps, slot } of again) {
    assert.equal(swaps.length, 1);
    assert.notEqual(slot.trackId, first.slot.trackId);
  }
});

test("a track that sounds elsewhere moves", () => {
  const plan = classOf([[1200, 85, 0.6]]);
  const wish = { plan, tracks: madeUpLibrary(30, 9), seed: 1 };
  const base = planSoundtrack(wish);
  const last = base.grid.at(-1)?.trackId ?? "";
  const moved = planSoundtrack({ ...wish, swaps: [{ atS: 60, trackId: last }] });
  assert.equal(soundsAt(moved, 60), last);
  assert.equal(moved.metrics.repeats, 0);
});

test("what cannot be done is left out", () => {
  const plan = classOf([[600, 85, 0.6]]);
  const tracks = [...madeUpLibrary(12, 3), track("short", { durationS: 20 })];
  const wish = { plan, tracks, seed: 1 };
  const swaps = [
    { atS: 100, trackId: "gone" },
    { atS: 100, trackId: "short" },
    { atS: 600, trackId: "t1" },
    { atS: -1, trackId: "t1" },
    { atS: Number.NaN, trackId: "t1" },
  ];
  assert.deepEqual(planSoundtrack({ ...wish, swaps }), planSoundtrack(wish));
  assert.deepEqual(alternativeTracks(wish, 600), []);
  assert.deepEqual(alternativeTracks({ ...wish, tracks: [track("only")] }, 100), []);
});

test("in a library that is too short other tracks of the soundtrack are offered", () => {
  const plan = classOf([[900, 85, 0.6]]);
  const tracks = [track("a", { artist: "A" }), track("b", { artist: "B" }), track("c", { artist: "C" })];
  const offered = alternativeTracks({ plan, tracks, seed: 1 }, 450);
  assert.ok(offered.length > 0);
  for (const { swaps, slot } of offered)
    assert.equal(soundsAt(planSoundtrack({ plan, tracks, seed: 1, swaps }), 450), slot.trackId);
});
