import assert from "node:assert/strict";
import { test } from "node:test";
import type { Workout } from "#protocol/api/schemas.ts";
import { lastSevenDays, pickOfDay, suggest } from "./suggest.ts";

const hourMs = 3_600_000;
const nowMs = new Date(2026, 5, 17, 15).getTime();

function workout(agoHours: number, load: number | null, durationS = 1800): Workout {
  const facts = load === null ? null : ({ load } as Workout["facts"]);
  return {
    id: `w${agoHours}`,
    classId: "c",
    classTitle: "C",
    sport: "rowing",
    startedAtMs: nowMs - agoHours * hourMs,
    mode: "auto",
    source: "sensors",
    finished: true,
    detail: "full",
    durationS,
    facts,
    text: "",
  };
}

test("a newcomer is offered something short and easy", () => {
  const { filter } = suggest([], nowMs);
  assert.equal(filter.intensity, "easy");
  assert.ok((filter.maxMinutes ?? 99) <= 25);
});

test("the day after a hard one is easy, with the load as the reason, in the same sport", () => {
  const { filter, why } = suggest([workout(20, 82)], nowMs);
  assert.equal(filter.intensity, "easy");
  assert.equal(filter.sport, "rowing");
  assert.match(why, /82/);
  assert.notEqual(suggest([workout(20, 30)], nowMs).filter.intensity, "easy");
  assert.notEqual(
    suggest([workout(60, 82)], nowMs).filter.intensity,
    "easy",
    "two nights later it has settled",
  );
});

test("a long pause is named in days", () => {
  assert.match(suggest([workout(10 * 24, 82)], nowMs).why, /10 days/);
});

test("an unfinished workout does not count", () => {
  assert.equal(suggest([{ ...workout(2, 90), finished: false }], nowMs).filter.sport, "cycling");
});

test("the pick is one of the list and changes from day to day", () => {
  const items = ["a", "b", "c"];
  assert.equal(pickOfDay([], nowMs), undefined);
  assert.ok(items.includes(pickOfDay(items, nowMs) ?? ""));
  assert.notEqual(pickOfDay(items, nowMs), pickOfDay(items, nowMs + 24 * hourMs));
});

test("seven days end today and hold what was begun in them", () => {
  const days = lastSevenDays(
    [workout(1, 10, 600), workout(2, 10, 300), workout(24, 10, 60), workout(24 * 9, 10)],
    nowMs,
  );
  assert.deepEqual(
    days.map(({ seconds }) => seconds),
    [0, 0, 0, 0, 0, 60, 900],
  );
  assert.deepEqual(
    days.map(({ today }) => today),
    [false, false, false, false, false, false, true],
  );
});
