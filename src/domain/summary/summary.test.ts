import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { defaultAthlete } from "../athlete.ts";
import type { Block, ClassPlan } from "../class-plan.ts";
import type { SeriesRow, TrackPlay, WorkoutEnd, WorkoutHead } from "../workout.ts";
import { bestMean, toSecondGrid } from "./channels.ts";
import { computeFacts } from "./facts.ts";
import { describe, formatClock, formatDistance } from "./words.ts";

const athlete = { ...defaultAthlete, ftpW: 200 };

function blockOf(startS: number, durationS: number, powerShare: number): Block {
  const ramp = (value: number): { from: number; to: number } => ({ from: value, to: value });
  return {
    startS,
    durationS,
    kind: "steady",
    label: "",
    cadence: ramp(80),
    power: ramp(powerShare),
    hrZone: 3,
    rpe: 5,
    energy: ramp(0.6),
  };
}

const plan: ClassPlan = {
  id: "c",
  title: "Two halves",
  sport: "cycling",
  durationS: 600,
  family: "f",
  description: "",
  intensity: "moderate",
  level: "beginner",
  equipment: ["bike"],
  lowImpact: true,
  blocks: [blockOf(0, 300, 0.5), blockOf(300, 300, 1)],
  cues: [],
  citation: null,
};

const head: WorkoutHead = {
  id: "w",
  classId: "c",
  classTitle: "Two halves",
  sport: "cycling",
  startedAtMs: 0,
  mode: "follow",
  source: "sensors",
};

function row(tS: number, change: Partial<SeriesRow> = {}): SeriesRow {
  return {
    tS,
    cadence: 80,
    powerW: tS < 300 ? 100 : 200,
    heartRateBpm: 140,
    speedMps: 8,
    tempoBpm: 160,
    phaseErrorMs: 5,
    ...change,
  };
}

function play(title: string, startS: number, endS: number): TrackPlay {
  return { trackId: title, title, artist: "Upbeat", startS, endS, skipped: false };
}

function end(change: Partial<WorkoutEnd> = {}): WorkoutEnd {
  return {
    durationS: 600,
    reason: "class-finished",
    trackPlays: [],
    blockPasses: [],
    distrustS: 0,
    ...change,
  };
}

const rows = Array.from({ length: 600 }, (_, tS) => row(tS));

test("facts of a workout whose every figure is known by construction", () => {
  const facts = computeFacts({ end: end(), rows, plan, athlete });
  assert.equal(facts.durationS, 600);
  assert.equal(facts.movingS, 600);
  assert.equal(facts.distanceM, 4800);
  assert.equal(facts.energyKj, 90);
  assert.equal(facts.averagePowerW, 150);
  assert.deepEqual(facts.bestPower300sW, { value: 200, startS: 300, durationS: 300 });
  assert.equal(facts.bestPower1200sW, null);
  assert.equal(facts.averageCadence, 80);
  assert.equal(facts.maxHeartRateBpm, 140);
  // 100 W is 50 % of FTP: zone 1; 200 W is 100 %: zone 4
  assert.deepEqual(facts.powerZonesS, [300, 0, 0, 300, 0, 0, 0]);
  assert.equal(
    facts.heartRateZonesS?.reduce((sum, zone) => sum + zone, 0),
    600,
  );
  assert.equal(facts.tempoAdherencePct, 100);
  assert.equal(facts.targetAdherencePct, 100);
});

test("a track in a hard block does not win by its place: effort is against the target", () => {
  const lifted = rows.map((each) => (each.tS >= 100 && each.tS < 200 ? { ...each, powerW: 110 } : each));
  const plays = [play("flat", 0, 100), play("lift", 100, 200), play("hard", 300, 600)];
  const facts = computeFacts({ end: end({ trackPlays: plays }), rows: lifted, plan, athlete });
  assert.deepEqual(
    facts.trackEffort.map((track) => track.title),
    ["lift", "flat", "hard"],
  );
  // Overall effort is (100 x 1.1 + 500 x 1) / 600
  assert.ok(Math.abs((facts.trackEffort[0]?.effortPct ?? 0) - (1.1 / (610 / 600) - 1) * 100) < 1e-9);
});

test("a skipped block moves the targets along", () => {
  const passes = [
    { blockIndex: 0, startS: 0, endS: 10, skipped: true },
    { blockIndex: 1, startS: 10, endS: 310, skipped: false },
  ];
  const strong = Array.from({ length: 310 }, (_, tS) => row(tS, { powerW: tS < 10 ? 100 : 200 }));
  const facts = computeFacts({
    end: end({ durationS: 310, blockPasses: passes }),
    rows: strong,
    plan,
    athlete,
  });
  assert.equal(facts.targetAdherencePct, 100);
});

test("nothing measured: every figure that needs a sensor is null, and the text claims nothing", () => {
  const silent = rows.map(({ tS }) => ({
    tS,
    cadence: null,
    powerW: null,
    heartRateBpm: null,
    speedMps: null,
    tempoBpm: 128,
    phaseErrorMs: null,
  }));
  const facts = computeFacts({ end: end(), rows: silent, plan, athlete });
  for (const name of [
    "distanceM",
    "energyKj",
    "averagePowerW",
    "averageCadence",
    "load",
    "tempoAdherencePct",
    "targetAdherencePct",
    "powerZonesS",
  ] as const) {
    assert.equal(facts[name], null, name);
  }
  assert.equal(describe(facts, head, "metric"), "Two halves: a ride of 10:00.");
});

test("rows that come twice, late or out of range change nothing", () => {
  const shuffled = [...rows.slice(300), ...rows, row(9999), row(-5)];
  assert.deepEqual(
    computeFacts({ end: end(), rows: shuffled, plan, athlete }),
    computeFacts({ end: end(), rows, plan, athlete }),
  );
});

test("the best mean does not cross seconds that were not measured", () => {
  assert.equal(bestMean([10, 10, null, 10, 10], 3), null);
  assert.deepEqual(bestMean([1, 5, 5, null, 9], 2), { value: 5, startS: 1, durationS: 2 });
});

test("best mean agrees with trying every window", () => {
  fc.assert(
    fc.property(
      fc.array(fc.option(fc.integer({ min: 0, max: 500 })), { maxLength: 60 }),
      fc.integer({ min: 1, max: 10 }),
      (channel, windowS) => {
        const means = channel.flatMap((_, start) => {
          const window = channel.slice(start, start + windowS);
          const full = window.length === windowS && window.every((value) => value !== null);
          return full ? [window.reduce((sum: number, value) => sum + (value ?? 0), 0) / windowS] : [];
        });
        const best = bestMean(channel, windowS);
        if (means.length === 0) assert.equal(best, null);
        else assert.ok(Math.abs((best?.value ?? -1) - Math.max(...means)) < 1e-6);
      },
    ),
  );
});

test("the second grid has every second once", () => {
  assert.deepEqual(
    toSecondGrid([row(2)], 3.5).map(({ tS, powerW }) => [tS, powerW]),
    [
      [0, null],
      [1, null],
      [2, 100],
      [3, null],
    ],
  );
});

test("every number of the text is a fact", () => {
  const facts = computeFacts({
    end: end({ distrustS: 65, trackPlays: [play("Lift", 300, 600)] }),
    rows,
    plan,
    athlete,
  });
  assert.equal(
    describe(facts, head, "metric"),
    "Two halves: a ride of 10:00, 4.8 km. You averaged 150 W; your best minute was 200 W, from 5:00. " +
      "Cadence averaged 80 rpm, 80 rpm over your fastest half minute. Your heart rate averaged 140 bpm and peaked at 140. " +
      "The music was within 5 % of your tempo for 100 % of the time you were moving. " +
      "For 1:05 a sensor was not believable, and the music followed the class instead.",
  );
});

test("clock and distance", () => {
  assert.deepEqual([0, 65, 3599.6, 3725].map(formatClock), ["0:00", "1:05", "1:00:00", "1:02:05"]);
  assert.equal(formatDistance(950, "metric"), "950 m");
  assert.equal(formatDistance(1609.344, "imperial"), "1.0 mi");
});
