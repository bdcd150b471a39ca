/** Keeping an effort: from Start to the summary, through the API. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import FitParser from "fit-file-parser";
import { catalogue } from "#domain/catalogue/index.ts";
import { maxChunkRows, maxSeriesRows } from "#protocol/api/workouts.ts";
import { createTestApp, startMs, type TestApp } from "#test/support/test-app.ts";

let server: TestApp;
before(async () => {
  server = await createTestApp();
});
after(() => server.close());

let made = 0;
/** A new UUIDv7, later than the ones before. */
function newId(): string {
  made += 1;
  const time = (startMs + made).toString(16).padStart(12, "0");
  return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-${String(made).padStart(12, "0")}`;
}

const plan = catalogue().find(({ sport }) => sport === "cycling");
assert.ok(plan);
const head = {
  classId: plan.id,
  classTitle: plan.title,
  sport: plan.sport,
  startedAtMs: startMs,
  mode: "auto",
  source: "simulated",
};

/** A second of riding at 200 W, 90 rpm, 140 bpm; no speed is known. */
function rowAt(tS: number) {
  return {
    tS,
    cadence: 90,
    powerW: 200,
    heartRateBpm: 140,
    speedMps: null,
    tempoBpm: 180,
    phaseErrorMs: tS % 2 === 0 ? -12.5 : null,
  };
}

function rowsFrom(startS: number, count: number) {
  return Array.from({ length: count }, (_, index) => rowAt(startS + index));
}

function endOf(durationS: number, chunks: number) {
  const trackPlays = [
    { trackId: "t1", title: "One", artist: "Somebody", startS: 0, endS: durationS, skipped: false },
  ];
  const blockPasses = [{ blockIndex: 0, startS: 0, endS: durationS, skipped: false }];
  return { durationS, reason: "ended-early", trackPlays, blockPasses, distrustS: 0, chunks };
}

const put = (url: string, payload: object) => server.ask({ method: "PUT", url, payload });

async function ride(id: string, chunks: number): Promise<void> {
  assert.equal((await put(`/v1/workouts/${id}`, head)).statusCode, 200);
  for (let sequence = 0; sequence < chunks; sequence += 1) {
    const rows = rowsFrom(sequence * 15, 15);
    assert.equal((await put(`/v1/workouts/${id}/chunks/${sequence}`, { rows })).statusCode, 204);
  }
}

describe("a workout", () => {
  test("is kept in chunks, ended, told and read back", async () => {
    const id = newId();
    await ride(id, 40);
    const ended = await put(`/v1/workouts/${id}/end`, endOf(600, 40));
    assert.equal(ended.statusCode, 200);
    const workout = ended.json();
    assert.equal(workout.finished, true);
    assert.equal(workout.durationS, 600);
    assert.equal(workout.classTitle, plan.title);
    assert.equal(workout.facts.averagePowerW, 200);
    assert.equal(workout.facts.averageHeartRateBpm, 140);
    assert.equal(workout.facts.energyKj, 120, "200 W for 600 s");
    assert.equal(workout.facts.distanceM, null);
    assert.match(workout.text, /200/);
    assert.deepEqual((await server.ask({ url: `/v1/workouts/${id}` })).json(), workout);

    const series = (await server.ask({ url: `/v1/workouts/${id}/series` })).json();
    assert.deepEqual(series.rows, rowsFrom(0, 600));
    assert.deepEqual(series.trackPlays, endOf(600, 40).trackPlays);
    assert.deepEqual(series.blockPasses, endOf(600, 40).blockPasses);
  });

  test("comes back as a FIT file that an independent parser reads", async () => {
    const id = newId();
    await ride(id, 4);
    await put(`/v1/workouts/${id}/end`, endOf(60, 4));
    const answer = await server.ask({ url: `/v1/workouts/${id}/fit` });
    assert.equal(answer.statusCode, 200);
    assert.match(
      String(answer.headers["content-disposition"]),
      /^attachment; filename="upbeat-2026-09-\d\d\.fit"$/,
    );
    const parser = new FitParser({ force: false, mode: "list" });
    const parsed = await parser.parseAsync(new Uint8Array(answer.rawPayload).buffer);
    const powers = parsed.records?.map((record) => record.power) ?? [];
    assert.ok(powers.length >= 60);
    assert.ok(powers.every((power) => power === 200));
  });

  test("may be sent again, in any part and any order, without a change", async () => {
    const id = newId();
    await ride(id, 0);
    const chunk = (sequence: number) =>
      put(`/v1/workouts/${id}/chunks/${sequence}`, { rows: rowsFrom(sequence * 15, 15) });
    for (const sequence of [2, 0, 2, 0]) assert.equal((await chunk(sequence)).statusCode, 204);
    const early = await put(`/v1/workouts/${id}/end`, endOf(60, 4));
    assert.equal(early.statusCode, 409);
    assert.deepEqual(early.json().missing, [1, 3]);
    assert.equal((await server.ask({ url: `/v1/workouts/${id}` })).json().finished, false);
    await chunk(3);
    await chunk(1);
    const first = await put(`/v1/workouts/${id}/end`, endOf(60, 4));
    assert.equal(first.statusCode, 200);
    const again = await put(`/v1/workouts/${id}/end`, endOf(60, 4));
    assert.deepEqual(again.json(), first.json());
    assert.deepEqual((await put(`/v1/workouts/${id}`, head)).json(), first.json());
    assert.equal((await chunk(1)).statusCode, 204);
    const { rows } = (await server.ask({ url: `/v1/workouts/${id}/series` })).json();
    assert.deepEqual(rows, rowsFrom(0, 60));
  });

  test("that is still running shows what is there so far", async () => {
    const id = newId();
    await ride(id, 2);
    const workout = (await server.ask({ url: `/v1/workouts/${id}` })).json();
    assert.deepEqual([workout.finished, workout.facts, workout.durationS], [false, null, 0]);
    assert.equal((await server.ask({ url: `/v1/workouts/${id}/series` })).json().rows.length, 30);
  });

  test("of a class that is gone is still told", async () => {
    const id = newId();
    await put(`/v1/workouts/${id}`, { ...head, classId: "gone" });
    await put(`/v1/workouts/${id}/chunks/0`, { rows: rowsFrom(0, 15) });
    const ended = await put(`/v1/workouts/${id}/end`, endOf(15, 1));
    assert.equal(ended.statusCode, 200);
    assert.equal(ended.json().facts.averagePowerW, 200);
  });

  test("can be deleted, once", async () => {
    const id = newId();
    await ride(id, 2);
    const url = `/v1/workouts/${id}`;
    assert.equal((await server.ask({ method: "DELETE", url })).statusCode, 204);
    assert.equal((await server.ask({ method: "DELETE", url })).statusCode, 404);
    assert.equal((await server.ask({ url })).statusCode, 404);
    assert.equal((await server.ask({ url: `${url}/series` })).statusCode, 404);
    assert.equal((await put(`${url}/chunks/5`, { rows: [] })).statusCode, 404, "a chunk makes no workout");
  });
});

test("history lists the newest first, page by page", async () => {
  const other = await createTestApp();
  const ids = [newId(), newId(), newId()];
  for (const id of ids) await other.ask({ method: "PUT", url: `/v1/workouts/${id}`, payload: head });
  const first = (await other.ask({ url: "/v1/workouts?limit=2" })).json();
  const rest = (await other.ask({ url: `/v1/workouts?limit=2&cursor=${first.nextCursor}` })).json();
  const listed = [...first.items, ...rest.items].map((workout: { id: string }) => workout.id);
  assert.deepEqual(listed, ids.toReversed());
  assert.equal(rest.nextCursor, null);
  await other.close();
});

test("what the store holds of a workout and an athlete is sealed", async () => {
  const id = newId();
  await ride(id, 2);
  await server.ask({
    method: "PUT",
    url: "/v1/athlete",
    payload: {
      ftpW: 251,
      maxHeartRateBpm: 190,
      restingHeartRateBpm: 50,
      weightKg: 71,
      birthYear: null,
      sex: null,
      units: "metric",
    },
  });
  const { workouts, athletes } = server.store;
  const stored = await workouts.getWorkout(server.owner.id, id);
  const chunks = await workouts.chunks(server.owner.id, id);
  const athlete = await athletes.getAthlete(server.owner.id);
  assert.ok(stored && athlete && chunks.length === 2);
  for (const { sealed } of [stored, ...chunks, { sealed: athlete }]) {
    const text = Buffer.from(sealed).toString("latin1");
    for (const plain of [plan.id, plan.title, "cycling", "251", "ftpW"]) {
      assert.equal(text.includes(plain), false, `"${plain}" is readable`);
    }
  }
});

test("without its key a workout is listed as sealed, and nothing of it is told", async () => {
  const id = newId();
  const other = await createTestApp();
  const sealed = Uint8Array.from({ length: 80 }, (_, index) => (index === 0 ? 2 : index));
  await other.store.workouts.putWorkout({ personId: other.owner.id, workoutId: id, finished: true, sealed });
  const { items } = (await other.ask({ url: "/v1/workouts" })).json();
  assert.equal(items[0].classTitle, "Sealed workout");
  assert.equal(items[0].startedAtMs, Number.parseInt(id.replaceAll("-", "").slice(0, 12), 16));
  assert.equal((await other.ask({ method: "DELETE", url: `/v1/workouts/${id}` })).statusCode, 204);
  await other.close();
});

test("series that cannot be are refused", async () => {
  const id = newId();
  await ride(id, 0);
  const chunkUrl = `/v1/workouts/${id}/chunks/0`;
  const bad: readonly object[] = [
    { rows: [rowAt(1), rowAt(1)] },
    { rows: [rowAt(2), rowAt(1)] },
    { rows: [rowAt(maxSeriesRows)] },
    { rows: [rowAt(-1)] },
    { rows: rowsFrom(0, maxChunkRows + 1) },
    { rows: [{ ...rowAt(0), powerW: "200" }] },
    { rows: [{ ...rowAt(0), powerW: 1e300 }] },
    { rows: [{ tS: 0 }] },
    { rows: {} },
    {},
  ];
  for (const payload of bad) {
    const answer = await put(chunkUrl, payload);
    assert.equal(answer.statusCode, 400, JSON.stringify(payload).slice(0, 80));
  }
  const long = { ...endOf(60, 0), durationS: 1e15 };
  assert.equal((await put(`/v1/workouts/${id}/end`, long)).statusCode, 400);
  assert.equal((await put("/v1/workouts/not-an-id", head)).statusCode, 400);
  assert.equal((await put(`/v1/workouts/${id}/chunks/10000`, { rows: [] })).statusCode, 400);
  assert.equal((await put(chunkUrl, { rows: rowsFrom(0, maxChunkRows) })).statusCode, 204);
});
