import assert from "node:assert/strict";
import { test } from "node:test";

let cases = 0;

/** An attempt that must fail: a 4xx answer, or null where another sign of refusal was looked at. */
export function refused(
  title: string,
  attempt: () => Promise<{ statusCode: number; body: string } | string | null>,
): void {
  cases += 1;
  test(`refused: ${title}`, async () => {
    const outcome = await attempt();
    if (typeof outcome === "string" || outcome === null) assert.equal(outcome, null, title);
    else
      assert.ok(
        outcome.statusCode >= 400 && outcome.statusCode < 500,
        `${outcome.statusCode} ${outcome.body}`,
      );
  });
}

export function casesRefused(): number {
  return cases;
}
