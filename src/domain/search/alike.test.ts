import assert from "node:assert/strict";
import { test } from "node:test";
import { catalogue } from "../catalogue/index.ts";
import { classesLike } from "./alike.ts";
import { classDims, classVectorOf } from "./class-vector.ts";

const plans = catalogue();
const fourByFour = plans.find(({ id }) => id === "cycling-norwegian-4x4-40")!;

test("a class's vector has unit length", () => {
  for (const plan of plans) {
    const vector = classVectorOf(plan);
    assert.equal(vector.length, classDims, plan.id);
    assert.ok(Math.abs(Math.hypot(...vector) - 1) < 1e-6, plan.id);
  }
});

test("a class with one word changed is nearest to what it was copied from", () => {
  for (const plan of plans.filter((_, at) => at % 97 === 0)) {
    const copy = { ...plan, id: `${plan.id}-copy`, title: `${plan.title} again` };
    const [nearest] = classesLike(copy, plans, { limit: 4 });
    assert.deepEqual(nearest && classVectorOf(nearest), classVectorOf(plan), plan.id);
  }
});

test("whoever can do a class can do those like it, and they are not all of one family", () => {
  for (const plan of plans.filter((_, at) => at % 41 === 0)) {
    const alike = classesLike(plan, plans, { limit: 4 });
    assert.ok(alike.length > 0, plan.id);
    for (const other of alike) {
      assert.notEqual(other.id, plan.id);
      assert.equal(other.sport, plan.sport);
      assert.ok(
        other.equipment.every((item) => plan.equipment.includes(item)),
        other.id,
      );
      assert.ok(other.lowImpact || !plan.lowImpact, other.id);
    }
    const families = alike.map(({ family }) => family);
    for (const family of families)
      assert.ok(families.filter((one) => one === family).length <= 2, `${plan.id}: ${family}`);
  }
});

test("the same class in another sport, with more equipment or more impact is not offered", () => {
  const plan = { ...fourByFour, lowImpact: true };
  const others = [
    { ...plan, id: "sport", sport: "running" as const },
    { ...plan, id: "equipment", equipment: [...plan.equipment, "mat"] },
    { ...plan, id: "impact", lowImpact: false },
    { ...plan, id: "right" },
  ];
  const found = classesLike(plan, [plan, ...others], { limit: 9 }).map(({ id }) => id);
  assert.deepEqual(found, ["right"]);
});

test("like hard intervals are hard intervals, like an easy spin are easy rides", () => {
  const hard = classesLike(fourByFour, plans, { limit: 4 });
  assert.ok(hard.every(({ intensity }) => intensity === "hard" || intensity === "very hard"));
  const easy = classesLike(
    plans.find(({ id }) => id === "cycling-recovery-20")!,
    plans,
    { limit: 4 },
  );
  assert.ok(easy.every(({ intensity }) => intensity === "easy"));
});
