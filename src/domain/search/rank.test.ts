import assert from "node:assert/strict";
import { test } from "node:test";
import { catalogue } from "../catalogue/index.ts";
import { parseQuery } from "./parse.ts";
import { createClassIndex } from "./rank.ts";

const plans = catalogue();
const index = createClassIndex(plans);
const limit = plans.length;

test("nearness in meaning changes the order, and never what is found", () => {
  for (const text of ["easy ride", "no sprints, rower", "something", "4x4", "yoga mat 20 minutes"]) {
    const query = parseQuery(text);
    const without = index.search(query, { limit });
    const last = without.at(-1)!.plan;
    const found = index.search(query, { limit, nearness: (plan) => (plan === last ? 1 : 0) });
    assert.deepEqual(new Set(found.map(({ plan }) => plan)), new Set(without.map(({ plan }) => plan)));
    const place = found.findIndex(({ plan }) => plan === last);
    assert.ok(place < without.length - 1, `${text}: ${place} of ${without.length}`);
    assert.ok(found[place].why.includes("Near to your words in meaning."));
  }
});

test("a class of which a model knows nothing stands in the middle", () => {
  const three = plans.filter(({ sport }) => sport === "rowing").slice(0, 3);
  const [unknown, far, near] = three.map((plan, at) => ({
    ...plan,
    id: `c${at}`,
    family: `f${at}`,
    durationS: 1800,
  }));
  assert.ok(unknown && far && near);
  const nearness = new Map([
    [near.id, 0.9],
    [far.id, 0.1],
  ]);
  const found = createClassIndex([unknown, far, near]).search(parseQuery("rowing"), {
    limit: 3,
    nearness: ({ id }) => nearness.get(id) ?? null,
  });
  assert.deepEqual(
    found.map(({ plan }) => plan.id),
    ["c2", "c0", "c1"],
  );
});
