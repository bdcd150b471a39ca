import assert from "node:assert/strict";
import { test } from "node:test";
import { catalogue } from "./catalogue/index.ts";
import type { Block } from "./class-plan.ts";
import { energyArcs, musicIntentOf, musicMoods } from "./music-intent.ts";

const block = (from: number, to = from, durationS = 300, kind: Block["kind"] = "steady"): Block => ({
  startS: 0,
  durationS,
  kind,
  label: "B",
  cadence: null,
  power: null,
  hrZone: null,
  rpe: null,
  energy: { from, to },
});
const arc = (...blocks: Block[]) => musicIntentOf({ blocks }).arc;
const mood = (...blocks: Block[]) => musicIntentOf({ blocks }).mood;

test("the arc is where the energy turns, and small changes are not heard", () => {
  assert.equal(arc(block(0.5), block(0.55), block(0.48)), "level");
  assert.equal(arc(block(0.4), block(0.5), block(0.7)), "building");
  assert.equal(arc(block(0.4, 0.8)), "building");
  assert.equal(arc(block(0.8), block(0.7), block(0.5)), "falling");
  assert.equal(arc(block(0.4), block(0.8), block(0.5)), "peak");
  assert.equal(arc(block(0.8), block(0.4), block(0.8)), "waves");
  assert.equal(arc(block(0.4), block(0.8), block(0.4), block(0.8)), "waves");
  // Warm-up and cool-down make no arc of an even class.
  assert.equal(arc(block(0.2, 0.5, 300, "warm-up"), block(0.5), block(0.5, 0.2, 300, "cool-down")), "level");
});

test("the mood is that of the most driving third", () => {
  assert.equal(mood(block(0.3)), "calm");
  assert.equal(mood(block(0.5)), "steady");
  assert.equal(mood(block(0.7)), "driving");
  assert.equal(mood(block(0.9)), "euphoric");
  assert.equal(mood(block(0.9, 0.9, 100), block(0.35, 0.35, 200)), "euphoric");
  assert.equal(
    mood(block(0.9, 0.9, 30), block(0.35, 0.35, 270)),
    "steady",
    "0.9 for 30 s, 0.35 for 70: 0.515",
  );
  assert.equal(mood(), "calm");
});

test("the catalogue has music of every mood and arc, and sprints are not calm", () => {
  const intents = catalogue().map((plan) => ({ plan, ...musicIntentOf(plan) }));
  assert.deepEqual(new Set(intents.map(({ mood: of }) => of)), new Set(musicMoods));
  assert.deepEqual(new Set(intents.map(({ arc: of }) => of)), new Set(energyArcs));
  for (const { plan, mood: of } of intents) {
    if (plan.intensity === "very hard" && plan.sport !== "strength") assert.notEqual(of, "calm", plan.id);
    if (plan.family === "recovery" || plan.family === "breathing") assert.equal(of, "calm", plan.id);
  }
});
