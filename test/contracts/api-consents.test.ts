/** Consent and private sessions, through the API: what is kept, who may read it, and what a withdrawal reaches. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { wordingOf, type Purpose } from "#domain/consent.ts";
import type { Consent, ConsentLine } from "#protocol/api/consents.ts";
import type { Workout } from "#protocol/api/workouts.ts";
import type { Biometrics } from "#server/ports/biometrics.ts";
import { Refusal } from "#server/use-cases/refusal.ts";
import { createTestApp, startMs, type TestApp } from "#test/support/test-app.ts";

const id = "0199b3a0-0000-7000-8000-000000000001";
const head = {
  classId: "any",
  classTitle: "Any",
  sport: "cycling",
  startedAtMs: startMs,
  mode: "lead",
  source: "sensors",
};
const row = {
  tS: 0,
  cadence: 90,
  powerW: 212,
  heartRateBpm: 141,
  speedMps: null,
  tempoBpm: 180,
  phaseErrorMs: 3,
};
const trackPlays = [{ trackId: "t1", title: "One", artist: "Somebody", startS: 0, endS: 60, skipped: false }];
const end = { durationS: 60, reason: "ended-early", trackPlays, blockPasses: [], distrustS: 4 };

async function withApp(
  options: { keepsWorkouts: boolean },
  body: (app: TestApp) => Promise<void>,
): Promise<void> {
  const app = await createTestApp(options);
  try {
    await body(app);
  } finally {
    await app.close();
  }
}

const put = (app: TestApp, url: string, payload: object) => app.ask({ method: "PUT", url, payload });

async function decide(app: TestApp, purpose: Purpose, granted: boolean): Promise<Consent> {
  const payload = { granted, wordingVersion: wordingOf(purpose).version };
  const answer = await put(app, `/v1/consents/${purpose}`, payload);
  assert.equal(answer.statusCode, 200, answer.body);
  return answer.json<Consent>();
}

async function ride(app: TestApp, detail?: "line"): Promise<Workout> {
  assert.equal((await put(app, `/v1/workouts/${id}`, { ...head, detail })).statusCode, 200);
  const chunks = detail === "line" ? 0 : 1;
  if (chunks > 0) {
    assert.equal((await put(app, `/v1/workouts/${id}/chunks/0`, { rows: [row] })).statusCode, 204);
  }
  const ended = await put(app, `/v1/workouts/${id}/end`, { ...end, chunks });
  assert.equal(ended.statusCode, 200, ended.body);
  return ended.json<Workout>();
}

const isConsentRefusal = (error: unknown) => error instanceof Refusal && error.kind === "consent";

describe("before anybody has said yes", () => {
  test("every purpose stands undecided, with the words to decide on", () =>
    withApp({ keepsWorkouts: false }, async (app) => {
      const { items } = (await app.ask({ url: "/v1/consents" })).json<{ items: Consent[] }>();
      assert.deepEqual(
        items.map(({ purpose, state, decidedAtMs }) => [purpose, state, decidedAtMs]),
        ["keep-biometrics", "recommend", "write-text", "federate", "train"].map((purpose) => {
          return [purpose, "undecided", null];
        }),
      );
      for (const { sentence, withdrawal } of items) assert.ok(sentence.length > 20 && withdrawal.length > 20);
    }));

  test("no workout is kept, and the answer names what is missing", () =>
    withApp({ keepsWorkouts: false }, async (app) => {
      const refused = await put(app, `/v1/workouts/${id}`, head);
      assert.equal(refused.statusCode, 403);
      assert.equal(refused.json().purpose, "keep-biometrics");
      assert.equal(await app.store.workouts.getWorkout(app.owner.id, id), null);
    }));
});

describe("a decision", () => {
  test("is a line of the ledger that stays, with its time and its words", () =>
    withApp({ keepsWorkouts: false }, async (app) => {
      const standing = await decide(app, "recommend", true);
      assert.deepEqual([standing.state, standing.decidedAtMs], ["granted", startMs]);
      app.time.nowMs += 1000;
      assert.equal((await decide(app, "recommend", false)).state, "refused");
      type Ledger = { items: ConsentLine[]; nextCursor: string | null };
      const read = async (query: string) =>
        (await app.ask({ url: `/v1/consents/ledger${query}` })).json<Ledger>();
      const lines = [
        { sequence: 1, purpose: "recommend", granted: false, atMs: startMs + 1000, wordingVersion: 1 },
        { sequence: 0, purpose: "recommend", granted: true, atMs: startMs, wordingVersion: 1 },
      ];
      assert.deepEqual(await read(""), { items: lines, nextCursor: null });
      const first = await read("?limit=1");
      assert.deepEqual(first.items, lines.slice(0, 1));
      assert.deepEqual(await read(`?limit=1&cursor=${first.nextCursor}`), {
        items: lines.slice(1),
        nextCursor: null,
      });
    }));

  test("on words that are not today's, or on no purpose, is refused", () =>
    withApp({ keepsWorkouts: false }, async (app) => {
      const stale = await put(app, "/v1/consents/train", { granted: true, wordingVersion: 0 });
      assert.equal(stale.statusCode, 409);
      const unknown = await put(app, "/v1/consents/anything", { granted: true, wordingVersion: 1 });
      assert.equal(unknown.statusCode, 404);
      assert.equal(
        (await put(app, "/v1/consents/train", { granted: "yes", wordingVersion: 1 })).statusCode,
        400,
      );
      assert.deepEqual(await app.store.consents.consentsOf(app.owner.id), []);
    }));
});

describe("reading for a purpose", () => {
  test("needs that purpose's yes, each time anew", () =>
    withApp({ keepsWorkouts: true }, async (app) => {
      await ride(app);
      const { reader } = app.biometrics;
      await assert.rejects(reader.open("recommend", app.owner.id), isConsentRefusal);
      await decide(app, "recommend", true);
      const opened: Biometrics<"recommend"> = await reader.open("recommend", app.owner.id);
      assert.equal((await opened.record(id)).rows.length, 1);
      await decide(app, "recommend", false);
      for (const read of [
        () => opened.record(id),
        () => opened.workout(id),
        () => opened.workouts({ limit: 1, cursor: null }),
        () => opened.athlete(),
      ]) {
        await assert.rejects(read, isConsentRefusal, "what was opened before is shut too");
      }
      await assert.rejects(reader.open("share:coach", app.owner.id), isConsentRefusal);
      assert.equal((await (await reader.open("own", app.owner.id)).record(id)).rows.length, 1);
    }));
});

describe("keeping, taken back", () => {
  test("deletes what was measured at once, and leaves a line", () =>
    withApp({ keepsWorkouts: true }, async (app) => {
      const before = await ride(app);
      assert.equal(before.facts?.averagePowerW, 212);
      await decide(app, "recommend", true);
      const opened = await app.biometrics.reader.open("recommend", app.owner.id);
      await decide(app, "keep-biometrics", false);
      assert.deepEqual(await app.store.workouts.chunks(app.owner.id, id), []);
      const after = (await app.ask({ url: `/v1/workouts/${id}` })).json<Workout>();
      assert.deepEqual(
        [after.detail, after.classTitle, after.durationS, after.facts, after.text, after.source],
        ["line", "Any", 60, null, "", "none"],
      );
      const series = (await app.ask({ url: `/v1/workouts/${id}/series` })).json();
      assert.deepEqual([series.rows, series.trackPlays], [[], []]);
      await assert.rejects(() => opened.workout(id), isConsentRefusal);
      assert.equal((await put(app, `/v1/workouts/${id}/chunks/1`, { rows: [row] })).statusCode, 403);
    }));

  test("in the middle of a write wins over the write", () =>
    withApp({ keepsWorkouts: true }, async (app) => {
      await put(app, `/v1/workouts/${id}`, head);
      await Promise.all([
        put(app, `/v1/workouts/${id}/chunks/0`, { rows: [row] }),
        put(app, `/v1/workouts/${id}/end`, { ...end, chunks: 0 }),
        decide(app, "keep-biometrics", false),
      ]);
      const left = (await app.ask({ url: `/v1/workouts/${id}` })).json<Workout>();
      assert.deepEqual([left.detail, left.facts], ["line", null]);
      assert.deepEqual(await app.store.workouts.chunks(app.owner.id, id), []);
    }));

  test("tells whoever derived something before it answers", () =>
    withApp({ keepsWorkouts: true }, async (app) => {
      const heard: string[] = [];
      app.consents.onChange(async ({ entry }) => {
        await Promise.resolve();
        heard.push(`${entry.purpose} ${entry.granted}`);
      });
      await decide(app, "keep-biometrics", false);
      assert.deepEqual(heard, ["keep-biometrics false"]);
    }));
});

describe("a private session", () => {
  test("leaves class, time and duration, without any consent, and takes no series", () =>
    withApp({ keepsWorkouts: false }, async (app) => {
      const line = await ride(app, "line");
      assert.deepEqual(
        [line.detail, line.classTitle, line.durationS, line.facts, line.mode, line.source],
        ["line", "Any", 60, null, "auto", "none"],
      );
      await decide(app, "keep-biometrics", true);
      assert.equal((await put(app, `/v1/workouts/${id}/chunks/0`, { rows: [row] })).statusCode, 409);
      const series = (await app.ask({ url: `/v1/workouts/${id}/series` })).json();
      assert.deepEqual([series.rows, series.trackPlays], [[], []]);
    }));

  test("informs nothing: whoever reads for a purpose does not meet it", () =>
    withApp({ keepsWorkouts: true }, async (app) => {
      await ride(app, "line");
      await decide(app, "recommend", true);
      const opened = await app.biometrics.reader.open("recommend", app.owner.id);
      assert.deepEqual((await opened.workouts({ limit: 10, cursor: null })).items, []);
      await assert.rejects(() => opened.workout(id), /no such workout/);
      await assert.rejects(() => opened.record(id), /no such workout/);
      const own = (await app.ask({ url: "/v1/workouts" })).json<{ items: Workout[] }>();
      assert.equal(own.items.length, 1);
    }));
});
