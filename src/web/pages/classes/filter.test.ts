import assert from "node:assert/strict";
import { test } from "node:test";
import { apiFilterOf, fieldsOf, searchOf } from "./filter.ts";

test("the filter goes into the address and comes back", () => {
  const fields = {
    query: "30 min ride, no sprints",
    sport: "cycling",
    length: "20-40",
    intensity: "very hard",
  };
  assert.deepEqual(fieldsOf(searchOf(fields)), fields);
  assert.equal(searchOf({ query: "", sport: "", length: "", intensity: "" }), "");
});

test("what the address says and nobody knows is dropped", () => {
  const none = { query: "", sport: "", length: "", intensity: "" };
  assert.deepEqual(fieldsOf("sport=chess&length=1-2&intensity=9"), none);
  assert.equal(fieldsOf(`query=${"x".repeat(900)}`).query.length, 300);
});

test("a length becomes minutes for the server", () => {
  const filter = apiFilterOf({ query: " ride ", sport: "", length: "20-40", intensity: "" });
  assert.deepEqual(filter, { query: "ride", sport: "", intensity: "", minMinutes: 20, maxMinutes: 40 });
});
