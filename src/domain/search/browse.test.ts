import assert from "node:assert/strict";
import { test } from "node:test";
import { catalogue } from "../catalogue/index.ts";
import { sports } from "../class-plan.ts";
import { browseOrder } from "./browse.ts";

test("leafing through shows every class once", () => {
  const ids = browseOrder(catalogue()).map((plan) => plan.id);
  assert.equal(new Set(ids).size, catalogue().length);
  assert.equal(ids.length, catalogue().length);
});

test("the first page shows every sport, and no family twice", () => {
  const page = browseOrder(catalogue()).slice(0, 2 * sports.length);
  assert.deepEqual(new Set(page.map((plan) => plan.sport)), new Set(sports));
  assert.equal(new Set(page.map((plan) => `${plan.sport} ${plan.family}`)).size, page.length);
  assert.equal(page[0]?.sport, "cycling");
});
