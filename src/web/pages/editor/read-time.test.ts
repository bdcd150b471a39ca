import assert from "node:assert/strict";
import { test } from "node:test";
import { readTime } from "./read-time.ts";

test("times are read as people write them, and nothing else is", () => {
  const known: Record<string, number> = {
    "4:30": 270,
    "1:04:05": 3845,
    "90": 90,
    "90 s": 90,
    "5 min": 300,
    "4,5 min": 270,
    " 0:05 ": 5,
    "90:00": 5400,
  };
  for (const [text, seconds] of Object.entries(known)) assert.equal(readTime(text), seconds, text);
  for (const text of ["", "4:70", "-5", "abc", "NaN", "1e3", "4:3", "5 h", ":30"])
    assert.equal(readTime(text), undefined, text);
});
