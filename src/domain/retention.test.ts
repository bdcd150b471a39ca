import assert from "node:assert/strict";
import { test } from "node:test";
import { isStricter, keepForever, monthsBefore, retentionAfter, retentionGraceMs } from "./retention.ts";

const rule = (seriesMonths: number | null, workoutsMonths: number | null) => ({
  seriesMonths,
  workoutsMonths,
});

test("months are those of the calendar", () => {
  const before = (at: string, months: number) => new Date(monthsBefore(Date.parse(at), months)).toISOString();
  assert.equal(before("2026-11-26T02:00:00Z", 12), "2025-11-26T02:00:00.000Z");
  assert.equal(before("2026-03-31T10:30:00Z", 1), "2026-02-28T10:30:00.000Z");
  assert.equal(before("2024-03-31T10:30:00Z", 1), "2024-02-29T10:30:00.000Z");
  assert.equal(before("2026-01-15T00:00:00Z", 2), "2025-11-15T00:00:00.000Z");
});

test("a rule is stricter when either part keeps for less long", () => {
  assert.equal(isStricter(rule(12, null), keepForever), true);
  assert.equal(isStricter(rule(12, 24), rule(12, null)), true);
  assert.equal(isStricter(rule(24, 12), rule(12, 24)), true);
  assert.equal(isStricter(rule(12, 24), rule(12, 24)), false);
  assert.equal(isStricter(rule(null, 24), rule(12, 24)), false);
});

test("only a stricter rule waits, and a looser one shortens no waiting", () => {
  const strict = retentionAfter(rule(6, null), keepForever, 1_000);
  assert.deepEqual(strict, { ...rule(6, null), appliesFromMs: 1_000 + retentionGraceMs });
  assert.equal(retentionAfter(rule(12, null), strict, 2_000).appliesFromMs, strict.appliesFromMs);
  assert.equal(retentionAfter(rule(3, null), strict, 2_000).appliesFromMs, 2_000 + retentionGraceMs);
});
