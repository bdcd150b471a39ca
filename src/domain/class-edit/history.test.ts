import assert from "node:assert/strict";
import { test } from "node:test";
import type { ClassEdit } from "./class-edit.ts";
import { did, maxSteps, redone, settled, startHistory, undone } from "./history.ts";
import { newClass } from "./operations.ts";

const titled = (title: string): ClassEdit => ({ ...newClass("cycling"), title });
const [a, b, c] = [titled("a"), titled("b"), titled("c")];

test("undo gives back the very edit of before, redo the one after", () => {
  const history = did(did(startHistory(a), b), c);
  assert.equal(undone(history).present, b);
  assert.equal(undone(undone(history)).present, a);
  assert.equal(undone(undone(undone(history))).present, a, "nothing before the start");
  assert.equal(redone(undone(history)).present, c);
  assert.equal(redone(history), history);
});

test("a new step forgets what was undone; a step that changes nothing is none", () => {
  const history = did(undone(did(startHistory(a), b)), c);
  assert.equal(redone(history).present, c);
  assert.equal(undone(history).present, a);
  assert.equal(did(history, c), history);
});

test("what is about the same thing is undone together, until it is settled", () => {
  const typed = did(did(startHistory(a), b, "title"), c, "title");
  assert.equal(undone(typed).present, a);
  const twice = did(settled(did(startHistory(a), b, "title")), c, "title");
  assert.equal(undone(twice).present, b);
  assert.equal(undone(did(did(startHistory(a), b, "title"), c, "sport")).present, b);
});

test("a long history keeps its latest steps", () => {
  let history = startHistory(a);
  for (let step = 0; step < maxSteps + 50; step += 1) history = did(history, titled(String(step)));
  assert.equal(history.past.length, maxSteps);
  assert.equal(undone(history).present.title, String(maxSteps + 48));
});
