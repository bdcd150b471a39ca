import assert from "node:assert/strict";
import { test } from "node:test";
import type { Workout } from "#protocol/api/workouts.ts";
import { lastSevenDays } from "./seven-days.ts";

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
