import assert from "node:assert/strict";
import { test } from "node:test";
import { readMoment, readTime } from "./read-time.ts";

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

test("a moment of a film is read to a tenth of a second", () => {
  const known: Record<string, number> = {
    "0:12": 12,
    "0:12.5": 12.5,
    "0:12,54": 12.5,
    "1:04:05.1": 3845.1,
    "90.5": 90.5,
    " 0 ": 0,
  };
  for (const [text, seconds] of Object.entries(known)) assert.equal(readMoment(text), seconds, text);
  for (const text of ["", "4:70", "-5", "abc", "NaN", "1e3", "0:60", ":30", "1:2:3:4", "0x10"])
    assert.equal(readMoment(text), undefined, text);
});
