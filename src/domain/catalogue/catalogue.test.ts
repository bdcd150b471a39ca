import assert from "node:assert/strict";
import { test } from "node:test";
import { sports, type ClassPlan } from "../class-plan.ts";
import { catalogue, classById } from "./index.ts";
import { catalogueProblems, classProblems } from "./validate.ts";

test("every class is sound and none is another under a different name", () => {
  assert.deepEqual(catalogueProblems(catalogue()).slice(0, 20), []);
});

test("the catalogue is wide: sports, families, lengths", () => {
  const plans = catalogue();
  assert.ok(plans.length >= 1600, `${plans.length} classes`);
  assert.deepEqual(new Set(plans.map((plan) => plan.sport)), new Set(sports));
  assert.ok(new Set(plans.map((plan) => plan.family)).size >= 25);
  const lengths = plans.map((plan) => plan.durationS / 60);
  assert.deepEqual([Math.min(...lengths), Math.max(...lengths)], [5, 90]);
});

test("classes are found by their id, unknown ids are not", () => {
  const plan = classById("cycling-norwegian-4x4-40");
  assert.equal(plan?.title, "Norwegian ride 4 × 4 min");
  // Helgerud 2007: 4 x 4 min with 3 min between.
  const core = plan?.blocks.filter((block) => block.kind === "work" || block.kind === "recovery") ?? [];
  assert.deepEqual(
    core.map((block) => block.durationS),
    [240, 180, 240, 180, 240, 180, 240],
  );
  assert.equal(classById("cycling-nothing-0"), null);
});

/** Each way to break a class, and words of the complaint it must raise. */
const breakages: readonly (readonly [string, (plan: ClassPlan) => ClassPlan, RegExp])[] = [
  ["length", (plan) => ({ ...plan, durationS: plan.durationS + 1 }), /blocks sum to/],
  ["gap", (plan) => changeBlock(plan, 2, { startS: 1 }), /should start at/],
  ["label", (plan) => changeBlock(plan, 1, { label: " " }), /no label/],
  ["power", (plan) => changeBlock(plan, 1, { power: { from: Number.NaN, to: 1 } }), /impossible power/],
  ["cadence", (plan) => changeBlock(plan, 1, { cadence: { from: 90, to: 130 } }), /leaves 60-110/],
  ["energy", (plan) => changeBlock(plan, 1, { energy: { from: 0, to: 1.2 } }), /energy outside/],
  ["exertion", (plan) => changeBlock(plan, 1, { rpe: 11 }), /exertion 11/],
  ["zone", (plan) => changeBlock(plan, 1, { hrZone: 6 }), /heart-rate zone/],
  ["warm-up", (plan) => changeBlock(plan, 0, { kind: "steady" }), /warm-up is under/],
  ["cool-down energy", (plan) => changeBlock(plan, -1, { energy: { from: 0.2, to: 0.3 } }), /energy rises/],
  ["cool-down cadence", (plan) => changeBlock(plan, -1, { cadence: { from: 70, to: 80 } }), /cadence rises/],
  ["intensity", (plan) => ({ ...plan, intensity: "easy" }), /amounts to/],
  ["two cues at once", (plan) => ({ ...plan, cues: plan.cues.flatMap((cue) => [cue, cue]) }), /talks over/],
  [
    "late cue",
    (plan) => ({ ...plan, cues: [{ atS: plan.durationS - 1, text: "Far too long to say now" }] }),
    /runs out/,
  ],
  ["id", (plan) => ({ ...plan, id: "Not A Slug" }), /slug/],
];

function changeBlock(plan: ClassPlan, at: number, change: Partial<ClassPlan["blocks"][number]>): ClassPlan {
  const index = at < 0 ? plan.blocks.length + at : at;
  return { ...plan, blocks: plan.blocks.map((block, i) => (i === index ? { ...block, ...change } : block)) };
}

const sound = catalogue().find((plan) => plan.id.startsWith("cycling-tempo-2x10"));

for (const [name, breakIt, complaint] of breakages)
  test(`a class with a broken ${name} is refused`, () => {
    assert.ok(sound);
    assert.deepEqual(classProblems(sound), []);
    assert.match(classProblems(breakIt(sound)).join("\n"), complaint);
  });

test("the same structure under another name is found out", () => {
  assert.ok(sound);
  const twin = { ...sound, id: "cycling-twin-1", title: "Twin" };
  assert.match(catalogueProblems([sound, twin]).join("\n"), /same structure/);
});
