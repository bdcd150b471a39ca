import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  cheapestByTrying,
  classOf,
  madeUpLibrary,
  track,
  type Part,
} from "#test/support/made-up-soundtrack.ts";
import { seededRandom } from "../seeded-random.ts";
import type { Soundtrack } from "../soundtrack.ts";
import { beatGridOf, type PlannerTrack } from "../track.ts";
import type { SoundtrackClass } from "./objective.ts";
import { layOut } from "./instance.ts";
import { searchLabels } from "./label-search.ts";
import { boundWithMemory } from "./memory-bound.ts";
import { NoTracksError, planSoundtrack } from "./planner.ts";
import { passBackward, passForward } from "./passes.ts";
import { relax } from "./relaxation.ts";

/** What must hold for every soundtrack of tracks that are long enough. */
function checkShape(
  soundtrack: Soundtrack,
  plan: SoundtrackClass,
  tracks: readonly PlannerTrack[],
  fromS = 0,
) {
  const byId = new Map(tracks.map((one) => [one.id, one]));
  assert.equal(soundtrack.slots[0]?.startS, fromS);
  assert.equal(soundtrack.slots.at(-1)?.endS, plan.durationS);
  soundtrack.slots.forEach((slot, index) => {
    const played = byId.get(slot.trackId);
    assert.ok(played);
    const next = soundtrack.slots[index + 1];
    if (next) assert.equal(slot.endS, next.startS);
    const lengthS = slot.endS - slot.startS;
    assert.ok(lengthS > 0);
    assert.ok(
      slot.sourceStartS + lengthS * slot.stretch <= played.durationS + 1e-6,
      "stays inside the track",
    );
    assert.ok(Math.abs(slot.stretch - 1) <= 0.15 + 1e-9);
    const { downbeatsS } = beatGridOf(played);
    if (downbeatsS.length > 0)
      assert.ok(downbeatsS.some((downbeatS) => Math.abs(downbeatS - slot.sourceStartS) < 1e-6));
    assert.ok(slot.why.length >= 2);
    assert.doesNotMatch(slot.why.join(" "), /NaN|undefined|Infinity/);
  });
  assert.ok(soundtrack.lowerBound <= soundtrack.cost + 1e-9);
  assert.equal(
    soundtrack.metrics.repeats,
    soundtrack.slots.length - new Set(soundtrack.slots.map((slot) => slot.trackId)).size,
  );
}

test("finds the cheapest of all soundtracks on small problems and proves it", () => {
  for (let seed = 1; seed <= 12; seed += 1) {
    const random = seededRandom(seed * 101);
    const parts = Array.from({ length: 3 }, (): Part => [
      60 + 15 * Math.floor(random() * 4),
      60 + Math.round(random() * 45),
      random(),
    ]);
    const plan = classOf(parts);
    // Ten minutes long: the length of a track never limits these.
    const tracks = madeUpLibrary(6, seed).map((one) => ({ ...one, durationS: 600 }));
    const { cost, lowerBound } = planSoundtrack({ plan, tracks, seed: 1 });
    const cheapest = cheapestByTrying(plan, tracks);
    assert.ok(Math.abs(cost - cheapest) < 1e-6, `seed ${seed}: ${cost} against ${cheapest}`);
    assert.ok(lowerBound <= cheapest + 1e-9);
    assert.ok(lowerBound > cheapest - 0.001);
  }
});

test("each search alone finds the cheapest soundtrack when it may look at everything", () => {
  for (let seed = 1; seed <= 6; seed += 1) {
    // Calm and hard in turn, and one track made for each: the relaxation would play the two in turn.
    const tracks = madeUpLibrary(6, seed).map((one, index) => ({
      ...one,
      durationS: 600,
      tempoBpm: index < 2 ? 170 : 115,
      energy: index < 2 ? 0.1 + 0.8 * index : 0.5,
      key: "8A" as const,
      // The bound does not count artists.
      artist: one.id,
    }));
    const plan = classOf(
      [90, 75, 90, 90].map((durationS, index): Part => [durationS, 85, 0.1 + 0.8 * (index % 2)]),
    );
    const cheapest = cheapestByTrying(plan, tracks);
    const relaxation = relax(layOut({ plan, tracks, seed, fromS: 0 }));
    const all = Int32Array.from(tracks.keys());
    relaxation.prices.fill(0.5);
    passForward(relaxation, all);
    passBackward(relaxation, all);
    const below = cheapest + 1;
    const labels = searchLabels(relaxation, {
      tracks: all,
      width: 4000,
      below,
      branches: 300,
      lengths: 100,
      fan: 1000,
    });
    assert.ok(Math.abs(labels.cost - cheapest) < 1e-6, `${labels.cost} against ${cheapest}`);
    const memory = new Map<number, number>();
    const { bound } = boundWithMemory(relaxation, { tracks: all, below, work: 1e7, memory });
    assert.ok(Math.abs(bound - cheapest) < 1e-6, `${bound} against ${cheapest}`);
  }
});

test("soundtracks of any class and library hold together", () => {
  const part = fc.tuple(
    fc.integer({ min: 10, max: 400 }),
    fc.oneof(fc.constant(null), fc.integer({ min: 50, max: 115 })),
    fc.double({ min: 0, max: 1, noNaN: true }),
  );
  fc.assert(
    fc.property(
      fc.array(part, { minLength: 1, maxLength: 8 }),
      fc.integer({ min: 1, max: 40 }),
      fc.integer({ min: 0, max: 1e6 }),
      fc.constantFrom("cycling" as const, "running" as const, "rowing" as const, "mobility" as const),
      (parts, count, seed, sport) => {
        const plan = classOf(parts, sport);
        const tracks = madeUpLibrary(count, seed);
        checkShape(planSoundtrack({ plan, tracks, seed, budget: "quick" }), plan, tracks);
      },
    ),
    { numRuns: 20, seed: 7 },
  );
});

test("the same seed gives the same soundtrack, whatever the order of the library", () => {
  const plan = classOf([
    [300, 80, 0.4],
    [600, 92, 0.8],
    [300, 75, 0.3],
  ]);
  const tracks = madeUpLibrary(60, 3);
  const one = planSoundtrack({ plan, tracks, seed: 5 });
  assert.deepEqual(planSoundtrack({ plan, tracks: tracks.toReversed(), seed: 5 }), one);
});

test("no track sounds twice while the library is long enough", () => {
  const plan = classOf([[1800, 85, 0.6]]);
  const tracks = [track("perfect"), ...madeUpLibrary(14, 9).map((one) => ({ ...one, durationS: 300 }))];
  assert.equal(planSoundtrack({ plan, tracks, seed: 1 }).metrics.repeats, 0);
});

test("a library that is too short repeats as little as it can, far apart, and says so", () => {
  const plan = classOf([[1800, 85, 0.6]]);
  const tracks = ["a", "b", "c", "d", "e"].map((id) => track(id));
  const { slots, metrics } = planSoundtrack({ plan, tracks, seed: 1 });
  // 200 s less the room at both ends: at most 192 s of each, so ten turns at least.
  assert.equal(metrics.repeats, slots.length - 5);
  assert.ok(slots.length <= 11, `${slots.length} slots`);
  slots.slice(1).forEach((slot, index) => assert.notEqual(slot.trackId, slots[index]?.trackId));
  assert.ok(slots.at(-1)?.why.some((reason) => reason.includes("library is too short")));
});

test("one track is a library", () => {
  const plan = classOf([[900, 85, 0.6]]);
  const tracks = [track("only")];
  const soundtrack = planSoundtrack({ plan, tracks, seed: 1 });
  checkShape(soundtrack, plan, tracks);
  assert.equal(soundtrack.metrics.repeats, soundtrack.slots.length - 1);
});

test("tracks under a minute serve only when there is nothing longer", () => {
  const plan = classOf([[300, 85, 0.6]]);
  const jingles = ["j1", "j2", "j3"].map((id) => track(id, { durationS: 40 }));
  checkShape(planSoundtrack({ plan, tracks: jingles, seed: 1 }), plan, jingles);
  const mixed = planSoundtrack({ plan, tracks: [...jingles, track("song")], seed: 1 });
  assert.deepEqual(new Set(mixed.slots.map(({ trackId }) => trackId)), new Set(["song"]));
});

test("an unsure grid is passed over for a sure one", () => {
  const plan = classOf([[120, 85, 0.6]]);
  const tracks = [track("unsure", { confident: false, taste: 1 }), track("sure", { energy: 0.7 })];
  assert.deepEqual(
    planSoundtrack({ plan, tracks, seed: 1 }).slots.map(({ trackId }) => trackId),
    ["sure"],
  );
});

test("a track without a tempo is taken where no cadence is asked for", () => {
  const plan = classOf([[180, null, 0.2]]);
  const tracks = [track("calm", { tempoBpm: 0, energy: 0.2 }), track("loud", { energy: 0.9 })];
  const { slots } = planSoundtrack({ plan, tracks, seed: 1 });
  assert.deepEqual(
    slots.map(({ trackId, tempoRatio, stretch }) => ({ trackId, tempoRatio, stretch })),
    [{ trackId: "calm", tempoRatio: 0, stretch: 1 }],
  );
});

test("changes happen on bar lines of the track that leaves", () => {
  const plan = classOf([
    [300, 80, 0.4],
    [300, 92, 0.8],
    [300, 85, 0.5],
  ]);
  const tracks = madeUpLibrary(40, 11);
  const { slots } = planSoundtrack({ plan, tracks, seed: 1 });
  assert.ok(slots.length > 3);
  for (const slot of slots.slice(0, -1)) {
    const played = tracks.find(({ id }) => id === slot.trackId);
    assert.ok(played);
    const barS = 240 / played.tempoBpm;
    const bars = (slot.sourceStartS + (slot.endS - slot.startS) * slot.stretch) / barS;
    assert.ok(Math.abs(bars - Math.round(bars)) < 1e-6, `${bars} bars`);
    assert.ok(slot.endS - slot.startS >= 60 - 1e-6);
  }
});

test("why says what a calculator says", () => {
  const plan = classOf([[120, 84, 0.6]]);
  const { slots } = planSoundtrack({ plan, tracks: [track("x", { tempoBpm: 168.672 })], seed: 1 });
  // 2 x 84 / 168.672 = 0.996
  assert.equal(slots[0]?.why[0], "168.7 BPM is two beats per turn at 84 rpm, 0.4 % slower than recorded.");
  assert.ok(Math.abs((slots[0]?.stretch ?? 0) - 0.996) < 0.0001);
});

test("a plan of the rest starts where it is asked to and leaves out what was skipped", () => {
  const plan = classOf([
    [600, 85, 0.5],
    [900, 92, 0.8],
  ]);
  const tracks = madeUpLibrary(80, 4);
  const whole = planSoundtrack({ plan, tracks, seed: 1 });
  const skipped = whole.slots[2]?.trackId ?? "";
  const rest = planSoundtrack({ plan, tracks, seed: 1, fromS: 433.25, exclude: [skipped], budget: "quick" });
  checkShape(rest, plan, tracks, 433.25);
  assert.ok(rest.slots.every(({ trackId }) => trackId !== skipped));
});

test("two tracks of one artist are kept apart where that costs little", () => {
  const plan = classOf([[360, 85, 0.6]]);
  const tracks = ["a1", "a2", "b1", "b2"].map((id) => track(id, { artist: id[0], durationS: 130 }));
  const { slots } = planSoundtrack({ plan, tracks, seed: 1 });
  const artists = slots.map(({ trackId }) => trackId[0]);
  assert.equal(artists.length, 3);
  assert.notEqual(artists[0], artists[1]);
  assert.notEqual(artists[1], artists[2]);
});

test("what was just heard rests", () => {
  const plan = classOf([[180, 85, 0.6]]);
  const tracks = [track("house"), track("rock", { energy: 0.5 })];
  const first = (changes: Partial<Parameters<typeof planSoundtrack>[0]>) =>
    planSoundtrack({ plan, tracks, seed: 1, ...changes }).slots[0]?.trackId;
  assert.equal(first({}), "house");
  assert.equal(
    first({ tracks: tracks.map((one) => ({ ...one, heard: one.id === "house" ? 1 : 0 })) }),
    "rock",
  );
});

test("short blocks become one set with one tempo", () => {
  const parts = Array.from({ length: 20 }, (_, index): Part =>
    index % 2 === 0 ? [30, 100, 0.9] : [30, 80, 0.5],
  );
  const { slots } = planSoundtrack({ plan: classOf(parts), tracks: madeUpLibrary(60, 2), seed: 1 });
  for (const { why } of slots) assert.match(why[0] ?? "", / at 90 rpm,/);
});

test("nothing to plan with is said clearly", () => {
  const plan = classOf([[300, 85, 0.6]]);
  assert.throws(() => planSoundtrack({ plan, tracks: [], seed: 1 }), NoTracksError);
  const tracks = [track("blip", { durationS: 5 }), track("broken", { durationS: Number.NaN })];
  assert.throws(() => planSoundtrack({ plan, tracks, seed: 1 }), NoTracksError);
});
