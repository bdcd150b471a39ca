/** Every table with rows of a person: what was put there is in the export, or it is said why not; and erasing takes it. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { strFromU8, unzipSync } from "fflate";
import { classById } from "#domain/catalogue/index.ts";
import { personTables } from "#server/adapters/sqlite/erasure.ts";
import { connect } from "#test/support/oauth-client.ts";
import { createTestApp, demoTracks, startMs, type TestApp } from "#test/support/test-app.ts";

/** Where a mark that was put into each table is found again. A new table belongs here, with its file. */
const exported: Readonly<
  Record<string, { file: RegExp; mark: string } | "keys and hashes open nothing elsewhere">
> = {
  session: { file: /^account\.json$/, mark: "Browser of the mark" },
  device: "keys and hashes open nothing elsewhere",
  passkey: { file: /^account\.json$/, mark: "Passkey of the mark" },
  athlete: { file: /^profile\.json$/, mark: '"ftpW": 287' },
  workout: { file: /^workouts\/.*\.json$/, mark: "Workout of the mark" },
  workout_chunk: { file: /^workouts\/.*\.json$/, mark: '"powerW": 391' },
  consent: { file: /^consents\.json$/, mark: "keep-biometrics" },
  data_key: "keys and hashes open nothing elsewhere",
  oauth_record: { file: /^apps\.json$/, mark: "Training diary" },
  app_usage: { file: /^usage\.json$/, mark: "app-of-the-usage" },
  app_anomaly: { file: /^usage\.json$/, mark: "app-of-the-anomaly" },
  webhook: { file: /^webhooks\.json$/, mark: "https://hook.example/mark" },
  webhook_delivery: { file: /^webhooks\.json$/, mark: "https://delivery.example/mark" },
  audit: { file: /^audit\.json$/, mark: "share:reader-of-the-mark" },
  taste: { file: /^taste\.json$/, mark: '"like"' },
  own_class: { file: /^classes\/own-mark\.json$/, mark: "Class of the mark" },
  retention: { file: /^retention\.json$/, mark: '"seriesMonths": 119' },
};
const id = "0199b3a0-0000-7000-8000-000000000001";

async function fill(app: TestApp): Promise<void> {
  const personId = app.owner.id;
  const { store } = app;
  const put = async (url: string, payload: object) => {
    const answer = await app.ask({ method: "PUT", url, payload });
    assert.ok(answer.statusCode < 300, `${url}: ${answer.body}`);
  };
  await connect(app, "tracks:read");
  await app.signIn.open(app.owner, "Browser of the mark");
  await store.passkeys.putPasskey({
    id: "k",
    personId,
    credentialId: "c",
    hostName: "localhost",
    name: "Passkey of the mark",
    publicKey: Uint8Array.of(1),
    counter: 0,
    transports: [],
    createdAtMs: 1,
    lastUsedAtMs: 1,
  });
  await put("/v1/athlete", { ...(await app.ask({ url: "/v1/athlete" })).json(), ftpW: 287 });
  const made = { ...classById("cycling-norwegian-4x4-40"), title: "Class of the mark" };
  await put("/v1/classes/own-mark", made);
  const head = { classId: "c", classTitle: "Workout of the mark", sport: "cycling", startedAtMs: startMs };
  await put(`/v1/workouts/${id}`, { ...head, mode: "auto", source: "sensors" });
  await put("/v1/retention", { seriesMonths: 119, workoutsMonths: null });
  const measured = { cadence: 90, powerW: 391, heartRateBpm: 141, speedMps: null };
  await put(`/v1/workouts/${id}/chunks/0`, {
    rows: [{ tS: 0, ...measured, tempoBpm: 180, phaseErrorMs: null }],
  });
  const usage = { personId, category: "body", hourMs: 1, calls: 1, rows: 1, bytes: 1 } as const;
  await store.usage.addUsage([{ ...usage, appId: "app-of-the-usage" }]);
  await store.usage.putAnomaly({
    personId,
    appId: "app-of-the-anomaly",
    atMs: 1,
    bytes: 2,
    ordinaryBytes: 1,
  });
  const hook = { id: "h", personId, appId: null, url: "https://hook.example/mark", createdAtMs: 1 };
  await store.webhooks.putWebhook({ ...hook, events: ["workout.finished"] });
  await store.webhooks.addDelivery({
    ...hook,
    url: "https://delivery.example/mark",
    webhookId: "h",
    event: "workout.finished",
    body: "{}",
    state: "dead",
    attempts: 1,
    nextAtMs: 1,
    failure: null,
  });
  const purpose = "share:reader-of-the-mark";
  await store.audit.appendAudit(personId, { atMs: 1, purpose, category: "workouts" });
  const [track] = demoTracks();
  assert.ok(track);
  const file = { path: "/music/one", sizeBytes: 1, modifiedMs: 1, outcome: { trackId: track.id } };
  await store.tracks.putTrack(track, file);
  await put(`/v1/tracks/${track.id}/taste`, { word: "like" });
}

async function archive(app: TestApp): Promise<ReadonlyMap<string, string>> {
  const answer = await app.ask({ url: "/v1/export" });
  assert.equal(answer.statusCode, 200);
  const files = unzipSync(new Uint8Array(answer.rawPayload));
  return new Map(Object.entries(files).map(([path, bytes]) => [path, strFromU8(bytes)]));
}

describe("every table of a person", () => {
  let app: TestApp;
  let files: ReadonlyMap<string, string>;
  before(async () => {
    app = await createTestApp();
    await fill(app);
    files = await archive(app);
  });
  after(() => app.close());

  for (const table of Object.keys(personTables)) {
    test(`${table} is in the export, or said to be left out`, () => {
      const where = exported[table];
      assert.ok(where, `"${table}" is new: export it, and say here where`);
      if (typeof where === "string") return;
      const found = [...files].filter(([path, text]) => where.file.test(path) && text.includes(where.mark));
      assert.equal(found.length, 1, `${where.mark} in ${[...files.keys()].join(" ")}`);
    });
  }

  test("the README names every file, and no secret is among them", async () => {
    const readme = files.get("README.txt") ?? "";
    for (const path of files.keys()) {
      const name = path.includes("/") ? `${path.split("/")[0]}/` : path;
      assert.ok(name === "README.txt" || readme.includes(name), `${path} is not explained`);
    }
    const all = [...files.values()].join("\n");
    assert.doesNotMatch(all, /tokenHash|passwordHash|publicKey|scrypt\$|"sealed"/);
  });

  test("after an erasure nothing that was marked is left", async () => {
    await app.erasures.eraseNow(app.owner.id);
    const { token } = await app.signIn.open(app.owner);
    const answer = await app.visit({ url: "/v1/export", headers: { cookie: `upbeat-test=${token}` } });
    const left = Object.entries(unzipSync(new Uint8Array(answer.rawPayload))).filter(
      ([path]) => path !== "README.txt",
    );
    const text = left.map(([, bytes]) => strFromU8(bytes)).join("\n");
    for (const [table, where] of Object.entries(exported)) {
      if (typeof where !== "string") assert.equal(text.includes(where.mark), false, table);
    }
  });
});
