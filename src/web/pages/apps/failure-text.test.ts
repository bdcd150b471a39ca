import assert from "node:assert/strict";
import { test } from "node:test";
import { failureText } from "./failure-text.ts";

test("a status becomes a sentence that names it, a sentence stays", () => {
  assert.equal(failureText("404"), "There is nothing at that address (404).");
  assert.equal(failureText("302"), "It points elsewhere, where Upbeat does not follow (302).");
  assert.equal(failureText("503"), "Its own server failed (503).");
  assert.equal(failureText("422"), "It refused the message (422).");
  assert.equal(failureText("Its name is not known."), "Its name is not known.");
});
