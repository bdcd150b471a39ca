import assert from "node:assert/strict";
import { test } from "node:test";
import type { Block, Sport } from "../class-plan.ts";
import { seededRandom } from "../seeded-random.ts";
import type { PlannerTrack } from "../track.ts";
import { missingMusic } from "./missing-music.ts";
import type { SoundtrackClass } from "./objective.ts";
import { planSoundtrack } from "./planner.ts";
import { cellBoundaries, piecesOf } from "./targets.ts";

type Part = readonly [durationS: number, cadence: number | null, energy: number];

function classOf(parts: readonly Part[], sport: Sport = "cycling"): SoundtrackClass {
  let startS = 0;
  const blocks = parts.map(([durationS, cadence, energy]): Block => {
    const ramp = (value: number) => ({ from: value, to: value });
    const targets = { power: null, hrZone: null, rpe: null, energy: ramp(energy) };
    startS += durationS;
    return {
      startS: startS - durationS,
      durationS,
      kind: "steady",
      label: "Steady",
      cadence: cadence === null ? null : ramp(cadence),
      ...targets,
    };
  });
  return { id: "made-up", sport, durationS: startS, blocks };
}

function tracksOf(count: number, tempoBpm: number, energy = 0.6, durationS = 206): PlannerTrack[] {
  return Array.from({ length: count }, (_, index) => {
    const id = `${tempoBpm} ${energy} ${index}`;
    return { id, title: id, artist: id, durationS, tempoBpm, key: "8A", energy, taste: 0.5 };
  });
}

function missingFor(plan: SoundtrackClass, tracks: readonly PlannerTrack[]): readonly string[] {
  return planSoundtrack({ plan, tracks, seed: 1, budget: "quick" }).missing;
}

test("a library with enough of everything lacks nothing", () => {
  const plan = classOf([
    [600, 90, 0.6],
    [300, 60, 0.4],
  ]);
  assert.deepEqual(missingFor(plan, [...tracksOf(5, 180), ...tracksOf(3, 120, 0.4)]), []);
});

test("cadences that no tempo fits are named with their minutes and the tempos that would", () => {
  const plan = classOf([
    [600, 90, 0.6],
    [360, 108, 0.6],
    [240, 90, 0.6],
    [360, 112, 0.6],
  ]);
  // 90 BPM reaches 97.2 rpm at 8 %; twice 110 beats a minute is faster than music.
  assert.deepEqual(missingFor(plan, tracksOf(10, 90)), [
    "No track within 8 % for 12 minutes at 108 to 112 rpm: tracks of about 110 BPM would fill them.",
  ]);
  // 110 BPM reaches both, 101 BPM the slower one only.
  assert.deepEqual(missingFor(plan, [...tracksOf(10, 90), ...tracksOf(10, 110)]), []);
  assert.deepEqual(missingFor(plan, [...tracksOf(10, 90), ...tracksOf(10, 101)]), [
    "No track within 8 % for 6 minutes at 112 rpm: tracks of about 112 BPM would fill them.",
  ]);
  const run = classOf([[1200, 170, 0.6]], "running");
  assert.deepEqual(missingFor(run, tracksOf(12, 120)), [
    "No track within 8 % for 20 minutes at 170 spm: tracks of about 85 or 170 BPM would fill them.",
  ]);
});

test("music that does not last is named with how long it lasts", () => {
  const plan = classOf([
    [1200, 60, 0.6],
    [1800, 85, 0.6],
  ]);
  // 120 BPM has a bar line at 2 s and leaves 6 s at the end: 198 s of 206; twice that is 7 minutes.
  const short = tracksOf(2, 120);
  // 160 BPM: bars of 1.5 s, so 197 s each; ten are 33 minutes.
  assert.deepEqual(missingFor(plan, [...short, ...tracksOf(10, 160)]), [
    "Only 39 minutes of music for 50 minutes of class: tracks come back until there are about 11 minutes more.",
    "Only 7 minutes of music within 8 % for 20 minutes at 60 rpm: more tracks of about 60 or 120 BPM would fill them.",
  ]);
  assert.deepEqual(missingFor(classOf([[300, 60, 0.6]]), tracksOf(1, 120, 0.6, 45)), [
    "Less than a minute of music for 5 minutes of class: tracks come back until there are about 4 minutes more.",
    "Less than a minute of music within 8 % for 5 minutes at 60 rpm: more tracks of about 60 or 120 BPM would fill them.",
  ]);
});

test("music that lasts because it is played slowly is enough", () => {
  // At 85 rpm 184 BPM plays 7.6 % slower: 9 x 194.6 s fill 9 x 210 s.
  const plan = classOf([[9 * 210, 85, 0.6]]);
  const tracks = tracksOf(9, 184, 0.6, 203.2);
  const { metrics, missing } = planSoundtrack({ plan, tracks, seed: 1 });
  assert.deepEqual([metrics.repeats, missing], [0, []]);
});

test("where no cadence is kept, energy alone is missed", () => {
  const plan = classOf(
    [
      [360, null, 0.1],
      [240, null, 0.6],
      [120, null, 0.3],
    ],
    "mobility",
  );
  assert.deepEqual(missingFor(plan, tracksOf(6, 0)), [
    "No track within 0.25 of energy 0.1 to 0.3 for 8 minutes: calm tracks of energy about 0.2 would fill them.",
  ]);
  assert.deepEqual(missingFor(plan, [...tracksOf(6, 0), ...tracksOf(1, 0, 0.3)]), []);
});

test("tracks as a sentence asks for do fill what it names", () => {
  for (let seed = 1; seed <= 60; seed += 1) {
    const random = seededRandom(seed);
    const sport = (["cycling", "running", "walking", "rowing"] as const)[seed % 4] ?? "cycling";
    const slowest = { cycling: 50, running: 150, walking: 90, rowing: 16 }[sport];
    const parts = Array.from({ length: 8 }, (): Part => [
      60 + Math.round(random() * 400),
      slowest * (1 + random() * 0.8),
      random(),
    ]);
    const plan = classOf(parts, sport);
    const pieces = piecesOf(plan, cellBoundaries(0, plan.durationS));
    const library = tracksOf(1, 60 + random() * 120, random());
    const sentences = missingMusic(sport, pieces.flat(), library, 0);
    assert.ok(sentences.length > 0);
    const asked = sentences.flatMap((sentence) => {
      const tempos = /about ([\d or]+) BPM/.exec(sentence)?.[1]?.split(" or ").map(Number);
      const energy = Number(/energy about ([\d.]+)/.exec(sentence)?.[1] ?? 0.5);
      // Any one of the tempos will do.
      return tracksOf(20, tempos?.[seed % tempos.length] ?? 0, energy);
    });
    assert.deepEqual(missingMusic(sport, pieces.flat(), [...library, ...asked], 0), [], `seed ${seed}`);
  }
});
