/** How long workouts are kept, through the API and under a clock of the test's own. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { monthsBefore, retentionGraceMs } from "#domain/retention.ts";
import type { AuditLine } from "#protocol/api/audit.ts";
import { createKeepRetention, type KeepRetention } from "#server/use-cases/biometrics/keep-retention.ts";
import { createSealedWorkouts } from "#server/use-cases/biometrics/sealed-workouts.ts";
import { createTestApp, startMs, type TestApp } from "#test/support/test-app.ts";

const idOf = (monthsOld: number) => `0199b3a0-0000-7000-8000-0000000000${String(99 - monthsOld)}`;
const ages = [1, 7, 13, 25];
const dayMs = 86_400_000;
const zeroRow = { tS: 0, cadence: 90, powerW: 212, heartRateBpm: 141, speedMps: null };

/** Began a day more than so many months before the test's start. */
const beganMs = (monthsOld: number) => monthsBefore(startMs, monthsOld) - dayMs;

async function ride(app: TestApp, monthsOld: number): Promise<void> {
  const put = async (path: string, payload: object) => {
    const answer = await app.ask({ method: "PUT", url: `/v1/workouts/${idOf(monthsOld)}${path}`, payload });
    assert.ok(answer.statusCode < 300, answer.body);
  };
  const head = { classId: "c", classTitle: "Any", sport: "cycling", startedAtMs: beganMs(monthsOld) };
  await put("", { ...head, mode: "auto", source: "sensors" });
  await put("/chunks/0", { rows: [{ ...zeroRow, tempoBpm: 180, phaseErrorMs: null }] });
  const end = { durationS: 1, reason: "ended-early", trackPlays: [], blockPasses: [], distrustS: 0 };
  await put("/end", { ...end, chunks: 1 });
}

async function withRides(body: (app: TestApp) => Promise<void>): Promise<void> {
  const app = await createTestApp();
  try {
    for (const age of ages) await ride(app, age);
    await body(app);
  } finally {
    await app.close();
  }
}

async function choose(app: TestApp, seriesMonths: number | null, workoutsMonths: number | null) {
  const payload = { seriesMonths, workoutsMonths };
  const answer = await app.ask({ method: "PUT", url: "/v1/retention", payload });
  assert.equal(answer.statusCode, 200, answer.body);
  return answer.json();
}

/** Ages in months of the workouts that are there, and of those with a series. */
async function left(app: TestApp) {
  const { items } = await app.store.workouts.listWorkouts(app.owner.id, { limit: 9, cursor: null });
  const withSeries = await app.store.workouts.workoutsWithChunks(app.owner.id);
  return {
    workouts: ages.filter((age) => items.some(({ workoutId }) => workoutId === idOf(age))),
    series: ages.filter((age) => withSeries.includes(idOf(age))),
  };
}

/** The same over a store that ends after so many deletions, as a killed process does. */
function cutOffAfter(app: TestApp, deletions: number): KeepRetention {
  let rest = deletions;
  const { workouts } = app.store;
  const orKilled = (method: "removeChunks" | "removeWorkout") => async (personId: string, id: string) => {
    if (rest === 0) throw new Error("killed");
    rest -= 1;
    await workouts[method](personId, id);
  };
  const store = {
    ...workouts,
    removeChunks: orKilled("removeChunks"),
    removeWorkout: orKilled("removeWorkout"),
  };
  return createKeepRetention({
    store: app.store.retention,
    sealed: createSealedWorkouts(store, app.sealer),
    audit: app.audit,
    clock: { nowMs: () => app.time.nowMs },
  });
}

const everything = { workouts: ages, series: ages };

test("everything is kept for ever until somebody chooses", () =>
  withRides(async (app) => {
    assert.deepEqual((await app.ask({ url: "/v1/retention" })).json(), {
      seriesMonths: null,
      workoutsMonths: null,
      appliesFromMs: 0,
    });
    await app.biometrics.retention.applyDue();
    assert.deepEqual(await left(app), everything);
  }));

test("a choice undone within the day deletes nothing", () =>
  withRides(async (app) => {
    assert.equal((await choose(app, 6, 12)).appliesFromMs, startMs + retentionGraceMs);
    app.time.nowMs += retentionGraceMs - 1;
    await app.biometrics.retention.applyDue();
    assert.deepEqual(await left(app), everything, "the day has not passed");
    await choose(app, null, null);
    app.time.nowMs += 30 * dayMs;
    await app.biometrics.retention.applyDue();
    assert.deepEqual(await left(app), everything);
  }));

test("after the day the old go, as the preview said, and summaries outlive their series", () =>
  withRides(async (app) => {
    const preview = await app.ask({ url: "/v1/retention/preview?seriesMonths=6&workoutsMonths=24" });
    assert.deepEqual(preview.json(), { workouts: 1, series: 2, oldestMs: beganMs(25) });
    await choose(app, 6, 24);
    const url = `/v1/workouts/${idOf(13)}`;
    const before = (await app.ask({ url })).json();
    app.time.nowMs += retentionGraceMs;
    await app.biometrics.retention.applyDue();
    assert.deepEqual(await left(app), { workouts: [1, 7, 13], series: [1] });
    assert.notEqual(before.facts, null);
    assert.deepEqual((await app.ask({ url })).json(), before);
    assert.deepEqual((await app.ask({ url: `${url}/series` })).json().rows, []);
    assert.equal((await app.ask({ url: "/v1/export" })).statusCode, 200);
    const after = await app.ask({ url: "/v1/retention/preview?seriesMonths=6&workoutsMonths=24" });
    assert.deepEqual(after.json(), { workouts: 0, series: 0, oldestMs: null });
  }));

test("each choice of less time waits a day of its own", () =>
  withRides(async (app) => {
    await choose(app, 24, null);
    app.time.nowMs += retentionGraceMs / 2;
    await choose(app, 6, null);
    app.time.nowMs += retentionGraceMs / 2;
    await app.biometrics.retention.applyDue();
    assert.deepEqual(await left(app), everything);
  }));

test("cut off while deleting, the next run goes on", () =>
  withRides(async (app) => {
    await choose(app, 3, 12);
    app.time.nowMs += retentionGraceMs;
    for (const deletions of [1, 1]) {
      await assert.rejects(cutOffAfter(app, deletions).applyDue(), /killed/);
      assert.notDeepEqual(await left(app), { workouts: [1, 7], series: [1] });
    }
    assert.deepEqual(await left(app), { workouts: [1, 7, 25], series: [1, 25] });
    await app.biometrics.retention.applyDue();
    assert.deepEqual(await left(app), { workouts: [1, 7], series: [1] });
  }));

test("a change is a line in the audit trail, and months are whole and within bounds", () =>
  withRides(async (app) => {
    await choose(app, 6, null);
    const { items } = (await app.ask({ url: "/v1/audit" })).json() as { items: AuditLine[] };
    assert.deepEqual([items[0]?.purpose, items[0]?.category], ["own", "retention"]);
    for (const seriesMonths of [0, 1.5, 121, -1, "long"]) {
      const payload = { seriesMonths, workoutsMonths: null };
      assert.equal((await app.ask({ method: "PUT", url: "/v1/retention", payload })).statusCode, 400);
    }
    assert.equal((await app.ask({ url: "/v1/retention" })).json().seriesMonths, 6);
    assert.equal((await app.visit({ url: "/v1/retention" })).statusCode, 401);
  }));
