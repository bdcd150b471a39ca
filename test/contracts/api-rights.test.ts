/** What a person may have and see of what is kept of them: all of it, and who read it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { strFromU8, unzipSync } from "fflate";
import FitParser from "fit-file-parser";
import { wordingOf } from "#domain/consent.ts";
import type { AuditCheck, AuditLine } from "#protocol/api/audit.ts";
import { auditHash } from "#server/adapters/audit-hash.ts";
import type { AuditStore } from "#server/ports/audit.ts";
import { createAuditTrail } from "#server/use-cases/audit.ts";
import { createTestApp, startMs, type TestApp } from "#test/support/test-app.ts";

const ids = ["0199b3a0-0000-7000-8000-000000000001", "0199b3a0-0000-7000-8000-000000000002"];
const rows = Array.from({ length: 30 }, (_, tS) => {
  return {
    tS,
    cadence: 90,
    powerW: 212,
    heartRateBpm: 141,
    speedMps: null,
    tempoBpm: 180,
    phaseErrorMs: null,
  };
});

interface Trail {
  readonly items: readonly AuditLine[];
  readonly nextCursor: string | null;
}

async function withApp(body: (app: TestApp) => Promise<void>): Promise<void> {
  const app = await createTestApp();
  try {
    await body(app);
  } finally {
    await app.close();
  }
}

async function ride(app: TestApp, id: string, detail: "full" | "line"): Promise<void> {
  const put = async (path: string, payload: object) => {
    const answer = await app.ask({ method: "PUT", url: `/v1/workouts/${id}${path}`, payload });
    assert.ok(answer.statusCode < 300, answer.body);
  };
  const head = {
    classId: "c",
    classTitle: "Any",
    sport: "cycling",
    startedAtMs: startMs,
    mode: "auto",
    source: "sensors",
  };
  await put("", { ...head, detail });
  if (detail === "full") await put("/chunks/0", { rows });
  const chunks = detail === "full" ? 1 : 0;
  await put("/end", {
    durationS: 30,
    reason: "ended-early",
    trackPlays: [],
    blockPasses: [],
    distrustS: 0,
    chunks,
  });
}

async function read(app: TestApp, purpose: "recommend" | "share:coach"): Promise<void> {
  const opened = await app.biometrics.reader.open(purpose, app.owner.id);
  await opened.workouts({ limit: 10, cursor: null });
  await opened.workouts({ limit: 10, cursor: null });
  await opened.record(ids[0] ?? "");
}

async function allow(app: TestApp, purpose: "recommend" | "share:coach"): Promise<void> {
  await app.consents.decide(app.owner.id, purpose, true, wordingOf(purpose).version);
}

test("an export holds everything, in forms that others read", () =>
  withApp(async (app) => {
    const [full, line] = ids as [string, string];
    await ride(app, full, "full");
    await ride(app, line, "line");
    const answer = await app.ask({ url: "/v1/export" });
    assert.equal(answer.statusCode, 200);
    assert.equal(answer.headers["content-type"], "application/zip");
    const files = unzipSync(new Uint8Array(answer.rawPayload));
    const day = new Date(startMs).toISOString().slice(0, 10);
    assert.deepEqual(Object.keys(files).toSorted(), [
      "README.txt",
      "account.json",
      "apps.json",
      "audit.json",
      "consents.json",
      "profile.json",
      "retention.json",
      "taste.json",
      "usage.json",
      "webhooks.json",
      `workouts/${day}-${full}.fit`,
      `workouts/${day}-${full}.json`,
      `workouts/${day}-${line}.json`,
    ]);
    const json = (path: string) => JSON.parse(strFromU8(files[path] ?? new Uint8Array()));
    const workout = json(`workouts/${day}-${full}.json`);
    assert.deepEqual(workout.rows, rows);
    assert.equal(workout.facts.averagePowerW, 212);
    assert.equal(json(`workouts/${day}-${line}.json`).detail, "line");
    assert.equal(json("consents.json")[0].purpose, "keep-biometrics");
    assert.equal(json("profile.json").ftpW > 0, true);
    assert.deepEqual(
      json("audit.json").map((entry: AuditLine) => entry.category),
      ["everything"],
    );
    const parser = new FitParser({ force: false, mode: "list" });
    const fit = await parser.parseAsync(new Uint8Array(files[`workouts/${day}-${full}.fit`] ?? []).buffer);
    assert.ok((fit.records?.length ?? 0) >= 30);
  }));

test("who reads for a purpose leaves a line, before reading, and the person sees it", () =>
  withApp(async (app) => {
    await ride(app, ids[0] ?? "", "full");
    await allow(app, "share:coach");
    await allow(app, "recommend");
    await read(app, "share:coach");
    app.time.nowMs += 60_000;
    await read(app, "recommend");
    const { items } = (await app.ask({ url: "/v1/audit" })).json<{ items: AuditLine[] }>();
    assert.deepEqual(
      items.map(({ purpose, category, atMs }) => [purpose, category, atMs - startMs]),
      [
        ["recommend", "series", 60_000],
        ["recommend", "workouts", 60_000],
        ["share:coach", "series", 0],
        ["share:coach", "workouts", 0],
      ],
    );
    const first = (await app.ask({ url: "/v1/audit?limit=3" })).json<Trail>();
    const rest = (await app.ask({ url: `/v1/audit?limit=3&cursor=${first.nextCursor}` })).json<Trail>();
    assert.deepEqual([...first.items, ...rest.items], items);
    assert.equal(rest.nextCursor, null);
    const check = (await app.ask({ url: "/v1/audit/check" })).json<AuditCheck>();
    assert.deepEqual(check, { entries: 4, brokenAt: null, lastHash: items[0]?.hash });
  }));

test("what cannot be noted is not read", () =>
  withApp(async (app) => {
    await ride(app, ids[0] ?? "", "full");
    await allow(app, "recommend");
    const opened = await app.biometrics.reader.open("recommend", app.owner.id);
    app.store.audit.appendAudit = () => Promise.reject(new Error("the disk is full"));
    await assert.rejects(opened.record(ids[0] ?? ""), /disk is full/);
  }));

test("a line that was changed, moved, left out or made up is found", async () => {
  const clock = { nowMs: () => startMs };
  const server = await createTestApp();
  const store = server.store.audit;
  for (const purpose of ["recommend", "share:a", "share:b"] as const) {
    await store.appendAudit("p", { atMs: startMs, purpose, category: "workouts" });
  }
  const kept = await store.auditOf("p");
  const [first, second, third] = kept;
  assert.ok(first && second && third);
  const forged: readonly [string, typeof kept, number | null][] = [
    ["as it was", kept, null],
    ["changed", [first, { ...second, purpose: "own" }, third], 1],
    ["another time", [first, { ...second, atMs: 1 }, third], 1],
    ["left out", [first, third], 1],
    ["first left out", [second, third], 0],
    ["moved", [second, first, third], 0],
    ["made up", [first, second, { ...third, hash: "0".repeat(64) }], 2],
    [
      "with a hash of its own",
      [first, { ...second, purpose: "own", hash: auditHash("", "p", second) }, third],
      1,
    ],
  ];
  for (const [name, entries, brokenAt] of forged) {
    const forgery: AuditStore = { ...store, auditOf: async () => entries };
    const check = await createAuditTrail(forgery, clock, auditHash).check("p");
    assert.equal(check.brokenAt, brokenAt, name);
  }
  const otherPerson: AuditStore = { ...store, auditOf: async () => kept };
  assert.equal(
    (await createAuditTrail(otherPerson, clock, auditHash).check("q")).brokenAt,
    0,
    "another's trail",
  );
  await server.close();
});
