import assert from "node:assert/strict";
import { test } from "node:test";
import { camelotOf } from "./camelot.ts";

test("keys by their places on the wheel", () => {
  const wheel = {
    "8B": ["C", "major"],
    "8A": ["A", "minor"],
    "9B": ["G", "major"],
    "2B": ["F#", "major"],
    "5A": ["C", "minor"],
    "4A": ["F", "minor"],
    "1A": ["Ab", "minor"],
    "3B": ["Db", "major"],
    "10A": ["B", "minor"],
    "12B": ["E", "major"],
  };
  for (const [code, [tonic, scale]] of Object.entries(wheel)) assert.equal(camelotOf(tonic, scale), code);
  assert.equal(camelotOf("H", "major"), null);
  assert.equal(camelotOf("C", "dorian"), null);
});
