import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { catalogue, classById } from "../catalogue/index.ts";
import { blockKinds, type ClassPlan } from "../class-plan.ts";
import { copyOfPlan, editOfPlan, placedBlocks, planOfEdit, type ClassEdit } from "./class-edit.ts";
import { foldRepeats } from "./fold.ts";
import * as change from "./operations.ts";
import { problemsOfEdit } from "./problems.ts";

function plan(id: string): ClassPlan {
  const found = classById(id);
  assert.ok(found, id);
  return found;
}

const unnumbered = (label: string) => label.replace(/ \d+ of \d+$/, "");
const targets = ({ blocks }: ClassPlan) =>
  blocks.map((block) => ({ ...block, label: unnumbered(block.label) }));

test("every built-in class survives being edited and saved unchanged", () => {
  for (const original of catalogue()) {
    const saved = planOfEdit(editOfPlan(original), original.id);
    assert.deepEqual(targets(saved), targets(original), original.id);
    assert.deepEqual(saved.cues, original.cues, original.id);
    assert.equal(saved.intensity, original.intensity);
  }
});

test("a video is kept by the edit and its copy, and can be taken away", () => {
  const video = { url: "https://videos.example/ride.mp4", offsetS: 12 };
  const filmed = { ...plan("cycling-norwegian-4x4-40"), video };
  assert.deepEqual(planOfEdit(editOfPlan(filmed), "x").video, video);
  assert.deepEqual(planOfEdit(copyOfPlan(filmed), "x").video, video);
  assert.ok(!("video" in planOfEdit({ ...editOfPlan(filmed), video: null }, "x")));
});

test("four times four minutes with rests becomes one group, counted by hand", () => {
  const original = plan("cycling-norwegian-4x4-40");
  const work = original.blocks.filter(({ label }) => unnumbered(label) === "Hard");
  assert.equal(work.length, 4, "what the test stands on");
  const edit = editOfPlan(original);
  const group = edit.groups.find(({ blocks, times }) => times > 1 && blocks.some((b) => b.label === "Hard"));
  // The last round has no rest behind it: three pairs, and one alone.
  assert.equal(group?.times, 3);
  assert.equal(group.blocks.length, 2);
  const saved = planOfEdit(edit, "x");
  assert.deepEqual(
    saved.blocks.filter(({ label }) => label.startsWith("Hard")).map(({ label }) => label),
    ["Hard 1 of 4", "Hard 2 of 4", "Hard 3 of 4", "Hard 4 of 4"],
  );
});

test("folding finds the group that covers most", () => {
  const block = (label: string, durationS: number) => ({
    ...plan("cycling-norwegian-4x4-40").blocks[0],
    label,
    durationS,
  });
  const folded = foldRepeats([
    block("A", 10),
    block("B", 10),
    block("A", 10),
    block("B", 10),
    block("A", 10),
    block("B", 10),
    block("C", 5),
    block("C", 5),
  ]);
  assert.deepEqual(
    folded.map(({ times, blocks }) => [times, blocks.map(({ label }) => label).join("")]),
    [
      [3, "AB"],
      [2, "C"],
    ],
  );
});

/** Two blocks: five minutes up, three minutes of work. */
function small(): ClassEdit {
  const edit = change.newClass("cycling");
  return { ...change.removeBlock(edit, edit.groups[2]?.blocks[0]?.id ?? 0), title: "Small" };
}
const ids = (edit: ClassEdit) => placedBlocks(edit).map(({ block }) => block.id);

test("a repeat is made, changed in all its rounds, and taken apart", () => {
  const start = small();
  const [warmUp = 0, work = 0] = ids(start);
  const withRest = change.addBlock(start, work, "recovery");
  const rest = start.nextId;
  assert.deepEqual(ids(withRest), [warmUp, work, rest]);
  assert.equal(change.repeatable(withRest, work), 2);
  const repeated = change.makeRepeat(withRest, work, 2, 4);
  assert.equal(planOfEdit(repeated, "x").durationS, 300 + 4 * (180 + 120));
  const longer = change.changeBlock(repeated, work, (block) => ({ ...block, durationS: 200 }));
  assert.equal(planOfEdit(longer, "x").durationS, 300 + 4 * (200 + 120));
  assert.equal(change.repeatable(longer, work), 0, "a repeat within a repeat is not made");
  const group = longer.groups[1]?.id ?? 0;
  assert.equal(planOfEdit(change.setTimes(longer, group, 1), "x").durationS, 300 + 200 + 120);
  assert.equal(change.setTimes(longer, group, 1).groups.length, 3);
});

test("cues move with their block, and go with their round", () => {
  const start = small();
  const [warmUp = 0, work = 0] = ids(start);
  const cued = change.addCue(start, { blockId: work, pass: null, offsetS: 10, text: "Now" });
  assert.deepEqual(planOfEdit(cued, "x").cues, [{ atS: 310, text: "Now" }]);
  const earlier = change.changeBlock(cued, warmUp, (block) => ({ ...block, durationS: 100 }));
  assert.deepEqual(planOfEdit(earlier, "x").cues, [{ atS: 110, text: "Now" }]);
  assert.deepEqual(planOfEdit(change.moveBlock(cued, work, -1), "x").cues, [{ atS: 10, text: "Now" }]);
  const group = change.makeRepeat(cued, work, 1, 3);
  assert.deepEqual(
    planOfEdit(group, "x").cues.map(({ atS }) => atS),
    [310, 490, 670],
  );
  const third = change.addCue(group, { blockId: work, pass: 2, offsetS: 0, text: "Last" });
  assert.equal(planOfEdit(third, "x").cues.length, 4);
  const twice = change.setTimes(third, third.groups[1]?.id ?? 0, 2);
  assert.deepEqual(
    planOfEdit(twice, "x").cues.map(({ text }) => text),
    ["Now", "Now"],
  );
  const thrice = change.setTimes(twice, twice.groups[1]?.id ?? 0, 3);
  assert.equal(planOfEdit(thrice, "x").cues.length, 3, "the one of the third round is gone for good");
  assert.equal(planOfEdit(change.removeBlock(cued, work), "x").cues.length, 0);
});

test("what is wrong is said at its place, and only what cannot be is refused", () => {
  const fresh = change.newClass("cycling");
  const untitled = problemsOfEdit(fresh);
  assert.deepEqual(
    untitled.map(({ field, stops }) => [field, stops]),
    [["title", true]],
  );
  const [, work = 0] = ids(fresh);
  const edit = { ...fresh, title: "T" };
  const of = (changed: ClassEdit) =>
    problemsOfEdit(changed).map(({ field, id, stops }) => [field, id, stops]);
  const block = (patch: object) => change.changeBlock(edit, work, (before) => ({ ...before, ...patch }));
  assert.deepEqual(of(block({ durationS: 2 })), [["duration", work, true]]);
  assert.deepEqual(of(block({ label: " " })), [["label", work, true]]);
  assert.deepEqual(of(block({ cadence: { from: 90, to: 140 } })), [["cadence", work, false]]);
  assert.deepEqual(of(block({ power: { from: 2.5, to: 2.5 } })), [["power", work, false]]);
  assert.deepEqual(of(block({ kind: "cool-down", power: { from: 0.5, to: 0.6 } })), [["power", work, false]]);
  const late = change.addCue(edit, {
    blockId: work,
    pass: null,
    offsetS: 179,
    text: "Rather many words for one second",
  });
  assert.deepEqual(of(late), [["cue", edit.nextId, false]]);
  const after = change.changeCue(late, edit.nextId, { offsetS: 200 });
  assert.deepEqual(of(after), [["cue", edit.nextId, true]]);
  assert.deepEqual(of({ ...edit, groups: [] }), [["blocks", null, true]]);
});

test("the coach's cues fit their blocks whatever is done to the class", () => {
  const edit = change.coachAnew({ ...copyOfPlan(plan("cycling-norwegian-4x4-40")) });
  assert.ok(edit.cues.length > 10);
  assert.deepEqual(problemsOfEdit(edit), []);
});

test("another sport takes away what it cannot measure", () => {
  const strength = change.changeSport(change.newClass("cycling"), "strength");
  assert.ok(placedBlocks(strength).every(({ block }) => block.power === null && block.cadence === null));
  const back = change.changeSport(strength, "rowing");
  assert.ok(placedBlocks(back).every(({ block }) => block.power !== null && block.cadence !== null));
  assert.deepEqual(back.equipment, ["rower"]);
});

test("any sequence of changes leaves a class whose blocks touch, with ids that are unique", () => {
  const step = fc.record({ what: fc.nat(8), at: fc.nat(30), value: fc.integer({ min: 1, max: 9 }) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      let edit = change.newClass("cycling");
      for (const { what, at, value } of steps) {
        const all = ids(edit);
        const id = all[at % Math.max(1, all.length)] ?? 0;
        const group = edit.groups[at % Math.max(1, edit.groups.length)]?.id ?? 0;
        const changes = [
          () => change.addBlock(edit, id, blockKinds[value % 5] ?? "work"),
          () => change.duplicateBlock(edit, id),
          () => change.removeBlock(edit, id),
          () => change.moveBlock(edit, id, value % 2 === 0 ? 1 : -1),
          () => (all.length > 60 ? edit : change.makeRepeat(edit, id, value, 2 + (at % 3))),
          () => change.setTimes(edit, group, Math.min(value, 3)),
          () =>
            change.addCue(edit, {
              blockId: id,
              pass: at % 2 === 0 ? null : value,
              offsetS: value,
              text: "t",
            }),
          () => change.coachAnew(edit),
          () => change.changeBlock(edit, id, (block) => ({ ...block, durationS: value * 5 })),
        ];
        edit = changes[what]?.() ?? edit;
      }
      const known = [...edit.groups, ...edit.groups.flatMap(({ blocks }) => blocks), ...edit.cues].map(
        ({ id }) => id,
      );
      assert.equal(new Set(known).size, known.length);
      assert.ok(known.every((id) => id < edit.nextId));
      const { blocks, cues, durationS } = planOfEdit(edit, "x");
      let expectedS = 0;
      for (const block of blocks) {
        assert.equal(block.startS, expectedS);
        expectedS += block.durationS;
      }
      assert.equal(durationS, expectedS);
      assert.deepEqual(
        cues.map(({ atS }) => atS),
        cues.map(({ atS }) => atS).toSorted((a, b) => a - b),
      );
    }),
    { numRuns: 300 },
  );
});
