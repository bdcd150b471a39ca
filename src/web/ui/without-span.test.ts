import assert from "node:assert/strict";
import { test } from "node:test";
import { withoutSpan } from "./without-span.ts";

test("taking a part out of a sentence leaves no stray commas", () => {
  const text = "30 min ride, tired legs, no sprints";
  const without = (part: string) => {
    const spanStart = text.indexOf(part);
    return withoutSpan(text, { spanStart, spanEnd: spanStart + part.length });
  };
  assert.equal(without("30 min"), "ride, tired legs, no sprints");
  assert.equal(without("tired legs"), "30 min ride, no sprints");
  assert.equal(without("no sprints"), "30 min ride, tired legs");
  assert.equal(withoutSpan("ride", { spanStart: 0, spanEnd: 4 }), "");
});
