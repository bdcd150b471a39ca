import assert from "node:assert/strict";
import { test } from "node:test";
import { classById } from "../catalogue/index.ts";
import type { ClassPlan } from "../class-plan.ts";
import { countedMs, countsAsDone, progressOf, type DoneClass, type Programme } from "./programme.ts";
import { programmes } from "./programmes.ts";

const dayMs = 86_400_000;

function planOf(id: string): ClassPlan {
  const plan = classById(id);
  assert.ok(plan, id);
  return plan;
}

test("every session is a class of the programme's sport, and what is said of the whole is so", () => {
  const lengths: Record<string, [weeks: number, perWeek: number]> = {
    "couch-to-5k": [9, 3],
    "walking-fit": [6, 4],
    "first-rows": [6, 3],
    "bodyweight-strength": [6, 3],
    supple: [4, 4],
    "cycling-base": [8, 3],
    "threshold-builder": [6, 3],
  };
  for (const { id, sport, weeks } of programmes()) {
    assert.deepEqual(
      [weeks.length, new Set(weeks.map((week) => week.length)).size],
      [lengths[id]?.[0], 1],
      id,
    );
    assert.equal(weeks[0]?.length, lengths[id]?.[1], id);
    for (const classId of weeks.flat()) assert.equal(planOf(classId).sport, sport, classId);
  }
  assert.equal(programmes().length, Object.keys(lengths).length);
});

test("no week asks for more than a third on top of the hardest one before", () => {
  for (const { id, weeks } of programmes()) {
    // Exertion times minutes: what a session asks, whatever the sport.
    const loads = weeks.map((week) =>
      week
        .map(planOf)
        .reduce(
          (sum, plan) =>
            sum + plan.blocks.reduce((load, { durationS, rpe }) => load + (durationS / 60) * (rpe ?? 0), 0),
          0,
        ),
    );
    for (const [week, load] of loads.entries())
      if (week > 0)
        assert.ok(
          load <= Math.max(...loads.slice(0, week)) * 1.34,
          `${id} week ${week + 1}: ${loads.map(Math.round).join(" ")}`,
        );
  }
});

const small: Programme = {
  id: "small",
  title: "Small",
  sport: "cycling",
  level: "beginner",
  description: "",
  weeks: [
    ["a", "b"],
    ["a", "c"],
  ],
};
const done = (classId: string, day: number): DoneClass => ({
  classId,
  startedAtMs: day * dayMs,
  durationS: 1800,
  isWhole: true,
});

test("a class that comes twice is done twice, in any order, each workout counting once", () => {
  assert.deepEqual([progressOf(small, []).done, progressOf(small, []).next], [0, 0]);
  const once = progressOf(small, [done("x", 400), done("a", 401)]);
  assert.deepEqual(
    once.sessions.map(({ doneAtMs }) => doneAtMs !== null),
    [true, false, false, false],
  );
  assert.equal(once.next, 1);
  const more = progressOf(small, [done("c", 403), done("a", 402), done("a", 401)]);
  assert.deepEqual(
    more.sessions.map(({ doneAtMs }) => doneAtMs && doneAtMs / dayMs),
    [401, null, 402, 403],
  );
  assert.deepEqual(more.sessions[2], { week: 2, number: 1, classId: "a", doneAtMs: 402 * dayMs });
  const all = progressOf(small, [
    done("a", 401),
    done("b", 402),
    done("a", 403),
    done("c", 404),
    done("c", 405),
  ]);
  assert.deepEqual([all.done, all.next], [4, null]);
});

test("an attempt of long ago is over once a new one begins", () => {
  const old = [done("a", 1), done("b", 2)];
  assert.equal(progressOf(small, old).done, 2);
  const anew = progressOf(small, [...old, done("a", 3 + countedMs / dayMs)]);
  assert.deepEqual(
    anew.sessions.map(({ doneAtMs }) => doneAtMs !== null),
    [true, false, false, false],
  );
});

test("a class ended a little early is done, one that was hardly begun is not", () => {
  const after = (durationS: number, isWhole: boolean) =>
    countsAsDone({ ...done("a", 1), durationS, isWhole }, 1800);
  assert.equal(after(1440, false), true);
  assert.equal(after(1439, false), false);
  assert.equal(after(60, true), true, "skipped through to its end");
});
