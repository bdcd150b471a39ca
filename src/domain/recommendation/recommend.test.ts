import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { catalogue } from "../catalogue/index.ts";
import type { ClassPlan } from "../class-plan.ts";
import { hourMs, plannedLoad, type PastWorkout } from "./history.ts";
import { musicIntentOf, musicMoods } from "../music-intent.ts";
import { mixOf, moodMixes, partsOfMixId } from "./mix.ts";
import { recommend, type Recommendation, type RecommendationInput } from "./recommend.ts";

const dayMs = 24 * hourMs;
/** A Wednesday, 18:00. */
const nowMs = Date.UTC(2026, 5, 17, 18);
const moment = { nowMs, utcOffsetMinutes: 0 };
const classes = catalogue();

function did(plan: ClassPlan, daysAgo: number, change: Partial<PastWorkout> = {}): PastWorkout {
  const { id, sport, family, intensity, durationS } = plan;
  return {
    classId: id,
    sport,
    family,
    intensity,
    durationS,
    startedAtMs: nowMs - daysAgo * dayMs,
    load: plannedLoad(plan, durationS),
    finished: true,
    ...change,
  };
}

function classOf(sport: string, intensity: string, minutes: number): ClassPlan {
  const plan = classes.find(
    (each) =>
      each.sport === sport && each.intensity === intensity && Math.abs(each.durationS / 60 - minutes) <= 5,
  );
  assert.ok(plan, `${sport} ${intensity} ${minutes}`);
  return plan;
}

const suggest = (past: readonly PastWorkout[], change: Partial<RecommendationInput> = {}, count = 6) =>
  recommend({ classes, past, moment, ...change }, { count });
const steadyRide = classOf("cycling", "moderate", 30);
const hardRide = classOf("cycling", "hard", 30);

/** Somebody who rides at this time, every second day for six weeks, easy and moderate by turns. */
const rider = Array.from({ length: 21 }, (_, index) => did(steadyRide, 2 + 2 * index, { load: 30 }));

test("a newcomer is offered short and easy classes of several sports", () => {
  const { readiness, items } = suggest([]);
  assert.equal(readiness.rule, "first");
  assert.ok(items.slice(0, 3).every(({ plan }) => plan.intensity === "easy" && plan.durationS <= 30 * 60));
  assert.ok(new Set(items.map(({ plan }) => plan.sport)).size >= 2);
  assert.match(items[0]?.reasons[0]?.text ?? "", /No sensor needed/);
});

test("the ladder grows with every workout", () => {
  const lengths = [0, 1, 2, 3].map((done) => {
    const past = Array.from({ length: done }, (_, index) => did(steadyRide, index + 2, { load: 20 }));
    return suggest(past).items[0]?.plan.durationS ?? 0;
  });
  assert.ok(
    lengths.every((length, at) => at === 0 || length >= (lengths[at - 1] ?? 0)),
    lengths.join(),
  );
  assert.ok((lengths[3] ?? 0) > (lengths[0] ?? 0));
});

test("the day after a hard ride is easy, two nights later it has settled", () => {
  const yesterday = suggest([did(hardRide, 1), ...rider]);
  assert.equal(yesterday.readiness.hardness, "easy");
  assert.match(yesterday.readiness.text, /You rode hard yesterday/);
  assert.equal(yesterday.items[0]?.plan.intensity, "easy");
  assert.notEqual(suggest([did(hardRide, 2.2), ...rider]).readiness.rule, "hard-lately");
  const sameDay = suggest([did(hardRide, 0.25), ...rider]);
  assert.match(sameDay.readiness.text, /hard today/);
});

test("somebody who trains hard at times is offered it again when fresh; nobody else is", () => {
  const mixed = rider.map((workout, index) => (index % 4 === 2 ? did(hardRide, 2 + 2 * index) : workout));
  const fresh = suggest(mixed);
  assert.equal(fresh.readiness.hardness, "hard");
  assert.match(fresh.readiness.text, /6 days ago/);
  assert.ok(["hard", "very hard"].includes(fresh.items[0]?.plan.intensity ?? ""));
  assert.notEqual(suggest(rider).readiness.hardness, "hard");
});

test("a week far above the usual asks for easy, a pause is named in days", () => {
  const heavy = [1, 2, 3, 4, 5].map((ago) => did(steadyRide, ago, { load: 55 }));
  const { readiness } = suggest([
    ...heavy,
    ...rider.filter(({ startedAtMs }) => nowMs - startedAtMs > 7 * dayMs),
  ]);
  assert.equal(readiness.rule, "heavy-week");
  const pause = suggest(
    rider.map((workout) => ({ ...workout, startedAtMs: workout.startedAtMs - 8 * dayMs })),
  );
  assert.match(pause.readiness.text, /10 days ago/);
  assert.ok((pause.items[0]?.plan.durationS ?? Infinity) < steadyRide.durationS);
});

test("habits lead: sport by time of day, length, and never the same class day after day", () => {
  const run = classOf("running", "moderate", 45);
  const mornings = Array.from({ length: 12 }, (_, index) => did(run, 2.5 + 3 * index, { load: 40 }));
  const both = [...rider, ...mornings];
  assert.equal(suggest(both).items[0]?.plan.sport, "cycling");
  const atSix = { nowMs: nowMs - 12 * hourMs, utcOffsetMinutes: 0 };
  const early = recommend(
    { classes, past: both.filter(({ startedAtMs }) => startedAtMs < atSix.nowMs), moment: atSix },
    { count: 6 },
  );
  assert.equal(early.items[0]?.plan.sport, "running");
  const { items } = suggest(rider);
  assert.ok(Math.abs(Math.log((items[0]?.plan.durationS ?? 0) / steadyRide.durationS)) < 0.25);
  assert.notEqual(items[0]?.plan.id, steadyRide.id);
});

test("the hours are the person's own", () => {
  // 23:30 UTC is the next day in Berlin: a ride at 08:00 UTC was yesterday there.
  const late = Date.UTC(2026, 5, 17, 23, 30);
  const past = [did(hardRide, 0, { startedAtMs: late - 15.5 * hourMs }), ...rider];
  const texts = [0, 120].map(
    (utcOffsetMinutes) =>
      recommend({ classes, past, moment: { nowMs: late, utcOffsetMinutes } }, { count: 1 }).readiness.text,
  );
  assert.match(texts[0] ?? "", /today/);
  assert.match(texts[1] ?? "", /yesterday/);
});

test("the next class of a programme comes first, and says so", () => {
  const next = classOf("running", "hard", 40);
  const programmes = [{ classId: next.id, programmeTitle: "Base", step: 3, steps: 8 }];
  const [first] = suggest(rider, { programmes }).items;
  assert.equal(first?.plan.id, next.id);
  assert.match(first?.reasons[0]?.text ?? "", /Base”: 3 of 8/);
});

test("the same history gives the same answer, in whatever order it comes", () => {
  const ids = (items: readonly Recommendation[]) => items.map(({ plan }) => plan.id);
  assert.deepEqual(ids(suggest(rider).items), ids(suggest(rider.toReversed()).items));
});

const anyPast = fc
  .array(
    fc.record({
      // Few classes and often the same time of day, so that habits come about.
      at: fc.oneof(fc.constantFrom(10, 400, 401, 800), fc.integer({ min: 0, max: classes.length - 1 })),
      agoHours: fc.oneof(
        fc.integer({ min: 1, max: 60 }).map((days) => 24 * days),
        fc.integer({ min: 1, max: 24 * 70 }),
      ),
      share: fc.double({ min: 0.1, max: 1, noNaN: true }),
    }),
    { maxLength: 25 },
  )
  .map((list) =>
    list.flatMap(({ at, agoHours, share }): PastWorkout[] => {
      const plan = classes[at];
      if (plan === undefined) return [];
      const durationS = Math.round(plan.durationS * share);
      const load = plannedLoad(plan, durationS);
      return [did(plan, agoHours / 24, { durationS, load, finished: share > 0.95 })];
    }),
  );

/** Looks up what a reason claims in the history itself, with nothing of the recommender's. */
function isTrue(text: string, plan: ClassPlan, past: readonly PastWorkout[]): boolean {
  const day = (atMs: number) => Math.floor(atMs / dayMs);
  const hardOnes = past.filter(
    ({ load, intensity, durationS }) =>
      load >= 60 || ((intensity === "hard" || intensity === "very hard") && durationS >= 900),
  );
  const newestMs = Math.max(...past.map(({ startedAtMs }) => startedAtMs));
  const number = Number(/(\d+)/.exec(text)?.[1] ?? (text.includes(" once") ? 1 : Number.NaN));
  if (/hard (today|yesterday|\d)/.test(text)) {
    const ago = text.includes("today") ? 0 : text.includes("yesterday") ? 1 : number;
    return hardOnes.some(({ startedAtMs }) => day(nowMs) - day(startedAtMs) === ago);
  }
  if (text.startsWith("Your last hard workout")) {
    return day(nowMs) - day(Math.max(...hardOnes.map(({ startedAtMs }) => startedAtMs))) === number;
  }
  if (text.startsWith("Your last workout was")) return day(nowMs) - day(newestMs) === number;
  if (text.includes("done. A step further")) return past.length === (text.startsWith("One") ? 1 : number);
  if (text.includes("min is about as long")) return Math.round(plan.durationS / 60) === number;
  if (text.includes("min is a little shorter")) return Math.round(plan.durationS / 60) === number;
  if (text.includes("at this time of day")) {
    const hour = (atMs: number) => (atMs % dayMs) / hourMs;
    const near = past.filter(({ sport, startedAtMs }) => {
      const apart = Math.abs(hour(startedAtMs) - hour(nowMs));
      return sport === plan.sport && nowMs - startedAtMs < 56 * dayMs && Math.min(apart, 24 - apart) <= 2;
    });
    return near.length === number;
  }
  if (text.includes("of this kind")) {
    const same = ({ sport, family, finished }: PastWorkout) =>
      sport === plan.sport && family === plan.family && finished;
    return past.filter(same).length === number;
  }
  if (text.includes("not done this one")) return !past.some(({ classId }) => classId === plan.id);
  if (text.includes("times what you are used to") || text.includes("lighter than you are used to")) {
    const historyDays = (nowMs - Math.min(...past.map(({ startedAtMs }) => startedAtMs))) / dayMs;
    const mean = (days: number) => {
      const ages = past.map(({ load, startedAtMs }) => ({ load, age: (nowMs - startedAtMs) / dayMs }));
      const sum = ages.reduce((total, { load, age }) => total + load * Math.exp(-age / days), 0);
      return sum / days / (1 - Math.exp(-historyDays / days));
    };
    const ratio = mean(7) / mean(42);
    const claimed = Number(/([\d.]+) (?:times|% lighter)/.exec(text)?.[1]);
    return text.includes("times")
      ? ratio.toFixed(1) === claimed.toFixed(1)
      : Math.round(100 * (1 - ratio)) === claimed;
  }
  return text.startsWith("Short and easy")
    ? past.length === 0
    : text === "Steady work keeps the week in balance.";
}

test("every reason is true of the history it was made from", () => {
  const kinds = new Set<string>();
  fc.assert(
    fc.property(anyPast, (past) => {
      const { readiness, items } = suggest(past, {}, 8);
      for (const { plan, score, reasons } of items) {
        assert.ok(score >= 0 && score <= 1);
        for (const { kind, text } of [...reasons, { kind: "readiness", text: readiness.text }]) {
          kinds.add(kind);
          assert.ok(isTrue(text, plan, past), `${text} (${plan.id})`);
        }
      }
    }),
    { numRuns: 60 },
  );
  for (const kind of ["readiness", "sport", "family", "new"]) assert.ok(kinds.has(kind), kind);
});

test("planned load: an hour at threshold is 100, half of it is 50", () => {
  const ramp = { from: 1, to: 1 };
  const block = { ...steadyRide.blocks[0], startS: 0, durationS: 3600, power: ramp, rpe: 7 };
  const plan = { blocks: [block as ClassPlan["blocks"][number]] };
  assert.equal(plannedLoad(plan, 3600), 100);
  assert.equal(plannedLoad(plan, 1800), 50);
  assert.equal(plannedLoad({ blocks: plan.blocks.map((each) => ({ ...each, power: null })) }, 3600), 100);
});

test("a mix for each mood, each with a class of its own, as hard as asked", () => {
  for (const hardness of ["easy", "hard"] as const) {
    const mixes = moodMixes({ classes, past: rider, moment }, hardness);
    assert.deepEqual(
      mixes.map(({ mood }) => mood),
      [...musicMoods],
    );
    const intensities = mixes.map(({ plan }) => plan.intensity);
    assert.ok(
      intensities.every((intensity) =>
        (hardness === "easy" ? "easy" : "hard, very hard").includes(intensity),
      ),
    );
    assert.equal(new Set(mixes.map(({ plan }) => partsOfMixId(plan.id).classId)).size, musicMoods.length);
  }
});

test("every class in every mood asks for music of that mood, and of the body what it asked before", () => {
  for (const plan of classes) {
    for (const mood of musicMoods) {
      const mix = mixOf(plan, mood);
      assert.equal(musicIntentOf(mix).mood, mood, mix.id);
      assert.deepEqual(partsOfMixId(mix.id), { classId: plan.id, mood });
      assert.deepEqual(
        mix.blocks.map((block, at) => ({ ...block, energy: plan.blocks[at]?.energy })),
        plan.blocks,
      );
    }
  }
  assert.deepEqual(partsOfMixId("own-a~b"), { classId: "own-a~b", mood: null });
});
